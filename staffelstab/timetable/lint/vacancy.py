"""Offices that the plan needs and nobody holds: who fills them, by when, who acts until then, who follows (R29, R53–R55)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.responsible import duties, offices, settled, vacant
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Office, Plan


def unfilled(subject: Subject) -> Iterator[Finding]:
    """The plan relies on a vacant office, and nobody is to fill it, or no day for it is certain (R55)."""
    plan = subject.plan
    for i, office in _vacant(plan):
        if code := _missing(office):
            facts: dict[str, Fact] = {
                "office": office.name,
                "id": office.id,
                "owner": name_of(plan, office.appointed_by),
            }
            facts["by"] = plan.resolution.body
            yield Finding(code, office.strength, f"$.offices[{i}]", office.quote, facts)


def _missing(office: Office) -> str:
    if settled(office):
        return "" if office.appointed_by else "unfilled_owner"
    return "unfilled_day" if office.appointed_by else "unfilled"


def undeputised(subject: Subject) -> Iterator[Finding]:
    """Nobody acts for an office while it is vacant: it has no deputy, or one that is vacant too (R55)."""
    plan = subject.plan
    for i, office in _vacant(plan):
        deputy = offices(plan).get(office.deputy)
        if office.deputy and (deputy is None or not vacant(plan, deputy)):
            continue
        code = "vacant_deputy" if deputy else "undeputised"
        facts: dict[str, Fact] = {"office": office.name, "id": office.id, "deputy": deputy.name if deputy else ""}
        yield Finding(code, "must", f"$.offices[{i}]", office.quote, facts)


def _vacant(plan: Plan) -> Iterator[tuple[int, Office]]:
    """Vacant offices on which the plan relies, with their places in the table."""
    needed = {duty.actor for duty in duties(plan)}
    for i, office in enumerate(plan.offices):
        if office.id in needed and vacant(plan, office):
            yield i, office


def nobody_after(subject: Subject) -> Iterator[Finding]:
    """The coordinator's time ends, or the time for the work does (the last wall), and what comes later is nobody's (R29)."""
    plan = subject.plan
    coordinator = offices(plan).get(plan.coordinator)
    ends = coordinator is not None and coordinator.until is not None
    last = coordinator.until.date if coordinator and coordinator.until else _last_wall(plan)[0]
    left = list(_later(plan, last)) if last and not (coordinator and coordinator.successor) else []
    if left:
        facts: dict[str, Fact] = {
            "day": last,
            "wall": _last_wall(plan)[1],
            "what": plan.words.listed(left),
            "who": name_of(plan, plan.coordinator),
        }
        code = "nobody_after" if ends else "no_end_of_office"
        yield Finding(code, "should", "$.coordinator", coordinator.quote if coordinator else "", facts)


def _last_wall(plan: Plan) -> tuple[dt.date | None, str]:
    """The day and the name of the last wall, if no dated phase goes on beyond it."""
    ends = [phase.end.date for phase in plan.phases if phase.end.date]
    walls = [(event.date.date, event.name) for event in plan.events if event.wall and event.date.date]
    return max(walls) if walls and max(walls)[0] >= max(ends, default=dt.date.min) else (None, "")


def _later(plan: Plan, last: dt.date) -> Iterator[str]:
    for phase in plan.phases:
        if phase.end.date is None or phase.end.date > last:
            yield phase.name
    if plan.resubmission and any(day > last for day in plan.days_of_return):
        yield plan.resubmission.name


RULES: tuple[Rule, ...] = (unfilled, undeputised, nobody_after)
