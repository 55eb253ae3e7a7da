"""Trials: short-term ideas tried out, failure being a result (R88–R91)."""

from __future__ import annotations

import datetime as dt

from staffelstab.steps.round import Outcome
from tasks.begin import begin
from tasks.coat import procedure
from tasks.examine import check_trials, find_unanimity, review_trials
from tasks.next_run import ask_for_pass
from tasks.overview import show_phase
from tasks.phase import close_phase, compile_dossier, gather, hand_off


@procedure("trials", called="phase")
def trials(workspace: str, phase: int, now: dt.datetime | None = None) -> Outcome:
    """Show the trial cards, and which longer ideas are asked for with one voice."""
    run = begin(workspace, phase, now)
    case = gather(run)
    cards = review_trials(run, case)
    demands = find_unanimity(run, case)
    survey = check_trials(run, case, cards, demands)
    compiled = compile_dossier(run, case, survey)
    handed = hand_off(run, case, survey)
    show_phase(run, case, survey, handed)
    outcome = close_phase(run, survey, compiled, handed)
    if outcome.handed_over:
        ask_for_pass(run, f"handed-over-{phase}")
    return outcome
