"""Days onto pixels, and the axis that says which: weeks, months, quarters or years, whichever has room for its names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering import svg
from staffelstab.language import Language

_DAY = dt.timedelta(days=1)
SMALL = 12.5
AXIS = 17.0  # height of one line of names


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last` onto pixels from `left` to `right`."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def at(self, day: dt.date) -> float:
        """Where a day begins; days outside lie on the edge."""
        whole = (self.last - self.first).days + 1
        part = (day - self.first).days / whole
        return self.left + min(1.0, max(0.0, part)) * (self.right - self.left)

    def end(self, day: dt.date) -> float:
        """Where a day ends."""
        return self.at(day + _DAY) if day < dt.date.max else self.right

    def middle(self, day: dt.date) -> float:
        """The middle of a day."""
        return (self.at(day) + self.end(day)) / 2


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the axis with its name."""

    first: dt.date
    last: dt.date
    name: str


Step = Callable[[dt.date], dt.date]


def _weeks(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=7 - day.weekday())


def _months(day: dt.date, count: int = 1) -> dt.date:
    """The first day of the next group of `count` months; groups begin in January."""
    months = (day.year * 12 + day.month - 1) // count * count + count
    return dt.date(months // 12, months % 12 + 1, 1)


def _years(day: dt.date, count: int = 1) -> dt.date:
    return dt.date((day.year // count + 1) * count, 1, 1)


UNITS: tuple[tuple[Step, str], ...] = (
    (_weeks, ""),
    (_months, "LLL"),
    (lambda day: _months(day, 3), "QQQ"),
    (_years, "y"),
    (lambda day: _years(day, 5), "y"),
    (lambda day: _years(day, 20), "y"),
)
"""How to come to the next period, and its name as a pattern of CLDR, of a week its first day; fine ones first."""

YEARS = 3
"""From this unit on the names are years themselves."""


def unit(days: Days, language: str) -> int:
    """The finest unit whose names have room; weeks only where there are few of them."""
    per_day = (days.right - days.left) / ((days.last - days.first).days + 1)
    shortest = (7, 28, 90, 365, 5 * 365, 20 * 365)
    for place, length in enumerate(shortest):
        names = [period.name for period in periods(days, language, place)] if length * per_day > 14 else ["M" * 9]
        if max(svg.measure(name, SMALL) for name in names) + 8 <= length * per_day:
            return place
    return len(UNITS) - 1


def periods(days: Days, language: str, place: int) -> tuple[Period, ...]:
    """The periods of a unit that are in view, the first and last cut off at the edges."""
    from babel.dates import format_date

    step, pattern = UNITS[place]
    forms = Language(language).forms
    found, day = [], days.first
    while day <= days.last:
        following = _or_last(step, day)
        name = format_date(day, pattern or forms.brief_day, forms.locale)
        found.append(Period(day, min(following - _DAY, days.last), name))
        day = following
    return tuple(found)


def _or_last(step: Step, day: dt.date) -> dt.date:
    try:
        return step(day)
    except ValueError:  # beyond the last year a date can have
        return dt.date.max


def axis(days: Days, language: str, top: float, y: float) -> list[str]:
    """Fine upright lines from `top` at every new period, names below `y`, years below those."""
    place = unit(days, language)
    drawn: list[str] = []
    for period in periods(days, language, place):
        if period.first != days.first:
            drawn.append(svg.rule(days.at(period.first), top, days.at(period.first), y + 4, "#dfe4ea"))
        drawn += _name(days, period, y + AXIS - 4, centred=place != 0)
    if place < YEARS:
        for period in periods(days, language, YEARS):
            drawn += _name(days, period, y + 2 * AXIS - 4, centred=False)
            if period.first != days.first:
                drawn.append(svg.rule(days.at(period.first), top, days.at(period.first), y + 2 * AXIS - 2, svg.RULE))
    return [*drawn, svg.rule(days.left, y, days.right, y, svg.QUIET)]


def height(days: Days, language: str) -> float:
    """How much room the names below the axis take."""
    return (2 if unit(days, language) < YEARS else 1) * AXIS


def _name(days: Days, period: Period, y: float, *, centred: bool) -> Iterator[str]:
    left, right = days.at(period.first), days.end(period.last)
    if svg.measure(period.name, SMALL) + 6 <= right - left:
        x, anchor = ((left + right) / 2, "middle") if centred else (left + 3, "start")
        yield svg.text(x, y, period.name, anchor=anchor, fill=svg.QUIET, size=SMALL)
