"""The event list of a simulation: what happens in which order on the virtual clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.simulation.inputs import Delivery, Verdict
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.agenda.reminders import planned_days, reminder_day
from staffelstab.timetable.agenda.report_days import report_days
from staffelstab.timetable.plan.model import Plan

MORNING = dt.time(7)
AFTER_SESSION = dt.timedelta(minutes=30)
AFTERMATH = dt.timedelta(days=7)
"""How long after the last appointment or arrival of its year an open-ended phase is looked after once more."""


@dataclass(frozen=True, slots=True)
class Event:
    """One moment: a pass over everything, or a session's verdict and the pass after it. `kill` starts and kills a run first."""

    at: dt.datetime
    kind: Literal["pass", "session"]
    verdict: Verdict | None = None
    kill: bool = False


def event_list(
    plan: Plan, deliveries: Sequence[Delivery], verdicts: Sequence[Verdict], until: dt.date | None = None
) -> tuple[Event, ...]:
    """Every date that matters: appointments, letters, the morning after a deadline, sessions in the evening, late arrivals."""
    events = [Event(dt.datetime.combine(day, MORNING, plan.zone), "pass") for day in sorted(_days(plan, deliveries))]
    events += [Event(verdict.at, "session", verdict) for verdict in verdicts]
    last = dt.datetime.max.replace(tzinfo=dt.UTC) if until is None else plan.ends(until)
    return tuple(sorted((event for event in events if event.at < last), key=lambda event: (event.at, event.kind)))


def _days(plan: Plan, deliveries: Sequence[Delivery]) -> set[dt.date]:
    one = dt.timedelta(days=1)
    items = agenda(plan)
    days = {item.day for item in items}
    days |= {item.day + one for item in items if item.occasion in {"call_deadline", "phase_end"}}
    timed = {item.day for item in items if item.occasion != "resubmission"}
    after = sorted({delivery.at.date() for delivery in deliveries if delivery.at.date() > max(timed)})
    days |= {day + one for day in after}
    days.add(max([*timed, *after]) + AFTERMATH)
    days |= {reminder_day(plan, call, planned) for call in plan.calls for planned in planned_days(plan, call)}
    days |= set(report_days(plan, max(timed)))
    return days
