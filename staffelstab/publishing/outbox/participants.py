"""Participants: whoever sent a paper or was interviewed, as offices, each once (R80)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.timetable.plan.actors import Actor, actors, holder
from staffelstab.timetable.plan.model import Plan


def participants(case: Case) -> tuple[Actor, ...]:
    """Everyone who contributed or was interviewed, in the order of the papers, then of the talks."""
    return tuple({actor.id: actor for actor in _all(case)}.values())


def contact(plan: Plan, paper: Submission) -> Actor | None:
    """Whom an answer to a paper goes to: for minutes the office that was talked to; None while nobody knows."""
    if paper.unit and paper.role:
        return holder(plan, paper.unit, paper.role)
    return paper.sender or actors(plan).get(paper.unit)


def _all(case: Case) -> Iterator[Actor]:
    for paper in (*case.papers, *case.minutes):
        if not paper.withdrawn and (found := contact(case.plan, paper)):
            yield found
    for row in case.interviews:
        if row.status == "held" and (held := holder(case.plan, row.unit, row.role)):
            yield held
