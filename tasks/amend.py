"""Confirming and moving as a task: a thin coat around `staffelstab.steps.amend`."""

from __future__ import annotations

import datetime as dt

from staffelstab.ledger.values import Entry
from staffelstab.steps import amend
from staffelstab.steps.run import Run
from tasks.step import step


@step("settle")
def settle(run: Run, item: str, date: dt.date | None, by: str, session: str) -> Entry:
    """Write down which day holds, after checking it whole; the draft of the resolution and the calendars with it."""
    return amend.settle(run, item, date, by=by, session=session).entries[0]
