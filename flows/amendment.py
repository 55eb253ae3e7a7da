"""Amendment: a date is confirmed or moved, by a short form; nothing waits in a run for it."""

from __future__ import annotations

import datetime as dt

from staffelstab.timetable.amend.authority import Authority
from tasks.begin import open_form
from tasks.decorators import procedure
from tasks.forms import settle
from tasks.next_run import ask_for_pass


@procedure("amendment")
def amendment(
    item: str,
    date: dt.date | None = None,
    by: str = "",
    session: str = "",
    authorised: bool = False,
    now: dt.datetime | None = None,
) -> None:
    """Record which day holds. The reason for moving an adopted one lies in a file of the folder, never in this form."""
    run = open_form(now)
    entry = settle(run, item, date, Authority(by, session, authorised))
    ask_for_pass(run, f"amended-{entry.seq}")
