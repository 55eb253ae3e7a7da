"""The resolution itself: to everyone on its distribution list, and published, both on the day it is adopted (R05, R09–R12, R17)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.documents.rendering.characters import line
from staffelstab.publishing.outbox.call_letters import TIMETABLE
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.agenda.distribution_list import distribution_list
from staffelstab.timetable.plan.actors import actors, name_of, office_at
from staffelstab.timetable.plan.model import Plan

NOTHING = frozenset({"", "-", "–", "—"})


def distribution_letters(case: Case) -> Iterator[Letter]:
    """The resolution to the groups of its list."""
    plan, day = case.plan, case.plan.resolution.date
    if plan.recipients and case.today >= day:
        to, subject = distribution_list(plan), {"day": day}
        yield compose(plan, "distribution:resolution", day, to, subject, _facts(plan), (*_source(plan), TIMETABLE))


def publicity_letters(case: Case) -> Iterator[Letter]:
    """The request to publish the resolution, where it says so."""
    plan, day = case.plan, case.plan.resolution.date
    if case.today >= day and plan.resolution.publicity.strip() not in NOTHING:
        responsible = plan.resolution.responsible.office if plan.resolution.responsible else office_at(plan, day)
        to = (actors(plan)[responsible],)
        overdue = case.today > day
        yield compose(plan, "publicity:resolution", day, to, {"day": day}, _facts(plan), _source(plan), overdue=overdue)


def _source(plan: Plan) -> tuple[str, ...]:
    return (plan.source,) if plan.source else ()


def _facts(plan: Plan) -> dict[str, object]:
    resolution = plan.resolution
    return {
        "board": name_of(plan, resolution.body),
        "text": line(resolution.text),
        "vote": line(resolution.vote.quote),
        "publicity": line(resolution.publicity),
        "recipients": [line(item.name) for item in plan.recipients],
    }
