"""Trials: short-term ideas tried out, failure being a result (R88–R91)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow

from flows.naming import run_name
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.run import begin
from tasks.overview import show_phase
from tasks.phase import check, compile_dossier, gather, hand_off, moment


@flow(name="trials", flow_run_name=run_name("phase"), persist_result=False)
def trials(workspace: str, phase: int, now: dt.datetime | None = None) -> HandOff:
    """Show the trial cards, and which longer ideas are asked for with one voice."""
    run = begin(Path(workspace), phase, moment(now))
    case = gather(run)
    survey = check(run, case)
    compile_dossier(run, case, survey)
    done = hand_off(run, case, survey)
    show_phase(run, case, survey, done)
    return done
