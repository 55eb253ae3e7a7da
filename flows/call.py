"""Call: collect papers until the deadline, then hand over the first overview (R60–R65)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_call, compare_passages, register_papers, set_aside
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("call", called="phase")
def call(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Register the papers of a call and join them to a first overview: a draft until its papers are due, frozen after."""
    run = begin(phase, now)
    case = gather(run)
    calls = register_papers(run, case)
    alike = compare_passages(run, calls)
    aside = set_aside(run, case, calls)
    report = check_call(run, case, calls, alike, aside)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)
