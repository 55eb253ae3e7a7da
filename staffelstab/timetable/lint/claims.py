"""Claims about the world without a word on where they are known from (R27): few patterns, no duties, nothing with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from staffelstab.language import LANGUAGES
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import any_of

CLAIMS = {language: re.compile(any_of("lint.claims", language), re.I) for language in LANGUAGES}
SOURCES = re.compile(rf"\b(?:{any_of('lint.sources')})\b|https?://|www\.|\[\d+\]|\(\d+\)", re.I)
"""Words that say where something is known from."""


def unproven(subject: Subject) -> Iterator[Finding]:
    """A comparison or a quantity in the resolution without evidence (R27)."""
    claims = CLAIMS[subject.plan.language]
    for sentence in subject.source.sentences if subject.source else ():
        text = sentence.text
        if claims.search(text) and not SOURCES.search(text) and strength_of(text) is None:
            yield Finding("unproven", "information", "$.source", text)


RULES: tuple[Rule, ...] = (unproven,)
