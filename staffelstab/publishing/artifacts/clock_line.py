"""The line of today's work that comes before all others: whether the clock is right (C5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from staffelstab.errors import LedgerError
from staffelstab.ledger.quick_read import quick_latest_time
from staffelstab.ledger.values import CLOCK_TOLERANCE, Entry
from staffelstab.publishing.artifacts.todo import CLOCK_LINE, Todo
from staffelstab.timetable.agenda.clock_question import VOUCHES, KnownTimes, clock_question
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace


def about_the_clock(workspace: Workspace, plan: Plan, now: dt.datetime, entries: Sequence[Entry]) -> Iterator[Todo]:
    """What stops everything else until it is answered: whether the clock is right. In a rehearsal there is none.

    `entries` are those of the kinds `VOUCHES` and "frozen", up to `now`.
    """
    if workspace.rehearsal:
        return
    known = KnownTimes(
        latest=quick_latest_time(workspace.ledger),
        vouched=max((entry.at for entry in entries if entry.kind in VOUCHES), default=now),
        frozen={entry.subject for entry in entries if entry.kind == "frozen"},
    )
    if question := clock_question(plan, now.astimezone(plan.zone), known, CLOCK_TOLERANCE):
        error = LedgerError(f"ledger.{question.key}", now=question.now, last=question.last)
        yield Todo(CLOCK_LINE, error.text(plan.language), True)
