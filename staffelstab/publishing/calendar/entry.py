"""Calendar entries as values, and the file they make: RFC 5545, byte-identical for the same entries.

A day of a plan is a day where the organisation is: such an entry carries a date (VALUE=DATE) and no zone. A session with a time
carries it with the plan's zone, which the file then describes; how long it lasts no plan says, so it has no end.

Alarms ring at an instant (TRIGGER;VALUE=DATE-TIME, in UTC), not at a distance. A distance from an all-day entry is counted from
midnight wherever the reader happens to be, and some programs count it in hours across a change of the clocks; an instant is nine
in the morning at the organisation's seat for everybody. Outlook converts it on import ([MS-OXCICAL] 2.1.3.1.1.20.62), Apple's and
Mozilla's calendars and CalDAV clients keep it; programs that ignore alarms of foreign calendars ignore either kind.

Text is made harmless and escaped; nothing in it can become a property of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from staffelstab.documents.rendering.characters import harmless
from staffelstab.publishing.calendar.time_zone import component
from staffelstab.timetable.plan.model import Plan

if TYPE_CHECKING:
    import icalendar

Status = Literal["confirmed", "tentative", "cancelled"]

ALARM_TIME = dt.time(9)
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: all day long, or beginning at `time`. `alarms` are days before it, each at nine in the morning.

    `stamp` is when it was last changed and `sequence` how often (RFC 5545, 3.8.7.4).
    """

    uid: str
    day: dt.date
    summary: str
    description: str
    category: str
    stamp: dt.datetime
    sequence: int = 0
    status: Status = "confirmed"
    busy: bool = False
    alarms: tuple[int, ...] = ()
    time: dt.time | None = None
    place: str = ""


def uid(plan: Plan, *parts: str) -> str:
    """The name by which a calendar knows the entry again: `<part>.<part>@<plan>.staffelstab`, in ASCII."""
    return f"{'.'.join(_token(part) for part in parts)}@{_token(plan.id)}.staffelstab"


def calendar_file(plan: Plan, name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """The entries as a calendar file, CRLF and folded; b"" if there are none, because RFC 5545 has no empty calendar."""
    import icalendar

    shown = tuple(entries)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Staffelstab//{_token(plan.id)}//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    # The library escapes only what it knows to be text, and these it does not know.
    for key, text in (("name", name), ("x-wr-calname", name), ("x-wr-timezone", plan.timezone)):
        calendar.add(key, icalendar.vText(harmless(text)))
    if years := _years_with_a_time(shown):
        calendar.add_component(component(plan.zone, years[0] - 1, years[-1]))
    for entry in shown:
        calendar.add_component(_event(plan, entry))
    return calendar.to_ical() if shown else b""


def _years_with_a_time(entries: Sequence[Entry]) -> list[int]:
    return sorted(entry.day.year for entry in entries if entry.time is not None)


def _event(plan: Plan, entry: Entry) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(dt.UTC))
    event.add("last-modified", entry.stamp.astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    _put_when(event, plan, entry)
    event.add("summary", harmless(entry.summary))
    event.add("description", harmless(entry.description))
    if entry.place:
        event.add("location", harmless(entry.place))
    event.add("categories", [entry.category])
    event.add("status", entry.status.upper())
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    for days in entry.alarms:
        event.add_component(_alarm(plan, entry, days))
    return event


def _put_when(event: icalendar.Event, plan: Plan, entry: Entry) -> None:
    if entry.time is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + dt.timedelta(days=1))
    else:
        event.add("dtstart", dt.datetime.combine(entry.day, entry.time, plan.zone))


def _alarm(plan: Plan, entry: Entry, days: int) -> icalendar.Alarm:
    import icalendar

    morning = dt.datetime.combine(entry.day - dt.timedelta(days=days), ALARM_TIME, plan.zone)
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", morning.astimezone(dt.UTC))
    alarm.add("description", harmless(entry.summary))
    return alarm


def _token(text: str) -> str:
    """`text` as it may stand in a UID: ASCII letters, digits, dot, hyphen, underscore."""
    return _NO_TOKEN.sub("-", text)
