"""Call: collect papers until the deadline, then hand over the first picture (R60–R65)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow

from flows.naming import run_name
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.run import begin
from tasks.overview import show_phase
from tasks.phase import check, compile_dossier, gather, hand_off, moment


@flow(name="call", flow_run_name=run_name("phase"), persist_result=False)
def call(workspace: str, phase: int, now: dt.datetime | None = None) -> HandOff:
    """Register the papers of a call and join them to a first picture: a draft until its papers are due, frozen after."""
    run = begin(Path(workspace), phase, moment(now))
    case = gather(run)
    survey = check(run, case)
    compile_dossier(run, case, survey)
    done = hand_off(run, case, survey)
    show_phase(run, case, survey, done)
    return done
