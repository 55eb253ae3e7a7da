"""A resolution's text: its sentences with their places, and where a quoted sentence stands (R105, U1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from staffelstab.files import BESIDE, read_inside
from staffelstab.timetable.reading.normal import PAGE_LINE, Normal, normalise
from staffelstab.timetable.reading.places import Place, Places
from staffelstab.timetable.reading.sentences import sentences
from staffelstab.timetable.reading.units import units

_KEYS = (
    4,
    12,
    48,
    192,
)  # characters by which the beginning of a quote is looked up, the more the more places begin alike
_FEW = 32  # places that are quickly tried one by one
_START = re.compile(r"\b\w|[^\w\s]")
_PAGE = re.compile(PAGE_LINE, re.M)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or line of a list: its text on one line, and its place, without the white space around it."""

    text: str
    place: Place


class Source:
    """A text that can be asked what it says and where; it is read once, and a quote is found without reading it again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sorted: set[str] = set()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, headings and lines of lists in order; one that a page break parts is whole."""
        return tuple(self._sentence(start, end) for start, end in sentences(self.text, units(self.text)))

    def _sentence(self, start: int, end: int) -> Sentence:
        return Sentence(" ".join(_PAGE.sub("", self.text[start:end]).split()), self.places.of(start, end))

    @cached_property
    def places(self) -> Places:
        """Lines and paragraphs."""
        return Places(self.text)

    def find(self, quote: str) -> Place | None:
        """The first place of a quote, or None.

        White space, breaks of lines, paragraphs and pages, hyphenation, emphasis and the shapes of quotation marks and dashes do
        not matter; letters, figures, gender stars and case do. A quote begins where a word begins; a place where it also ends
        with a word is preferred ("Landesvorstand" before "Landesvorstandssitzung").
        """
        wanted = normalise(quote).text.strip()
        whole = self._normal.text
        first: int | None = None
        for at in self._candidates(wanted) if wanted else ():
            if whole.startswith(wanted, at):
                first = at if first is None else first
                if not _inside(whole, at + len(wanted)):
                    return self._place(at, len(wanted))
        return None if first is None else self._place(first, len(wanted))

    def stretches(self, quotes: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Where each quote that the text has stands, from offset to offset; of several places any.

        Most quotes stand there letter by letter and in the order asked: these are found in passing.
        """
        found: dict[str, tuple[int, int]] = {}
        last = 0
        for quote in quotes:
            at = self._in_passing(quote, last)
            if at >= 0:
                found[quote] = (at, at + len(quote))
                last = at
            elif place := self.find(quote):
                found[quote] = (place.start, place.end)
        return found

    def _in_passing(self, quote: str, last: int) -> int:
        """Where a quote stands letter by letter in whole words, first behind `last`; -1 if it is to be looked for with care."""
        at = self.text.find(quote, last)
        at = self.text.find(quote, 0, last + len(quote)) if at < 0 else at
        whole = quote == quote.strip() != "" and not _inside(self.text, at) and not _inside(self.text, at + len(quote))
        return at if whole else -1

    @cached_property
    def _normal(self) -> Normal:
        return normalise(self.text)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where words begin, in order, by the characters that follow there: KEYS[0] of them, and more where many begin alike."""
        starts: dict[str, list[int]] = {}
        _sort(self._normal.text, (found.start() for found in _START.finditer(self._normal.text)), _KEYS[0], starts)
        return starts

    def _candidates(self, wanted: str) -> Iterable[int]:
        if len(wanted) < _KEYS[0]:
            return self._occurrences(wanted)
        places = self._starts.get(wanted[: _KEYS[0]], [])
        for shorter, size in pairwise(_KEYS):
            if len(places) <= _FEW or len(wanted) < size:
                break
            if wanted[:shorter] not in self._sorted:
                self._sorted.add(wanted[:shorter])
                _sort(self._normal.text, places, size, self._starts)
            places = self._starts.get(wanted[:size], [])
        return places

    def _occurrences(self, wanted: str) -> Iterator[int]:
        text = self._normal.text
        at = text.find(wanted)
        while at >= 0:
            if not _inside(text, at):
                yield at
            at = text.find(wanted, at + 1)

    def _place(self, at: int, length: int) -> Place:
        return self.places.of(self._normal.origin(at), self._normal.origin(at + length - 1) + 1)


def _sort(text: str, places: Iterable[int], size: int, into: dict[str, list[int]]) -> None:
    for at in places:
        if len(key := text[at : at + size]) == size:
            into.setdefault(key, []).append(at)


def _inside(text: str, at: int) -> bool:
    """Whether a word runs on over this edge."""
    return text[at - 1 : at].isalnum() and text[at : at + 1].isalnum()


def source_beside(plan_file: Path, plan_source: str) -> Source | None:
    """The text a plan names as its source, in a UTF-8 file beside the plan; None when there is no such text to read."""
    data = read_inside(plan_file.parent, plan_source, BESIDE) if plan_source else None
    if data is None:
        return None
    try:
        return Source(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError:
        return None
