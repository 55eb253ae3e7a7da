"""The plan as a calendar: every day on which something begins, ends, is due or happens, with what is known about the date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When

Occasion = Literal[
    "resolution",
    "phase_start",
    "phase_end",
    "call_opens",
    "reminder",
    "call_deadline",
    "papers_due",
    "session",
    "event",
    "handover",
    "resubmission",
]


class Appointment(msgspec.Struct, frozen=True):
    """One day of the plan. `item` is the id of what it belongs to, `name` how people call it, `when` what is known of the day."""

    day: dt.date
    occasion: Occasion
    item: str
    name: str
    when: When
    quote: str = ""

    @property
    def certain(self) -> bool:
        """Whether the day may be written as a fact."""
        return self.when.certain


@cache
def agenda(plan: Plan) -> tuple[Appointment, ...]:
    """Every appointment of the plan, by day, then in the order of the occasions."""
    order: tuple[str, ...] = Occasion.__args__  # type: ignore[attr-defined]  # a Literal's words
    return tuple(sorted(_all(plan), key=lambda item: (item.day, order.index(item.occasion), item.item)))


def upcoming(plan: Plan, today: dt.date) -> tuple[Appointment, ...]:
    """What is still to come, today included."""
    return tuple(item for item in agenda(plan) if item.day >= today)


def between(plan: Plan, after: dt.date, until: dt.date) -> tuple[Appointment, ...]:
    """What lies after one day and not after another."""
    return tuple(item for item in agenda(plan) if after < item.day <= until)


def _all(plan: Plan) -> Iterator[Appointment]:
    yield from _single("resolution", "resolution", plan.title, When(plan.resolution.date), plan.resolution.quote)
    for phase in plan.phases:
        yield from _single("phase_start", phase.id, phase.name, phase.start, phase.quote)
        yield from _single("phase_end", phase.id, phase.name, phase.end, phase.quote)
    for call in plan.calls:
        yield from _single("call_opens", call.id, call.name, call.opens, call.quote)
        yield from _single("call_deadline", call.id, call.name, call.deadline, call.quote)
    for session in plan.sessions:
        yield from _single("papers_due", session.id, session.name, session.papers_due, session.quote)
        yield from _single("session", session.id, session.name, session.date, session.quote)
    for event in plan.events:
        if plan.resubmission and event is plan.occasion:
            continue  # what happens then is the resubmission
        yield from _single("event", event.id, event.name, event.date, event.quote)
    yield from _reminders(plan)
    yield from _handovers(plan)
    if plan.resubmission:
        known = plan.occasion.date if plan.occasion else When()
        for day in plan.days_of_return:
            when = known if known.date else msgspec.structs.replace(known, date=day)
            yield Appointment(
                day, "resubmission", "resubmission", plan.resubmission.name, when, plan.resubmission.quote
            )


def _single(occasion: Occasion, item: str, name: str, when: When, quote: str) -> Iterator[Appointment]:
    if when.date is not None:
        yield Appointment(when.date, occasion, item, name, when, quote)


def _reminders(plan: Plan) -> Iterator[Appointment]:
    for reminder in plan.reminders:
        call = plan.call(reminder.call)
        for days in reminder.days_before:
            day = call.deadline.day - dt.timedelta(days=days)
            when = When(day, "derived", rule=f"{call.id}.deadline - P{days}D")
            yield Appointment(day, "reminder", call.id, call.name, when, call.quote)


def _handovers(plan: Plan) -> Iterator[Appointment]:
    for office in plan.offices:
        if office.until and office.until.date and office.successor:
            yield Appointment(office.until.date, "handover", office.id, office.name, office.until, office.quote)


class MissedAppointment(msgspec.Struct, frozen=True):
    """An appointment at which a pass should have run, and did not."""

    appointment: Appointment
