"""A row of the doctor's report, and what a check is given to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from staffelstab.language import Fact, Language
from staffelstab.legible import legible_name
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace

State = Literal["good", "note", "bad"]
MARKS: dict[State, str] = {"good": "✓", "note": "!", "bad": "✗"}


class Row(msgspec.Struct, frozen=True):
    """What was looked at (a key below `doctor.name`), how it stands, in a sentence, and what to do if something is to be done."""

    key: str
    state: State
    said: str
    todo: str = ""


class Examined(msgspec.Struct, frozen=True):
    """What the checks look at: a place, the working folder and its plan if they can be used, at a moment (aware)."""

    place: Path
    words: Language
    now: dt.datetime
    workspace: Workspace | None = None
    plan: Plan | None = None

    def good(self, key: str, said: str = "", /, **facts: Fact) -> Row:
        """A row about something that is as it should be."""
        return Row(key, "good", self.words.say(f"doctor.{said or key}.good", **_legible(facts)))

    def note(self, key: str, what: str = "note", /, **facts: Fact) -> Row:
        """A row about something to know or to settle; the rest works."""
        return self._row(key, "note", what, **facts)

    def bad(self, key: str, what: str = "bad", /, **facts: Fact) -> Row:
        """A row about something that must be settled."""
        return self._row(key, "bad", what, **facts)

    def _row(self, key: str, state: State, what: str, **facts: Fact) -> Row:
        said, todo = (self.words.say(f"doctor.{key}.{name}", **_legible(facts)) for name in (what, f"{what}_todo"))
        return Row(key, state, said, todo)


def _legible(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Names and titles on one line: who wrote them is not known."""
    return {name: legible_name(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}


Check = Callable[[Examined], Iterator[Row]]
"""Looks at one thing; no row where there is nothing to look at. What it raises is told in its place."""
