"""The three calendar files: the timetable, the milestones of the following years, the resubmission (R101, R103, U13)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from staffelstab.calendar.entries import Entry, calendar_file, uid
from staffelstab.calendar.reminders import reminder_day
from staffelstab.calendar.wording import description, summary, tentative
from staffelstab.language import Language
from staffelstab.plan.actors import name_of
from staffelstab.plan.agenda import Appointment, agenda

if TYPE_CHECKING:
    from staffelstab.case.values import Case, Record
    from staffelstab.plan.model import Plan

TIMETABLE, MILESTONES, RESUBMISSION = "timetable.ics", "milestones.ics", "resubmission.ics"

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


def timetable(plan: Plan, language: str | None = None, sequence: int = 0) -> bytes:
    """Every day of the plan. `sequence` goes up by one with each change of the plan that is published (RFC 5545, 3.8.7.4)."""
    words = Language(language or plan.language)
    name = words.say("calendar.name.timetable", organisation=plan.organisation, title=plan.title)
    return calendar_file(plan, name, words.code, _appointments(plan, agenda(plan), words, sequence))


def resubmission(plan: Plan, language: str | None = None) -> bytes:
    """The resubmission alone, to be handed to its owners: it works when the tool is gone (U13). b"" if the plan has none.

    The entries are the very ones of the timetable, so that having both shows nothing twice.
    """
    words = Language(language or plan.language)
    name = words.say("calendar.name.resubmission", organisation=plan.organisation, title=plan.title)
    wanted = [item for item in agenda(plan) if item.occasion == "resubmission"]
    return calendar_file(plan, name, words.code, _appointments(plan, wanted, words, 0))


def milestones(case: Case) -> bytes:
    """The milestones as recorded, binding ones marked (R101). b"" while there are none."""
    plan, words = case.plan, Language(case.plan.language)
    name = words.say("calendar.name.milestones", organisation=plan.organisation, title=plan.title)
    rows = sorted(case.rows("milestones"), key=lambda row: (_day(row), row.text("id")))
    return calendar_file(plan, name, words.code, [_milestone(plan, row, words) for row in rows])


def _appointments(plan: Plan, items: Iterable[Appointment], words: Language, sequence: int) -> Iterator[Entry]:
    several = Counter((item.item, item.occasion) for item in agenda(plan))
    stamp = plan.starts(plan.resolution.date)
    for item in items:
        parts = [item.item, item.occasion]
        if several[item.item, item.occasion] > 1:
            parts.append(item.day.isoformat())
        yield Entry(
            uid=uid(plan, *parts),
            day=_moved(plan, item).day,
            summary=summary(plan, item, words),
            description=description(plan, _moved(plan, item), words),
            category=words.say(f"calendar.category.{item.occasion}"),
            stamp=stamp,
            sequence=sequence,
            tentative=tentative(plan, item),
            busy=item.occasion in BUSY,
            alarms=ALARMS.get(item.occasion, ()),
        )


def _moved(plan: Plan, item: Appointment) -> Appointment:
    """A reminder on the day it really goes out; anything else as it is."""
    if item.occasion != "reminder":
        return item
    return replace(item, day=reminder_day(plan, plan.call(item.item), item.day))


def _day(row: Record) -> dt.date:
    """The milestone's date; the end of its year where a sheet gave none."""
    return row.day("date") or dt.date(int(row.number("year") or row.entered.year), 12, 31)


def _milestone(plan: Plan, row: Record, words: Language) -> Entry:
    binding = row.text("binding") == "yes"
    key = "binding" if binding else "not_binding"
    about = words.say(
        f"calendar.milestone.{key}.text", owner=name_of(plan, row.text("owner")), criterion=row.text("criterion")
    )
    return Entry(
        uid=uid(plan, row.text("id"), "milestone"),
        day=_day(row),
        summary=words.say(f"calendar.milestone.{key}.summary", id=row.text("id"), title=row.text("title")),
        description="\n\n".join((about, words.say("calendar.milestone.origin", title=plan.title))),
        category=words.say("calendar.category.milestone"),
        stamp=row.entered,
        tentative=row.day("date") is None,
        alarms=ALARMS["milestone"],
    )
