"""Who has something to do in a plan, each with the item that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from staffelstab.timetable.lint.finding import Part
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.model import Hearing, Office, Plan, Role, Strength, Value
from staffelstab.timetable.plan.when import FACTS


@dataclass(frozen=True, slots=True)
class Responsible:
    """`actor` is the id of an actor, or `group/role` for a role in every unit of a group; `path` the place that says so."""

    actor: str
    name: str
    path: str
    quote: str
    strength: Strength


@cache
def duties(plan: Plan) -> tuple[Responsible, ...]:
    """Every duty of the plan, in the order of its tables; an actor has as many as it is mentioned."""
    return tuple(
        duty for part in (_sheet, _offices, _hearings, _phases, _calls, _concept) for duty in part(plan) if duty.actor
    )


def _duty(plan: Plan, actor: str, path: str, item: Value) -> Responsible:
    known = actors(plan).get(actor)
    return Responsible(
        actor, known.name if known else actor, path, item.quote or introduced(plan).get(actor, ""), item.strength
    )


@cache
def introduced(plan: Plan) -> dict[str, str]:
    """The sentence in which an actor is introduced."""
    return {item.id: item.quote for table in (plan.offices, plan.bodies, plan.groups) for item in table}


def _sheet(plan: Plan) -> Iterator[Responsible]:
    sheet = plan.resolution
    yield _duty(plan, plan.coordinator, "$.coordinator", offices(plan).get(plan.coordinator, sheet))
    yield _duty(plan, sheet.certified.office, "$.resolution.certified.office", sheet.certified)
    if sheet.responsible:
        yield _duty(plan, sheet.responsible.office, "$.resolution.responsible.office", sheet.responsible)


def _offices(plan: Plan) -> Iterator[Responsible]:
    for i, office in enumerate(plan.offices):
        for key in ("appointed_by", "deputy", "successor"):
            yield _duty(plan, getattr(office, key), f"$.offices[{i}].{key}", office)


def _hearings(plan: Plan) -> Iterator[Responsible]:
    roles = {role.id: role for role in plan.roles}
    for i, hearing in enumerate(plan.hearings):
        yield _duty(plan, hearing.by, f"$.hearings[{i}].by", hearing)
        for role in hearing.roles:
            name = called(roles[role], hearing)
            yield Responsible(
                f"{hearing.group}/{role}", name, f"$.hearings[{i}].roles", hearing.quote, hearing.strength
            )


def called(role: Role, item: Value) -> str:
    """A role's name; its short form where that is the word of the item's sentence (KGF)."""
    return role.short if role.short and role.short in item.quote and role.name not in item.quote else role.name


def _phases(plan: Plan) -> Iterator[Responsible]:
    for i, phase in enumerate(plan.phases):
        yield _duty(plan, phase.meanwhile, f"$.phases[{i}].meanwhile", phase)
    for i, material in enumerate(plan.materials):
        if material.source in actors(plan):
            yield _duty(plan, material.source, f"$.materials[{i}].source", material)


def _calls(plan: Plan) -> Iterator[Responsible]:
    for i, call in enumerate(plan.calls):
        yield _duty(plan, call.address, f"$.calls[{i}].address", call)
        for actor in call.audience.actors:
            yield _duty(plan, actor, f"$.calls[{i}].audience", call)


def _concept(plan: Plan) -> Iterator[Responsible]:
    for i, item in enumerate(plan.responsibilities):
        yield from (_duty(plan, actor, f"$.responsibilities[{i}].actors", item) for actor in item.actors)
    for i, section in enumerate(plan.sections):
        yield _duty(plan, section.responsible, f"$.sections[{i}].responsible", section)
    yield _duty(plan, plan.concept.applicability, "$.concept.applicability", plan.concept)
    for owner in plan.resubmission.owners if plan.resubmission else ():
        yield _duty(plan, owner, "$.resubmission.owners", plan.resubmission or plan.concept)


@cache
def offices(plan: Plan) -> dict[str, Office]:
    """The plan's offices by id."""
    return {office.id: office for office in plan.offices}


def vacant(plan: Plan, office: Office) -> bool:
    """Whether nobody held the office on the day of the resolution (R53)."""
    return office.filled is not None and (office.filled.date is None or plan.resolution.date < office.filled.date)


def settled(office: Office) -> bool:
    """Whether it is certain when a vacant office is filled."""
    return office.filled is not None and office.filled.status in FACTS


def heard(hearing: Hearing) -> tuple[str, ...]:
    """Whom a hearing asks, as a duty's actors."""
    return tuple(f"{hearing.group}/{role}" for role in hearing.roles)


def first_of_each(found: Iterable[Responsible]) -> list[Responsible]:
    """The first duty of everybody, in their order; who has the same name is one."""
    first: dict[str, Responsible] = {}
    for duty in found:
        first.setdefault(duty.name, duty)
    return list(first.values())


STRONGEST: tuple[Strength, ...] = ("must", "should", "may", "information")


def parts(found: Iterable[Responsible]) -> tuple[Part, ...]:
    """The duties as a finding names them."""
    return tuple(Part(duty.name, duty.path, duty.quote) for duty in found)


def strongest(strengths: Iterable[Strength]) -> Strength:
    """The most binding of several strengths."""
    return min(strengths, key=STRONGEST.index)
