"""Who acts in a plan: offices, seats, bodies, units and groups under one roof, found by id or by name."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import cache, lru_cache
from typing import Literal

import msgspec

from staffelstab.timetable.plan.model import Group, Plan, Unit

ActorKind = Literal["office", "seat", "body", "unit", "group"]


class Actor(msgspec.Struct, frozen=True):
    """An office, seat, body, unit or group, with the perspective it speaks from ("" if the plan names none)."""

    id: str
    name: str
    kind: ActorKind
    perspective: str = ""


_TYPED = str.maketrans(dict.fromkeys("’‘ʼ´`", "'") | dict.fromkeys("‐‑–—", "-"))  # what a typewriter makes of them


LONGEST = 1000
"""Characters of a name that are compared; what a stranger sends as one may be megabytes."""


def folded(name: str) -> str:
    """A name as it is compared: NFC; case, white space and the shape of apostrophes and dashes aside."""
    return _folded(name[:LONGEST])


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).translate(_TYPED).casefold().split())


@cache
def actors(plan: Plan) -> dict[str, Actor]:
    """Every actor of the plan by id."""
    found = {
        office.id: Actor(office.id, office.name, "office", office.perspective or _of_body(plan, office.body))
        for office in plan.offices
    }
    for body in plan.bodies:
        found[body.id] = Actor(body.id, body.name, "body", body.perspective)
        for seat in body.seats:
            known = found.get(seat.id)
            name = seat.name or (known.name if known else seat.id)
            found[seat.id] = Actor(seat.id, name, "seat", body.perspective)
    for group in plan.groups:
        found[group.id] = Actor(group.id, group.name, "group", group.perspective)
        for unit in group.units:
            found[unit.id] = Actor(unit.id, unit.name, "unit", group.perspective)
    return found


def _of_body(plan: Plan, body: str) -> str:
    return next((item.perspective for item in plan.bodies if item.id == body), "")


@cache
def _by_name(plan: Plan) -> dict[str, Actor]:
    named: dict[str, Actor] = {}
    for actor in actors(plan).values():
        named.setdefault(folded(actor.name), actor)
        named.setdefault(folded(actor.id), actor)
    return named


def find_actor(plan: Plan, name: str) -> Actor | None:
    """The actor with this id or name."""
    return _by_name(plan).get(folded(name))


def find_unit(plan: Plan, name: str) -> Unit | None:
    """The unit with this id or name; "Kreisverband Bautzen" is found as Bautzen."""
    wanted, known = folded(name), _units_by_name(plan)
    if wanted in known:
        return known[wanted]
    longer = [unit for unit in units(plan) if wanted.endswith(f" {folded(unit.name)}")]
    return max(longer, key=lambda unit: len(unit.name), default=None)


@cache
def _units_by_name(plan: Plan) -> dict[str, Unit]:
    named: dict[str, Unit] = {}
    for unit in units(plan):
        named.setdefault(folded(unit.id), unit)
        named.setdefault(folded(unit.name), unit)
    return named


def find_role(plan: Plan, name: str) -> str | None:
    """The id of the role with this id, name or short form."""
    wanted = folded(name)
    for role in plan.roles:
        if wanted in {folded(role.id), folded(role.name), folded(role.short or role.id)}:
            return role.id
    return None


def units(plan: Plan) -> tuple[Unit, ...]:
    """Every unit of every group, in the plan's order."""
    return tuple(unit for group in plan.groups for unit in group.units)


def group(plan: Plan, name: str) -> Group:
    """The group with this id. Raises KeyError."""
    return {item.id: item for item in plan.groups}[name]


def members(plan: Plan, name: str) -> tuple[Actor, ...]:
    """Who is meant by an actor's id: a body's seats, a group's units, otherwise the actor itself."""
    known = _members(plan).get(name)
    return (actors(plan)[name],) if known is None else known


@cache
def _members(plan: Plan) -> dict[str, tuple[Actor, ...]]:
    """By the id of a group or body; a body comes before a group of the same id."""
    everyone = actors(plan)
    grouped = {group.id: tuple(everyone[unit.id] for unit in group.units) for group in plan.groups}
    return grouped | {body.id: tuple(everyone[seat.id] for seat in body.seats) for body in plan.bodies}


def holder(plan: Plan, unit: str, role: str) -> Actor | None:
    """A role in a unit as an office: "Bautzen (Vorsitz)". None if the plan does not know the unit."""
    known = actors(plan).get(unit)
    named = next((item.name for item in plan.roles if item.id == role), role)
    return Actor(f"{unit}/{role}", f"{known.name} ({named})", "office", known.perspective) if known else None


def audience(plan: Plan, names: tuple[str, ...]) -> tuple[Actor, ...]:
    """Everyone who is called, each once, in the plan's order (R10)."""
    return tuple(dict.fromkeys(actor for name in names for actor in members(plan, name)))


def name_of(plan: Plan, actor: str) -> str:
    """How people call the actor; the id itself if the plan does not know it."""
    known = actors(plan).get(actor)
    return known.name if known else actor


def is_vacant(plan: Plan, office: str, day: dt.date) -> bool:
    """Whether the office waits on that day for somebody to hold it (R53)."""
    filled = next((item.filled for item in plan.offices if item.id == office), None)
    return filled is not None and (filled.date is None or day < filled.date)


def acting(plan: Plan, office: str, day: dt.date) -> str:
    """Who acts for an office on a day: while it is vacant its deputy, if it has one that is not vacant itself (R53, R55)."""
    if not is_vacant(plan, office, day):
        return office
    deputy = next((item.deputy for item in plan.offices if item.id == office), "")
    return deputy if deputy and not is_vacant(plan, deputy, day) else office


def office_at(plan: Plan, day: dt.date) -> str:
    """The office that coordinates on a day: the plan's coordinator, and its successor once its time is over (R50, R54).

    While the successor is vacant its deputy coordinates, and without one the coordinator goes on: an office nobody holds leads
    nothing.
    """
    coordinator = next((office for office in plan.offices if office.id == plan.coordinator), None)
    until = coordinator.until.date if coordinator and coordinator.until else None
    if coordinator is None or not coordinator.successor or until is None or day <= until:
        return plan.coordinator
    successor = acting(plan, coordinator.successor, day)
    return plan.coordinator if is_vacant(plan, successor, day) else successor
