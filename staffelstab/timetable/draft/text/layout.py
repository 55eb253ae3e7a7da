"""How a resolution is laid out: its lines with their cells, its sentences, and which of them belong together."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from staffelstab.timetable.draft.words.sheet_words import ANY_LABEL, LABEL
from staffelstab.timetable.reading.dates import Mention, Span, mentions, spans
from staffelstab.timetable.reading.emphasis import plain
from staffelstab.timetable.reading.source import Source

_CELLS = re.compile(r"\t+|\s+\|\s+|\s{3,}")
_LONGEST_ROW = 600
_END = re.compile(r"[.!?:;…]['\"“”)]*$")


_mentions = lru_cache(4096)(mentions)
_spans = lru_cache(4096)(spans)


class Passage(NamedTuple):
    """A stretch of the text, from offset to offset."""

    start: int
    end: int


class Placed(Protocol):
    """Something that rests on passages of the text."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """These passages."""


def passages_of(*groups: Iterable[Placed]) -> tuple[Passage, ...]:
    """The passages on which all of these rest."""
    return tuple(passage for group in groups for item in group for passage in item.passages)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its text without emphasis, its offsets in the source, and its number from 1."""

    text: str
    start: int
    end: int
    number: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Its columns, if it has any; what is longer than any row is one paragraph."""
        if len(self.text) > _LONGEST_ROW:
            return (self.text,)
        return tuple(cell.strip() for cell in _CELLS.split(self.text) if cell.strip())

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of the text, on one line and without emphasis, and its offsets in the source."""

    text: str
    start: int
    end: int
    line: int

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return Passage(self.start, self.end)

    def touches(self, passages: Iterable[Passage]) -> bool:
        """Whether any of these passages holds a part of the sentence."""
        return any(passage.start < self.end and self.start < passage.end for passage in passages)


class Layout:
    """A text, its lines and its sentences; `near` is the day around which years that are not said are sought."""

    def __init__(self, text: str, near: dt.date | None = None) -> None:
        self.source = Source(text)
        self.near = near

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line that says something."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        at = 0
        for number, raw in enumerate(self.source.text.split("\n"), 1):
            if raw.strip():
                yield Line(plain(raw).strip(), at, at + len(raw), number)
            at += len(raw) + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every sentence; one that a page or a line broke in two is made whole."""
        whole: list[Piece] = []
        for sentence in self.source.sentences:
            piece = Piece(plain(sentence.text).strip(), sentence.place.start, sentence.place.end, sentence.place.line)
            if whole and self._continues(whole[-1], piece):
                last = whole[-1]
                whole[-1] = Piece(f"{last.text} {piece.text}", last.start, piece.end, last.line)
            elif piece.text:
                whole.append(piece)
        return tuple(whole)

    def _continues(self, before: Piece, piece: Piece) -> bool:
        line_before = self.lines[bisect_left(self._starts, before.end) - 1]
        return (
            len(line_before.text) >= 50
            and "\n" in (between := self.source.text[before.end : piece.start + 1])
            and (between.count("\n") == 1 or before.text.split()[-1].islower())
            and not _END.search(before.text)
            and not _CELLS.search(line_before.text)
            and not LABEL.match(before.text)
            and not ANY_LABEL.match(piece.text)
            and len(piece.text) > 40
        )

    def mentions(self, text: str, near: dt.date | None = None) -> tuple[Mention, ...]:
        """The dates named in a passage."""
        return _mentions(text, near or self.near)

    def spans(self, text: str, near: dt.date | None = None) -> tuple[Span, ...]:
        """The ranges named in a passage."""
        return _spans(text, near or self.near)

    def quote(self, start: int, end: int) -> str:
        """A passage verbatim, on one line."""
        return " ".join(self.source.text[start:end].split())

    def beside_day(self, piece: Piece) -> str:
        """What a table's row says beside a cell that holds nothing but one day; "" for any other sentence."""
        cells = self.lines[bisect_right(self._starts, piece.start) - 1].cells
        if len(cells) < 2:
            return ""
        days = [
            cell
            for cell in cells
            if any(m.grain == "day" and len(cell) - (m.end - m.start) < 14 for m in self.mentions(cell))
        ]
        rest = [cell for cell in cells if cell not in days]
        return rest[0] if len(days) == 1 and rest and not self.spans(days[0]) else ""

    def between(self, start: int, end: int) -> tuple[Piece, ...]:
        """The sentences that begin within these offsets."""
        return tuple(piece for piece in self.pieces if start <= piece.start < end)


def is_label(text: str) -> bool:
    """Whether a line opens a field of the resolution sheet, or any other with a colon."""
    return bool(LABEL.match(text.lstrip("-•* ")) or ANY_LABEL.match(text.lstrip("-•* ")))
