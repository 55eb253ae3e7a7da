"""Analysis: papers, talks and figures joined, categorised, and needs ranked (R66–R75)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_analysis, code_statements, join_figures, rank_needs, review_talks
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("analysis", called="phase")
def analysis(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """See who was heard, what is said where, and what the units need most."""
    run = begin(phase, now)
    case = gather(run)
    talks = review_talks(run, case)
    statements = code_statements(run, case)
    figures = join_figures(run, case)
    needs = rank_needs(run, case)
    report = check_analysis(run, case, talks, statements, figures, needs)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)
