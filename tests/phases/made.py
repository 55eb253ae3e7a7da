"""Cases made by hand from the party's plan: only what a test is about."""

from __future__ import annotations

import datetime as dt

from staffelstab.analysis.codebook import Codebook
from staffelstab.case.values import Case, Paper, Statement
from staffelstab.phases.kinds import PHASE_KINDS
from staffelstab.phases.survey import Survey
from staffelstab.plan.actors import actors
from staffelstab.plan.load import load_plan
from tests.year import PARTY

PLAN = load_plan(PARTY)


def paper(ref: str, arrived: dt.datetime, *texts: str, sender: str = "", unit: str = "", role: str = "") -> Paper:
    """A paper of the first call, or with `unit` the minutes of a talk."""
    return Paper(
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


def survey(case: Case, phase: int) -> Survey:
    """A phase of the party's plan as it stands in a case."""
    found = case.plan.phase(phase)
    return PHASE_KINDS[found.kind].survey(case, found, Codebook.default(case.plan.language))


def levels(survey: Survey) -> list[tuple[str, str]]:
    """What the gate is told: level and key of each note."""
    return [(note.level, note.key) for note in survey.notes]
