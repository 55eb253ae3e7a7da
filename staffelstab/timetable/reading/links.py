"""What stands between two dates: "bis" makes a range of them, "und" and "," only bring them together."""

from __future__ import annotations

import re
from typing import Literal

from staffelstab.timetable.reading.shapes import ARTICLE, DASH, EACH, GAP, SLOT, STARS, UNTIL, WEEKDAY_BEFORE, of

Link = Literal["range", "each"]

_CLOCK = rf"(?:,?{GAP}(?:{of('at_hour')}{GAP})?\d{{1,2}}(?:[.:]\d\d)?{SLOT}{of('clock')})?"
_LATEST_WORD = rf"\(?(?:{of('latest')}|{ARTICLE})\)?"
_LATEST = rf"(?:{_LATEST_WORD}{GAP}){{0,3}}"
_PART = rf"(?:{of('part_of_month')}{GAP})?(?:{WEEKDAY_BEFORE})?"
_RANGE = re.compile(rf"{STARS}{_CLOCK}(?:{DASH}|{GAP}{UNTIL}{GAP}{_LATEST}{_PART}){STARS}", re.I)
_EACH = re.compile(
    rf"{STARS}{_CLOCK}(?:,{GAP}|,?{GAP}{EACH}{GAP})(?:(?:{of('before_each')}|{ARTICLE}){GAP})?{_PART}{STARS}", re.I
)
LONGEST = 80  # characters between two dates of one range


def _ending(before: str) -> re.Pattern[str]:
    """A pattern of what ends right where a date begins, and begins a word."""
    return re.compile(rf"(?<![^\W_]){before}{GAP}{_PART}[*_(]{{0,3}}$", re.I)


_OPEN = _ending(rf"{of('since')}(?:{GAP}{of('since_filler')}){{0,2}}")
_FROM = _ending(rf"{of('from')}(?:{GAP}{of('from_filler')})?")
_BY = _ending(rf"{of('by')}(?:{GAP}{_LATEST_WORD}){{0,3}}")
_BETWEEN = re.compile(rf"{of('between')}(?:{GAP}{of('from_filler')})?{GAP}[*_]{{0,3}}$", re.I)
_WINDOW = 60
_PART_OF = re.compile(rf"(?<![^\W_]){of('part_right_before_month')}(?:{GAP}|-)[*_]{{0,3}}$", re.I)


def link(text: str, end: int, start: int) -> Link | None:
    """How the dates that end and start there belong together; None: not at all."""
    if start - end > LONGEST:
        return None
    if _RANGE.fullmatch(text, end, start):
        return "range"
    return "each" if _EACH.fullmatch(text, end, start) else None


def after_between(text: str, start: int) -> bool:
    """Whether "zwischen" or "between" stands before the date that starts there."""
    return bool(_BETWEEN.search(text[max(0, start - _WINDOW) : start]))


def opening(text: str, start: int) -> int | None:
    """Where the "ab", "seit", "from" before the date begins."""
    return _at(_OPEN, text, start)


def origin(text: str, start: int) -> int | None:
    """Where the "vom", "from", "zwischen" before the first date of a range begins."""
    found = _at(_FROM, text, start)
    return opening(text, start) if found is None else found


def deadline(text: str, start: int) -> int | None:
    """Where the "bis", "spätestens am", "by" before the date begins."""
    return _at(_BY, text, start)


def part_of(text: str, start: int, end: int) -> str:
    """The month that stands there with the word before it that speaks of a part of it, verbatim; "" without such a word."""
    found = _PART_OF.search(text[max(0, start - _WINDOW) : start])
    return " ".join(f"{found[0]}{text[start:end]}".split()) if found else ""


def _at(pattern: re.Pattern[str], text: str, start: int) -> int | None:
    edge = max(0, start - _WINDOW)
    match = pattern.search(text[edge:start])
    return edge + match.start() if match else None
