"""What people enter by a form, as tasks: a session's decision, and a day that is confirmed or moved."""

from __future__ import annotations

import datetime as dt

from staffelstab.ledger.values import Entry
from staffelstab.service import decide
from staffelstab.service import settle as settling
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.plan.model import Count
from tasks.decorators import step


@step("record")
def record(run: Run, session: str, outcome: str, vote: Count, *, assumed: bool, correction: bool) -> Entry:
    """Write down what a session did, after checking it whole; the points of the discussion lie in the session's folder."""
    return decide.record_decision(run, session, outcome, vote=vote, assumed=assumed, correction=correction).entry


@step("settle")
def settle(run: Run, item: str, date: dt.date | None, authority: Authority) -> Entry:
    """Write down which day holds, after checking it whole; the draft of the resolution and the calendars with it."""
    return settling.settle(run, item, date, authority).entries[0]
