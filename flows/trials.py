"""Trials: short-term ideas tried out, failure being a result (R88–R91)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_trials, find_unanimity, review_trials
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("trials", called="phase")
def trials(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Show the trial cards, and which longer ideas are asked for with one voice."""
    run = begin(phase, now)
    case = gather(run)
    cards = review_trials(run, case)
    demands = find_unanimity(run, case)
    report = check_trials(run, case, cards, demands)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)
