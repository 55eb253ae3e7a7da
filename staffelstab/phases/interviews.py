"""Who was to be heard and was: the matrix of units and roles, and whether the interviews will be done in time (R69–R74, U8, U9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering import charts
from staffelstab.documents.rendering.charts import Mark
from staffelstab.documents.rendering.manuscript import Figure, Table, table
from staffelstab.phases.methods.coverage import Coverage, Interview, Status, coverage
from staffelstab.phases.methods.pace import Pace, forecast
from staffelstab.phases.report import LEVELS, Note, note
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import group, name_of
from staffelstab.timetable.plan.holidays import closed_days, holiday
from staffelstab.timetable.plan.model import Hearing, Phase

MARKS: dict[Status, tuple[str, float]] = {
    "held": ("●", 0.6),
    "scheduled": ("◐", 0.35),
    "asked": ("○", 0.2),
    "offered": ("◇", 0.2),
    "no_answer": ("?", 0.1),
    "refused": ("×", 0.1),
    "vacant": ("–", 0.05),
    "not_asked": ("·", 0.0),
}
"""How the matrix shows each status: a symbol that can be told apart in print, and a shade."""

COUNTS = ("seats", "held", "unheard")
NOTES = ("not_asked", "not_heard", "pace")


@dataclass(frozen=True, slots=True)
class InterviewState:
    """A round of talks as it stands; `pace` only for a duty to hold them while there is time."""

    hearing: Hearing
    coverage: Coverage
    pace: Pace | None


def state(case: Case, hearing: Hearing, phase: Phase) -> InterviewState:
    """The round of talks at the case's moment: the sheet's rows, and minutes that prove a talk was held."""
    units = [unit.id for unit in group(case.plan, hearing.group).units]
    mine = (item for item in _interviews(case, hearing) if item.unit in units and item.role in hearing.roles)
    found = coverage(units, hearing.roles, mine, hearing.attempt)
    return InterviewState(hearing, found, None if hearing.attempt else _pace(case, hearing, phase, found))


def _interviews(case: Case, hearing: Hearing) -> Iterator[Interview]:
    for row in case.interviews:
        yield Interview(row.unit, row.role, row.status, row.date, row.note)
    for paper in case.minutes:
        role = paper.role or (hearing.roles[0] if len(hearing.roles) == 1 else "")
        if paper.unit and role and not paper.newer and not paper.withdrawn:
            yield Interview(paper.unit, role, "held", paper.held_on)


def _pace(case: Case, hearing: Hearing, phase: Phase, found: Coverage) -> Pace | None:
    if phase.end.date is None or case.today < phase.start.day:
        return None
    seats = {(seat.unit, seat.role) for seat in found.seats("held")}
    days = {
        (item.unit, item.role): item.date
        for item in _interviews(case, hearing)
        if item.date and (item.unit, item.role) in seats
    }
    closed = closed_days(case.plan) | _holidays(case, phase.start.day, phase.end.date)
    needed = len(seats) + len(found.open)
    return forecast(sorted(days.values()), needed, phase.start.day, phase.end.date, case.today, closed)


def _holidays(case: Case, start: dt.date, end: dt.date) -> set[dt.date]:
    days = (start + dt.timedelta(days=offset) for offset in range((end - start).days + 1))
    return {day for day in days if holiday(case.plan, day)}


def outside(case: Case) -> int:
    """How many rows of the sheet belong to no round of talks of the plan."""
    known = {
        (unit.id, role)
        for hearing in case.plan.hearings
        for unit in group(case.plan, hearing.group).units
        for role in hearing.roles
    }
    return sum((row.unit, row.role) not in known for row in case.interviews)


def notes(states: tuple[InterviewState, ...]) -> Iterator[Note]:
    """What is missing: a duty blocks, an attempt too, each measured by its own rule."""
    for item in states:
        if not item.coverage.complete:
            yield note(
                LEVELS[item.hearing.strength],
                "not_asked" if item.hearing.attempt else "not_heard",
                hearing=item.hearing.name,
                n=len(item.coverage.open),
                total=item.coverage.total,
            )
        if item.pace and item.pace.verdict in {"behind", "impossible"}:
            yield note("warn", "pace", hearing=item.hearing.name, n=item.pace.remaining)


def counts(states: tuple[InterviewState, ...]) -> dict[str, int]:
    """Talks in figures."""
    return {
        "seats": sum(item.coverage.total for item in states),
        "held": sum(item.coverage.counts["held"] for item in states),
        "unheard": sum(len(item.coverage.open) for item in states),
    }


def matrix(case: Case, state: InterviewState) -> Figure:
    """The matrix as a figure."""
    plan, words = case.plan, case.plan.words
    roles = {role.id: role.short or role.name for role in plan.roles}
    return charts.matrix(
        [(name_of(plan, row.unit), row.statuses) for row in state.coverage.rows],
        [roles[role] for role in state.coverage.roles],
        {
            status: Mark(symbol, words.say(f"analysis.status.{status}"), shade)
            for status, (symbol, shade) in MARKS.items()
        },
        title=state.hearing.name,
        language=plan.language,
        name=f"matrix-{state.hearing.id}",
    )


def coverage_table(states: tuple[InterviewState, ...]) -> Table:
    """Every seat and its status, for the baton."""
    return table(
        ("hearing", "unit", "role", "status"),
        [
            (item.hearing.id, row.unit, role, status)
            for item in states
            for row in item.coverage.rows
            for role, status in zip(item.coverage.roles, row.statuses, strict=True)
        ],
    )
