"""Calendars: our own with strangers' texts in them, read back by two readers; and calendar files sent in as papers."""

from __future__ import annotations

import datetime as dt
import random

import icalendar

from staffelstab.publishing.calendar.calendar_files import timetable
from staffelstab.publishing.calendar.entry import Entry, calendar_file, uid
from staffelstab.timetable.plan.load import plan_from
from tests.fuzzing.bases import Bases, Sample
from tests.fuzzing.case import Bench, promise
from tests.fuzzing.changes import DAYS, ODD_TEXTS, bytes_changed, encoded, text_changed
from tests.fuzzing.organisation import PLAN
from tests.publishing.calendar.rfc5545 import events

_TITLES = (
    *ODD_TEXTS, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b", "\\n\\;\\,;,:", "X-A;B=\"c:d\":e",
    "\nATTACH:file:///etc/passwd", "a\\", "\r", '"' * 90, "\u2028END:VCALENDAR\u2029", "ä" * 74, "\U0001f468" * 74,
    "BEGIN:VALARM", "a^n^'b",
)  # fmt: skip
_NEAR = (dt.date(2027, 3, 15), dt.date(2027, 3, 28), dt.date(2027, 10, 31), dt.date(2028, 2, 29))
_FAR = (dt.date(1900, 3, 1), dt.date(2999, 12, 30), *_NEAR)
"""So far apart that the file tells a thousand years of summer times."""

_STATUS = ("confirmed", "tentative", "cancelled")


def trial(chance: random.Random, bench: Bench) -> str:
    """Entries with hostile texts say to whoever reads the file what they say, and nothing else."""
    plan = plan_from(PLAN)
    days = _FAR if chance.random() < 0.05 else _NEAR
    made = [_entry(chance, n, chance.choice(days)) for n in range(chance.randint(1, 6))]
    data = calendar_file(plan, chance.choice(_TITLES), "de", made)
    strict, read = events(data), icalendar.Calendar.from_ical(data).walk("VEVENT")
    promise(len(strict) == len(read) == len(made), "an entry more or less")
    for entry, ours, theirs in zip(made, strict, read, strict=True):
        promise(ours["UID"] == str(theirs["UID"]) == entry.uid, "another UID")
        promise(set(ours) <= _PROPERTIES, "a property of a stranger's")
        promise(theirs.decoded("DTSTART") in (entry.day, _begins(entry)), "another day")
        promise(ours["SUMMARY"] == str(theirs["SUMMARY"]), "two readers read two titles")
        promise(len(theirs.walk("VALARM")) == len(entry.alarms), "an alarm more or less")
    promise(timetable(plan), "no timetable")
    return "read back"


_PROPERTIES = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES",
    "STATUS", "TRANSP", "ALARM",
}  # fmt: skip


def _begins(entry: Entry) -> dt.datetime | None:
    return dt.datetime.combine(entry.day, entry.time, plan_from(PLAN).zone) if entry.time else None


def _entry(chance: random.Random, number: int, day: dt.date) -> Entry:
    return Entry(
        uid=uid(plan_from(PLAN), chance.choice(_TITLES), str(number)),
        day=day,
        summary=chance.choice(_TITLES),
        description="\n".join(chance.choices(_TITLES, k=3)),
        category="Sitzung",
        stamp=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
        status=chance.choice(_STATUS),  # type: ignore[arg-type] # one of them
        alarms=tuple(chance.sample(range(60), chance.randint(0, 3))),
        time=chance.choice((None, dt.time(19, 30), dt.time(2, 30), dt.time(0))),
        place=chance.choice(("", *_TITLES)),
    )


_FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//DE
METHOD:REQUEST
BEGIN:VEVENT
UID:1@example.org
DTSTAMP:20270301T000000Z
DTSTART;TZID=Europe/Berlin:20270315T193000
RRULE:FREQ=SECONDLY;INTERVAL=1
SUMMARY:Vorstandssitzung
ATTENDEE;CN=Beisitz 3:mailto:b3@example.org
ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA
END:VEVENT
END:VCALENDAR
"""


def made(chance: random.Random, bases: Bases) -> Sample:
    """A calendar file that somebody sends in."""
    text = text_changed(chance, _FILE, (*_TITLES, *DAYS)).replace("\n", chance.choice(("\n", "\r\n", "\r\n ")))
    data = encoded(chance, text)
    return Sample("termin.ics", "ics", bytes_changed(chance, data, 3) if chance.random() < 0.3 else data)
