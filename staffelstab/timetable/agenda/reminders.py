"""When a call's reminders go out: never on a day off, never after the deadline, the newest one only (R60, U12)."""

from __future__ import annotations

import datetime as dt

from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Call, Plan

_DAY = dt.timedelta(days=1)


def planned_days(plan: Plan, call: Call) -> tuple[dt.date, ...]:
    """The days the plan gives for the call's reminders, earliest first."""
    offsets = {days for reminder in plan.reminders if reminder.call == call.id for days in reminder.days_before}
    return tuple(call.deadline.day - days * _DAY for days in sorted(offsets, reverse=True))


def reminder_day(plan: Plan, call: Call, planned: dt.date) -> dt.date:
    """The day a reminder really goes out.

    A weekend or public holiday moves it to the next working day; if that lies after the deadline, to the last working day
    before; if that lies before the call itself, it stays where it is.
    """
    later = _workday(plan, planned, _DAY)
    if later <= call.deadline.day:
        return later
    earlier = _workday(plan, planned, -_DAY)
    return earlier if earlier >= call.opens.day else planned


def current_reminder(plan: Plan, call: Call, today: dt.date) -> dt.date | None:
    """The planned day of the reminder that holds today, if any: the newest whose day has come, while the call is open.

    Reminders that were missed, or overtaken by a newer one, are never sent late.
    """
    if not call.opens.day <= today <= call.deadline.day:
        return None
    come = [planned for planned in planned_days(plan, call) if reminder_day(plan, call, planned) <= today]
    return come[-1] if come else None


def _workday(plan: Plan, day: dt.date, step: dt.timedelta) -> dt.date:
    while not is_workday(plan, day):
        day += step
    return day
