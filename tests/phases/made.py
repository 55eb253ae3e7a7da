"""Cases made by hand from the party's plan: only what a test is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from staffelstab.analysis.codebook import Codebook
from staffelstab.case.values import Case, Cell, Paper, Record, Statement
from staffelstab.phases.kinds import PHASE_KINDS
from staffelstab.phases.survey import Survey
from staffelstab.plan.actors import actors
from staffelstab.plan.load import load_plan
from tests.year import PARTY

PLAN = load_plan(PARTY)


def record(kind: str, now: dt.datetime, /, **values: Cell) -> Record:
    """A row of a sheet."""
    return Record(kind, values, now)


def rows(kind: str, now: dt.datetime, *values: Mapping[str, Cell]) -> dict[str, tuple[Record, ...]]:
    """Several rows of one sheet, as a case holds them."""
    return {kind: tuple(Record(kind, value, now) for value in values)}


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
