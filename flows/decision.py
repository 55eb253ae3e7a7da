"""Decision: what a session did with its item, by a short form; nothing waits in a run for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow

from flows.naming import run_name
from staffelstab.plan.model import Count
from staffelstab.steps.decide import Outcome, record_decision
from staffelstab.steps.run import open_run
from tasks.phase import ask_for_pass, moment


@flow(name="decision", flow_run_name=run_name("decision"), persist_result=False)
def decision(
    workspace: str,
    session: str,
    outcome: Outcome,
    yes: int | None = None,
    no: int | None = None,
    abstentions: int | None = None,
    assumed: bool = False,
    now: dt.datetime | None = None,
) -> None:
    """Record what a session did. Votes nobody counted stay empty; points of the discussion belong into the session's folder."""
    run = open_run(Path(workspace), moment(now))
    vote = Count(yes=yes, no=no, abstentions=abstentions)
    entry = record_decision(run, session, outcome, vote=vote, assumed=assumed)
    ask_for_pass(run, f"decided-{entry.seq}")
