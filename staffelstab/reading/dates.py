"""Days and periods named in a text, in German and English notation (R02, R31-R39, R43)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from staffelstab.reading.months import MONTH, NUMBER

Grain = Literal["day", "month", "quarter", "half", "year"]

_DAY = re.compile(rf"(?<![\w.])(\d{{1,2}})\.?\s?({MONTH})\b\.?(?:\s(\d{{4}})\b)?", re.I)
_LINK = re.compile(r"\s*(?:bis(?: zum)?|to|[-–/])\s*", re.I)
_OPEN = re.compile(r"\b(?:ab|from)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """One date or period named in a text: its first and last day and its offsets. `added` is "year" where that was inferred."""

    first: dt.date
    last: dt.date
    grain: Grain
    start: int
    end: int
    added: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """From one mention to another; `last` is None for "ab …", `first` is None for "bis …"."""

    first: Mention | None
    last: Mention | None
    start: int
    end: int


def mentions(text: str, near: dt.date | None = None) -> tuple[Mention, ...]:
    """Every date named in the text, in order."""
    return tuple(found for match in _DAY.finditer(text) if (found := _mention(match, near)))


def _mention(match: re.Match[str], near: dt.date | None) -> Mention | None:
    year = int(match[3]) if match[3] else near.year if near else None
    try:
        day = dt.date(year or 0, NUMBER[match[2].lower()], int(match[1]))
    except ValueError:
        return None
    return Mention(day, day, "day", *match.span(), added="" if match[3] else "year")


def spans(text: str, near: dt.date | None = None) -> tuple[Span, ...]:
    """Every range named in the text, in order."""
    found = mentions(text, near)
    pairs = [(a, b) for a, b in zip(found, found[1:], strict=False) if _LINK.fullmatch(text, a.end, b.start)]
    opened = [(a, m) for a in found if (m := _OPEN.search(text, max(0, a.start - 12), a.start))]
    both = [Span(a, b, a.start, b.end) for a, b in pairs] + [Span(a, None, m.start(), a.end) for a, m in opened]
    return tuple(sorted(both, key=lambda span: span.start))
