"""The daily pass: whatever is due at `now`, in order, harmlessly often; after an outage it catches up and says what it missed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import State, flow

from flows.analysis import analysis
from flows.call import call
from flows.finalisation import finalisation
from flows.ideas import ideas
from flows.naming import run_name
from flows.publication import publication
from flows.synthesis import synthesis
from flows.trials import trials
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.round import Round
from staffelstab.steps.run import open_run
from tasks.daily import close, due, look, post
from tasks.overview import show_today
from tasks.phase import moment

PHASES = {
    "call": call,
    "analysis": analysis,
    "synthesis": synthesis,
    "ideas": ideas,
    "trials": trials,
    "finalisation": finalisation,
    "publication": publication,
}


@flow(name="daily-pass", flow_run_name=run_name("daily_pass"), persist_result=False)
def daily_pass(workspace: str, now: dt.datetime | None = None) -> Round:
    """Take in what came, run every phase that is due until none is, write letters and calendars, say what is to be done today.

    A phase that fails does not keep the others from running; the pass then fails with its message, after everything else.
    """
    run = open_run(Path(workspace), moment(now))
    found = look(run)
    ran, failed = 0, dict[int, State[HandOff]]()
    while phases := [phase for phase in due(run) if phase.number not in failed]:
        for phase in phases:
            state = PHASES[phase.kind](workspace, phase.number, run.now, return_state=True)
            ran += 1
            if not state.is_completed():
                failed[phase.number] = state
    case = post(run)
    show_today(run, case, found)
    close(run, found, ran)
    for state in failed.values():
        state.result()
    return found
