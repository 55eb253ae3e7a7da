"""Amendment: a date is confirmed or moved, by a short form; nothing waits in a run for it."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import FormEntered, reason_for_pass
from staffelstab.timetable.amend.authority import Authority
from tasks.begin import open_form
from tasks.decorators import procedure
from tasks.forms import settle
from tasks.next_run import ask_for_pass
from tasks.told import of_entry


@procedure("amendment")
def amendment(
    item: str,
    date: dt.date | None = None,
    by: str = "",
    session: str = "",
    authorised: bool = False,
    now: dt.datetime | None = None,
) -> FormEntered:
    """Record which day holds. The reason for moving an adopted one lies in a file of the folder, never in this form."""
    run = open_form(now)
    entry = settle(run, item, date, Authority(by, session, authorised))
    ask_for_pass(run, reason_for_pass("amended", entry))
    return FormEntered(of_entry(run))
