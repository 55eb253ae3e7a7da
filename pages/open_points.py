"""What a phase found open when it was last run, for pages: the sentences of `staffelstab status`, a link in a command's place.

For every page that shows what is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pages.visit import Visit
from staffelstab.language import Language
from staffelstab.publishing.artifacts.working_folder import Open, look
from staffelstab.timetable.plan.model import Phase


@dataclass(frozen=True, slots=True)
class Point:
    """Something open: a sentence, and where it can be settled; `address` is "" where that is no page of ours."""

    text: str
    paper: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """What binds, and what is to be settled."""

    blocks: tuple[Point, ...] = ()
    questions: tuple[Point, ...] = ()


def open_points(visit: Visit, phase: Phase) -> Points:
    """What the last run of a phase found open, as far as it was written down in words."""
    found = look(visit.run.workspace).found_open.get(phase.id, Open())
    return Points(_all(visit, found.blocks), _all(visit, found.questions))


def _all(visit: Visit, sentences: tuple[str, ...]) -> tuple[Point, ...]:
    return tuple(_point(visit, sentence) for sentence in sentences)


def _point(visit: Visit, sentence: str) -> Point:
    for pattern in _commands(visit.words.code):
        if found := pattern.search(sentence):
            paper = found["paper"]
            return Point(sentence[: found.start()], paper, visit.link(f"submissions/{paper}"))
    return Point(sentence)


@cache
def _commands(language: str) -> tuple[re.Pattern[str], ...]:
    """The ends of sentences that tell what to type about a paper, as the catalogue has them."""
    entries = Language(language).entry("phases.how")
    texts = entries.values() if isinstance(entries, dict) else ()
    parts = (str(text).partition("{paper}") for text in texts if "{paper}" in str(text))
    return tuple(re.compile(rf" {re.escape(pre)}(?P<paper>\w+){re.escape(post)}$") for pre, _, post in parts)
