"""The days of the regular report: whenever too long would pass without a session (R51)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Plan

_DURATION = re.compile(r"P(\d+)([DW])")


def report_days(plan: Plan, until: dt.date) -> tuple[dt.date, ...]:
    """Every day up to `until` on which a report is due."""
    return tuple(day for day, is_report in _contacts(plan, until) if is_report)


def current_report(plan: Plan, today: dt.date) -> dt.date | None:
    """The day of the report that holds today: the newest since the last session."""
    newest = None
    for day, is_report in _contacts(plan, today):
        newest = day if is_report else None
    return newest


def _contacts(plan: Plan, until: dt.date) -> Iterator[tuple[dt.date, bool]]:
    """(day, whether it is a report): sessions, and reports where the interval would run out; a day off moves one forward."""
    every = _interval(plan)
    if every is None:
        return
    sessions = sorted(session.date.day for session in plan.sessions)
    last = plan.resolution.date
    while last <= until:
        due = _workday(plan, last + every, last)
        session = next((day for day in sessions if last < day <= due), None)
        last = session or due
        if last <= until:
            yield last, session is None


def _interval(plan: Plan) -> dt.timedelta | None:
    match = _DURATION.fullmatch(plan.reports.every) if plan.reports else None
    days = int(match[1]) * (7 if match[2] == "W" else 1) if match else 0
    return dt.timedelta(days=days) if days else None


def _workday(plan: Plan, day: dt.date, after: dt.date) -> dt.date:
    """The last working day up to `day`; `day` itself if there is none after `after`."""
    found = day
    while not is_workday(plan, found):
        found -= dt.timedelta(days=1)
    return found if found > after else day
