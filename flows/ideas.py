"""Ideas: what papers and sheets propose, each tied to findings or flagged (R84–R87)."""

from __future__ import annotations

import datetime as dt

from staffelstab.steps.round import Outcome
from tasks.begin import begin
from tasks.coat import procedure
from tasks.next_run import ask_for_pass
from tasks.overview import show_phase
from tasks.phase import check, close_phase, compile_dossier, gather, hand_off


@procedure("ideas", called="phase")
def ideas(workspace: str, phase: int, now: dt.datetime | None = None) -> Outcome:
    """Gather the ideas, tie them to findings, and show who took part."""
    run = begin(workspace, phase, now)
    case = gather(run)
    survey = check(run, case)
    compiled = compile_dossier(run, case, survey)
    handed = hand_off(run, case, survey)
    show_phase(run, case, survey, handed)
    outcome = close_phase(run, survey, compiled, handed)
    if outcome.handed_over:
        ask_for_pass(run, f"handed-over-{phase}")
    return outcome
