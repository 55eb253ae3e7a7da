"""Cases made by hand from the party's plan: only what a test is about."""

from __future__ import annotations

import datetime as dt

from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.registry import PHASE_KINDS
from staffelstab.phases.report import PhaseReport
from staffelstab.submissions.case.contents import Case, Statement, Submission
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.load import load_plan
from tests.year import PARTY

PLAN = load_plan(PARTY)


def paper(ref: str, arrived: dt.datetime, *texts: str, sender: str = "", unit: str = "", role: str = "") -> Submission:
    """A paper of the first call, or with `unit` the minutes of a talk."""
    return Submission(
        id=ref.lower(),
        ref=ref,
        source="interviews" if unit else "papers",
        arrived=arrived,
        form="txt",
        status="read",
        call="" if unit else PLAN.calls[0].id,
        sender=actors(PLAN)[sender or unit] if sender or unit else None,
        unit=unit,
        role=role,
        statements=tuple(Statement(f"{ref}.{number}", text) for number, text in enumerate(texts, 1)),
    )


def survey(case: Case, phase: int) -> PhaseReport:
    """A phase of the party's plan as it stands in a case."""
    found = case.plan.phase(phase)
    return PHASE_KINDS[found.kind].survey(case, found, Codebook.default(case.plan.language))


def levels(report: PhaseReport) -> list[tuple[str, str]]:
    """What the gate is told: level and key of each note."""
    return [(note.level, note.key) for note in report.notes]
