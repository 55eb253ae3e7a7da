"""The words of those who act: bodies, offices, groups and their units, federal states."""

from __future__ import annotations

import re

from staffelstab.language import LANGUAGES
from staffelstab.timetable.vocabulary.words import any_of, anywhere, words

BODIES = tuple(re.compile(any_of("actors.body", language)) for language in LANGUAGES)
"""Names of bodies, as each language forms them."""

OFFICE = anywhere("actors.office")
"""Words that show a name to be an office's, not a person's."""

GROUP = re.compile(rf"\b(?:{any_of('actors.group')})\b")
EVERY = re.compile(rf"\b(?:{any_of('actors.every')})\s+", re.IGNORECASE)
PLURAL_OF = dict(pair.split("=", 1) for pair in words("actors.plural_of"))
"""The plural of words that some languages have in the singular where they mean all of them."""

SIDES = re.compile(rf"\b(?:{any_of('actors.side_article')})\s+(?P<name>{any_of('actors.side')})\b")
"""Offices and parts of an organisation that a text names in passing."""

STATES = {language: dict(pair.split("=", 1) for pair in words("actors.states", language)) for language in LANGUAGES}
"""Federal states by what their names and adjectives look like, in the language that is spoken there."""

SEVERAL = re.compile(rf"(?:{any_of('actors.several')})$")
"""Endings that show a name to be that of several."""

INFLECTED = re.compile(rf"(?:{any_of('actors.inflected')})$")
"""Endings of a name that is not in its basic form."""

_PLURAL_ENDINGS = tuple(pair.split("=", 1) for pair in words("actors.plural_endings"))


def in_plural(name: str) -> str:
    """ "household" becomes "households", "regional body" becomes "regional bodies"."""
    ending, plural = next((pair for pair in _PLURAL_ENDINGS if name.endswith(pair[0])), ("", ""))
    return name.removesuffix(ending) + plural
