"""Amendment: a date is confirmed or moved, by a short form; nothing waits in a run for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow

from flows.naming import run_name
from staffelstab.steps.run import open_run
from tasks.amend import settle
from tasks.phase import ask_for_pass, moment


@flow(name="amendment", flow_run_name=run_name("amendment"), persist_result=False)
def amendment(
    workspace: str,
    item: str,
    date: dt.date | None = None,
    by: str = "",
    session: str = "",
    now: dt.datetime | None = None,
) -> None:
    """Record which day holds. The reason for moving an adopted one lies in a file of the folder, never in this form."""
    run = open_run(Path(workspace), moment(now))
    entry = settle(run, item, date, by, session)
    ask_for_pass(run, f"amended-{entry.seq}")
