"""Synthesis: the perspectives joined under bad, good, too little, not at all (R76–R83)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_synthesis, code_everything, find_unheard, join_perspectives
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("synthesis", called="phase")
def synthesis(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Join the perspectives, say who supports what and what follows, and prepare the next call."""
    run = begin(phase, now)
    case = gather(run)
    joined = join_perspectives(run, case)
    unheard = find_unheard(run, case)
    statements = code_everything(run, case)
    report = check_synthesis(run, case, joined, unheard, statements)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)
