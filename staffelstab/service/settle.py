"""Settle: which day holds, for a form that knows only an item and a day."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.changes import Done
from staffelstab.service.confirm_dates import confirm
from staffelstab.service.move_dates import move
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.items import find_item
from staffelstab.timetable.amend.requests import Wish


def settle(run: Run, item: str, date: dt.date | None, authority: Authority) -> Done:
    """Confirm what is still a proposal, move what is adopted. Raises RecordError like `confirm` and `move`."""
    found = find_item(run.plan, item, dated=date is not None)
    adopted = found.when is not None and found.when.status in {"adopted", "amended"}
    if not adopted or date is None:
        return confirm(run, item, date, authority)
    return move(run, Wish(item, date), authority)
