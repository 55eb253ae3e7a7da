"""Finalisation: every idea judged or explained, and whether the concept is ready (R92–R96)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import answer_questions, check_finalisation, compute_readiness, judge_ideas, trace_concept
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("finalisation", called="phase")
def finalisation(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Judge the ideas, answer the three questions, and compute whether the concept can be put to the vote."""
    run = begin(phase, now)
    case = gather(run)
    concept = trace_concept(run, case)
    judged = judge_ideas(run, case, concept)
    questions = answer_questions(run, case)
    conditions = compute_readiness(run, case, concept, judged, questions)
    report = check_finalisation(run, case, concept, judged, questions, conditions)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)
