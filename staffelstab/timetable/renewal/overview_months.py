"""The months of an overview ("DEZ 17 / JAN 18") written anew as they were written: language, length, capitals, digits (R26)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from staffelstab.timetable.reading.months import FULL, MONTH, NUMBER, OTHER_NAMES
from staffelstab.timetable.renewal.distance import Distance

_MENTION = re.compile(
    rf"\b(?P<month>{MONTH})\b(?P<dot>\.?)(?:(?P<gap>\s+'?)(?P<year>\d{{4}}|\d{{2}})\b)?", re.IGNORECASE
)
_SHORT = 3
"""Letters of a month that is written short; one whose whole name has no more ("Mai") is taken for short."""


@dataclass(frozen=True, slots=True)
class Term:
    """The first and last day of a phase, before and after the move; None where it has no end."""

    start: dt.date
    end: dt.date | None


def overview_anew(text: str, old: Term, new: Term, moved: Distance, language: str) -> str:
    """The overview for the new dates; a text that names no month stays as it is."""
    found = list(_MENTION.finditer(text))
    if len(found) == 2 and new.end and _month(new.start) == _month(new.end):
        return text[: found[0].start()] + _written(found[0], new.start, language) + text[found[1].end() :]
    if len(found) == 1 and old.end and new.end and _means(found[0], old.start) and _month(new.start) != _month(new.end):
        months = [_written(found[0], day, language) for day in (new.start, new.end)]
        return text[: found[0].start()] + " / ".join(months) + text[found[0].end() :]
    return _MENTION.sub(lambda mention: _written(mention, _day(mention, old, new, moved), language), text)


def _day(mention: re.Match[str], old: Term, new: Term, moved: Distance) -> dt.date:
    """A day of the month that takes the place of the one mentioned: the phase's own first or last month where it meant that."""
    for before, after in ((old.start, new.start), (old.end, new.end)):
        if before and after and _means(mention, before):
            return after
    year = _year(mention) or old.start.year
    return moved.day(dt.date(year, NUMBER[mention["month"].lower()], 15))


def _means(mention: re.Match[str], day: dt.date) -> bool:
    return NUMBER[mention["month"].lower()] == day.month and _year(mention) in {0, day.year}


def _year(mention: re.Match[str]) -> int:
    digits = mention["year"] or "0"
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _written(mention: re.Match[str], day: dt.date, language: str) -> str:
    word = mention["month"]
    name = FULL[language][day.month - 1]
    name = name if _whole(word) else name[:_SHORT]
    name = name.upper() if word.isupper() else name.lower() if word.islower() else name
    year = f"{day.year:04}"[-len(mention["year"]) :] if mention["year"] else ""
    return f"{name}{mention['dot']}{mention['gap'] or ''}{year}"


def _whole(word: str) -> bool:
    """Whether a month is written with its whole name, or another as long: "Juni", "Jänner", but not "Sept"."""
    return len(word) > _SHORT + 1 or (len(word) > _SHORT and word.lower() not in OTHER_NAMES)
