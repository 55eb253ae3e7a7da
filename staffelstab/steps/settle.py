"""Settle: which day holds, for a form that knows only an item and a day."""

from __future__ import annotations

import datetime as dt

from staffelstab.amend.authority import Authority
from staffelstab.amend.items import find_item
from staffelstab.amend.wishes import Wish
from staffelstab.steps.changes import Done
from staffelstab.steps.confirm import confirm
from staffelstab.steps.move import move
from staffelstab.steps.run import Run


def settle(run: Run, item: str, date: dt.date | None, authority: Authority) -> Done:
    """Confirm what is still a proposal, move what is adopted. Raises RecordError like `confirm` and `move`."""
    found = find_item(run.plan, item, dated=date is not None)
    adopted = found.when is not None and found.when.status in {"adopted", "amended"}
    if not adopted or date is None:
        return confirm(run, item, date, authority)
    return move(run, Wish(item, date), authority)
