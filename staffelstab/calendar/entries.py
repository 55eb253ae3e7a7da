"""Calendar entries as values, and the file they make: RFC 5545, all-day, byte-identical for the same entries.

Every day of a plan is a day where the organisation is, so entries carry dates (VALUE=DATE) and no time zone. Text is made
harmless and escaped; nothing in it can become a property of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffelstab.documents.characters import harmless
from staffelstab.plan.model import Plan

if TYPE_CHECKING:
    import icalendar

_MORNING = dt.timedelta(hours=9)
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry. `alarms` are days before it, each at nine in the morning; `stamp` is when it was last changed."""

    uid: str
    day: dt.date
    summary: str
    description: str
    category: str
    stamp: dt.datetime
    sequence: int = 0
    tentative: bool = False
    busy: bool = False
    alarms: tuple[int, ...] = ()


def uid(plan: Plan, *parts: str) -> str:
    """The name by which a calendar knows the entry again: `<part>.<part>@<plan>.staffelstab`, in ASCII."""
    return f"{'.'.join(_token(part) for part in parts)}@{_token(plan.id)}.staffelstab"


def calendar_file(plan: Plan, name: str, language: str, entries: Iterable[Entry]) -> bytes:
    """The entries as a calendar file, CRLF and folded; b"" if there are none, because RFC 5545 has no empty calendar."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Staffelstab//{_token(plan.id)}//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    # The library escapes only what it knows to be text, and these it does not know.
    for key, text in (("name", name), ("x-wr-calname", name), ("x-wr-timezone", plan.timezone)):
        calendar.add(key, icalendar.vText(harmless(text)))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical() if calendar.subcomponents else b""


def _event(entry: Entry) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + dt.timedelta(days=1))
    event.add("summary", harmless(entry.summary))
    event.add("description", harmless(entry.description))
    event.add("categories", [entry.category])
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    for days in entry.alarms:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: Entry, days: int) -> icalendar.Alarm:
    import icalendar

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _MORNING - dt.timedelta(days=days))
    alarm.add("description", harmless(entry.summary))
    return alarm


def _token(text: str) -> str:
    """`text` as it may stand in a UID: ASCII letters, digits, dot, hyphen, underscore."""
    return _NO_TOKEN.sub("-", text)
