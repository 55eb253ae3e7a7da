"""A time zone as a calendar file carries it (RFC 5545, 3.6.5), worked out from the system's own table of zones.

The onset of each observance is the local time that the clocks showed *before* they were changed (3.3.5, 3.8.2.4): summer time in
Berlin begins at 02:00, not at 03:00. Every change of the clocks in the years wanted stands there as such, without a rule that
would have to be true for other years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import icalendar

_SECOND, _DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Observance:
    """What the clocks of a zone show from an instant on: `onset` is local time as counted until then."""

    onset: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    summer: bool


def observances(zone: ZoneInfo, first: int, last: int) -> Iterator[Observance]:
    """What holds at the beginning of the year `first`, and every change until the end of the year `last`."""
    day, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    offset = _at(zone, day)[0]
    yield _observance(zone, day, offset)
    while day < end:
        if _at(zone, day + _DAY) != _at(zone, day):
            change = _change(zone, day)
            yield _observance(zone, change, _at(zone, change - _SECOND)[0])
        day += _DAY


def component(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """The VTIMEZONE that is right from the year `first` to the year `last`."""
    import icalendar

    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    for item in observances(zone, first, last):
        part = icalendar.TimezoneDaylight() if item.summer else icalendar.TimezoneStandard()
        part.add("dtstart", item.onset)
        part.add("tzoffsetfrom", item.before)
        part.add("tzoffsetto", item.after)
        part.add("tzname", item.name)
        made.add_component(part)
    return made


def _at(zone: ZoneInfo, instant: dt.datetime) -> tuple[dt.timedelta, str, bool]:
    local = instant.astimezone(zone)
    return local.utcoffset() or dt.timedelta(), local.tzname() or zone.key, bool(local.dst())


def _observance(zone: ZoneInfo, instant: dt.datetime, before: dt.timedelta) -> Observance:
    after, name, summer = _at(zone, instant)
    return Observance((instant + before).replace(tzinfo=None), before, after, name, summer)


def _change(zone: ZoneInfo, day: dt.datetime) -> dt.datetime:
    """The first second within a day at which the clocks are others than at its beginning."""
    early, late = 0, 24 * 60 * 60
    while late - early > 1:
        middle = (early + late) // 2
        if _at(zone, day + middle * _SECOND) == _at(zone, day):
            early = middle
        else:
            late = middle
    return day + late * _SECOND
