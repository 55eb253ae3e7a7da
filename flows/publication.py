"""Publication: what changes for whom, binding milestones, answers to all who contributed (R97–R103)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_publication, find_adoption, set_milestones, trace_concept, trace_papers
from tasks.phase import compile_dossier, conclude, gather, hand_off, publish


@procedure("publication", called="phase")
def publication(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Publish the concept, fix milestones, answer everyone, and keep the resubmission in sight."""
    run = begin(phase, now)
    case = gather(run)
    adopted = find_adoption(run, case)
    concept = trace_concept(run, case)
    years = set_milestones(run, case)
    traces = trace_papers(run, case, concept)
    report = check_publication(run, case, adopted, concept, years, traces)
    compiled = compile_dossier(run, case, report)
    published = publish(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed, published)
