"""A phase's report: its content for the dossier, notes for the gate, counts for the overview, tables for the baton."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from staffelstab.documents.rendering.failing_passages import place_name
from staffelstab.documents.rendering.manuscript import Figure, Table
from staffelstab.language import Fact
from staffelstab.timetable.plan.model import Phase, Strength

Level = Literal["block", "warn", "ask"]
Content = TypeVar("Content", covariant=True)
"""What a kind of phase makes of a case: its own value, shown by the template of the same name."""

LEVELS: Mapping[Strength, Level] = {"must": "block", "should": "warn", "may": "ask", "information": "ask"}
"""Gate behaviour follows the modal verb: muss blocks, soll warns, kann only asks (R109)."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the coordinator should know. `key` is below `phases.note` in the catalogue; facts hold no submitted text."""

    level: Level
    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportOf(Generic[Content]):
    """A phase as it stands.

    `counts` are named below `overview.count` in the catalogue. `annex` names tables that are too long to be printed and lie beside
    the dossier. `last_seq` is the number of the last entry of the journal that the case behind it was made of.
    """

    phase: Phase
    content: Content
    notes: tuple[Note, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    annex: tuple[str, ...] = ()
    last_seq: int = 0

    def at(self, level: Level) -> tuple[Note, ...]:
        """The notes of one level."""
        return tuple(note for note in self.notes if note.level == level)

    def first(self, level: Level, most: int = 50) -> tuple[Note, ...]:
        """The notes of one level as far as one reads them: of each kind so many at most."""
        counted: Counter[str] = Counter()
        found: list[Note] = []
        for item in self.at(level):
            counted[item.key] += 1
            if counted[item.key] <= most:
                found.append(item)
        return tuple(found)

    @property
    def blocked(self) -> bool:
        """Whether something binding is missing."""
        return any(note.level == "block" for note in self.notes)


def unprinted(formats: Sequence[str], passages: Sequence[str], language: str) -> tuple[Note, ...]:
    """Notes on a dossier that lacks formats, or of which passages ("pdf B07.3") had to be left out."""
    missing = (note("ask", "no_format", format=name.upper()) for name in formats)
    places: dict[str, list[str]] = {}
    for passage in passages:
        name, _, place = passage.partition(" ")
        places.setdefault(place, []).append(name.upper())
    gone = (
        note("ask", "left_out", place=place_name(place, language), formats=", ".join(names))
        for place, names in places.items()
    )
    return (*missing, *gone)


PhaseReport = ReportOf[object]
"""The report of a phase of whatever kind."""


def note(level: Level, key: str, /, **facts: Fact) -> Note:
    """A note with its facts."""
    return Note(level, key, facts)
