"""The desk on which a draft is made: the text, what was found in it so far, and which sentences are used up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from staffelstab.draft.actors import Actors
from staffelstab.draft.item import Entry
from staffelstab.draft.layout import Layout, Piece
from staffelstab.draft.sheet import Sheet
from staffelstab.draft.stage import Stage
from staffelstab.language import Fact, Language
from staffelstab.reading.dates import Mention
from staffelstab.reading.strength import strength_of

_WEEKS_AFTER = dt.timedelta(days=70)


@dataclass(slots=True)
class Work:
    """Everything the rules share. `days` are the phases' first and last days, by number; a last day may be unknown."""

    layout: Layout
    words: Language
    sheet: Sheet
    stages: tuple[Stage, ...]
    actors: Actors
    days: dict[int, tuple[dt.date, dt.date | None]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    coordinator: str = ""

    def ask(self, key: str, /, **facts: Fact) -> str:
        """A question to the author."""
        return self.words.say(f"draft.ask.{key}", **facts)

    def say(self, key: str, /, **facts: Fact) -> str:
        """A remark or name of the draft's own."""
        return self.words.say(f"draft.{key}", **facts)

    def add(self, entry: Entry, *pieces: Piece) -> Entry:
        """Enter an item; the sentences it rests on are used."""
        self.entries.append(entry)
        self.used += [(piece.start, piece.end) for piece in pieces]
        return entry

    def of(self, table: str) -> list[Entry]:
        """The items of one table so far."""
        return [entry for entry in self.entries if entry.table == table]

    def is_used(self, piece: Piece) -> bool:
        """Whether an item rests on the sentence."""
        return any(start < piece.end and piece.start < end for start, end in self.used)

    def running(self) -> list[Piece]:
        """The sentences that are no field of the sheet and no heading."""
        sheet = self.sheet.used
        return [
            piece
            for piece in self.layout.pieces
            if not any(start < piece.end and piece.start < end for start, end in sheet)
        ]

    def stage_at(self, piece: Piece) -> Stage | None:
        """The phase in whose section a sentence stands."""
        return next((stage for stage in self.stages if stage.start <= piece.start < stage.end), None)

    def stage_on(self, day: dt.date) -> Stage | None:
        """The phase that runs on a day, the latest of several; otherwise the last that has begun."""
        begun = [stage for stage in self.stages if stage.number in self.days and self.days[stage.number][0] <= day]
        return max(begun, key=lambda stage: self.days[stage.number][0], default=None)

    def settled(self, mention: Mention, stage: Stage | None) -> dt.date:
        """The day of a mention; where its year is not said, the one that fits the phase it stands in (R43)."""
        if not mention.added or stage is None or stage.number not in self.days:
            return mention.first
        start, end = self.days[stage.number]
        for year in range(start.year, (end or start).year + 2):
            day = _in_year(mention.first, year)
            if start <= day <= (end or start) + _WEEKS_AFTER:
                return day
        return mention.first

    def strength(self, text: str) -> dict[str, str]:
        """The strength of a sentence as a field of its item."""
        found = strength_of(text)
        return {"strength": found} if found else {}

    @property
    def resolved_on(self) -> dt.date:
        """The day of the resolution, as far as it is known; otherwise the first day of the first phase."""
        if self.sheet.day:
            return self.sheet.day.first
        return min(start for start, _ in self.days.values())


def _in_year(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)
