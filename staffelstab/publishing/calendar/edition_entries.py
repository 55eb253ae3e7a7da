"""What one edition of a plan puts into a calendar, before anything is known of earlier editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from staffelstab.language import Language
from staffelstab.publishing.calendar.entry import Entry
from staffelstab.publishing.calendar.entry_text import description, summary, tentative, title
from staffelstab.timetable.agenda.appointments import Appointment, agenda
from staffelstab.timetable.agenda.reminders import reminder_day
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import Status

Key = tuple[str, str]
"""The id of an item and the occasion."""

ALARMS: dict[str, tuple[int, ...]] = {
    "session": (1,),
    "papers_due": (2,),
    "call_deadline": (7, 1),
    "handover": (28, 7),
    "resubmission": (28, 1),
    "milestone": (28, 7),
}
"""Days before an occasion on which the calendar speaks up, at nine in the morning."""

BUSY = frozenset({"session", "event"})


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An entry without a name, its `title` whatever is known of the day, the day as `planned`, and what is known of it."""

    entry: Entry
    title: str
    planned: dt.date
    status: Status


def edition_entries(plan: Plan, words: Language) -> dict[Key, tuple[EditionEntry, ...]]:
    """Every entry of the plan by what it belongs to; several under one key are in the order of their days."""
    found: dict[Key, tuple[EditionEntry, ...]] = {}
    for item in (*agenda(plan), *_possible(plan)):
        key = (item.item, item.occasion)
        found[key] = (*found.get(key, ()), _draft(plan, item, words))
    return found


def _possible(plan: Plan) -> Iterator[Appointment]:
    """Days on which a session or event may be that has none yet; the resubmission's are in the agenda already."""
    for session in plan.sessions:
        for day in session.date.candidates if session.date.date is None else ():
            when = msgspec.structs.replace(session.date, date=day)
            yield Appointment(day, "session", session.id, session.name, when, session.quote)
    for event in plan.events:
        for day in event.date.candidates if event.date.date is None and event is not plan.occasion else ():
            when = msgspec.structs.replace(event.date, date=day)
            yield Appointment(day, "event", event.id, event.name, when, event.quote)


def _draft(plan: Plan, item: Appointment, words: Language) -> EditionEntry:
    real = _moved(plan, item)
    session = plan.session(item.item) if item.occasion == "session" else None
    entry = Entry(
        uid="",
        day=real.day,
        summary=summary(plan, item, words),
        description=description(plan, real, words),
        category=words.say(f"calendar.category.{item.occasion}"),
        stamp=plan.starts(plan.resolution.date),
        status="tentative" if tentative(plan, item) else "confirmed",
        busy=item.occasion in BUSY,
        alarms=ALARMS.get(item.occasion, ()),
        time=session.time if session else None,
        place=session.place if session else "",
    )
    return EditionEntry(entry, title(plan, item, words), item.day, item.when.status)


def _moved(plan: Plan, item: Appointment) -> Appointment:
    """A reminder on the day it really goes out; anything else as it is."""
    if item.occasion != "reminder":
        return item
    return msgspec.structs.replace(item, day=reminder_day(plan, plan.call(item.item), item.day))
