"""Decision: what a session did with its item, by a short form; nothing waits in a run for it."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.decide import Outcome
from staffelstab.service.pass_work import FormEntered, reason_for_pass
from staffelstab.timetable.plan.model import Count
from tasks.begin import open_form
from tasks.decorators import procedure
from tasks.forms import record
from tasks.next_run import ask_for_pass
from tasks.told import of_entry


@procedure("decision")
def decision(
    session: str,
    outcome: Outcome,
    yes: int | None = None,
    no: int | None = None,
    abstentions: int | None = None,
    assumed: bool = False,
    correction: bool = False,
    now: dt.datetime | None = None,
) -> FormEntered:
    """Record what a session did. Votes nobody counted stay empty; points of the discussion belong into the session's folder."""
    run = open_form(now)
    vote = Count(yes=yes, no=no, abstentions=abstentions)
    entry = record(run, session, outcome, vote, assumed=assumed, correction=correction)
    ask_for_pass(run, reason_for_pass("decided", entry))
    return FormEntered(of_entry(run))
