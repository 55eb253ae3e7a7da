"""Publication: what changes for whom, binding milestones, answers to all who contributed (R97–R103)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow

from flows.naming import run_name
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.run import begin
from tasks.overview import show_phase
from tasks.phase import check, compile_dossier, gather, hand_off, moment, publish


@flow(name="publication", flow_run_name=run_name("phase"), persist_result=False)
def publication(workspace: str, phase: int, now: dt.datetime | None = None) -> HandOff:
    """Publish the concept, fix milestones, answer everyone, and keep the resubmission in sight."""
    run = begin(Path(workspace), phase, moment(now))
    case = gather(run)
    survey = check(run, case)
    compile_dossier(run, case, survey)
    publish(run, case, survey)
    done = hand_off(run, case, survey)
    show_phase(run, case, survey, done)
    return done
