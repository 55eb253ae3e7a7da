"""Who acts in a plan: offices, seats, bodies, units and groups under one roof, found by id or by name."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from staffelstab.plan.model import Group, Plan, Unit

ActorKind = Literal["office", "seat", "body", "unit", "group"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An office, seat, body, unit or group, with the perspective it speaks from ("" if the plan names none)."""

    id: str
    name: str
    kind: ActorKind
    perspective: str = ""


_TYPED = str.maketrans(dict.fromkeys("’‘ʼ´`", "'") | dict.fromkeys("‐‑–—", "-"))  # what a typewriter makes of them


def folded(name: str) -> str:
    """A name as it is compared: NFC; case, white space and the shape of apostrophes and dashes aside."""
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
    wanted = folded(name)
    exact = (unit for unit in units(plan) if wanted in {folded(unit.id), folded(unit.name)})
    longer = [unit for unit in units(plan) if wanted.endswith(f" {folded(unit.name)}")]
    return next(exact, None) or max(longer, key=lambda unit: len(unit.name), default=None)


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
    everyone = actors(plan)
    for body in plan.bodies:
        if body.id == name:
            return tuple(everyone[seat.id] for seat in body.seats)
    for item in plan.groups:
        if item.id == name:
            return tuple(everyone[unit.id] for unit in item.units)
    return (everyone[name],)


def audience(plan: Plan, names: tuple[str, ...]) -> tuple[Actor, ...]:
    """Everyone who is called, each once, in the plan's order (R10)."""
    return tuple(dict.fromkeys(actor for name in names for actor in members(plan, name)))


def name_of(plan: Plan, actor: str) -> str:
    """How people call the actor; the id itself if the plan does not know it."""
    known = actors(plan).get(actor)
    return known.name if known else actor


def office_at(plan: Plan, day: dt.date) -> str:
    """The office that coordinates on a day: the plan's coordinator, and its successor once its time is over (R50, R54)."""
    coordinator = next((office for office in plan.offices if office.id == plan.coordinator), None)
    until = coordinator.until.date if coordinator and coordinator.until else None
    if coordinator and coordinator.successor and until and day > until:
        return coordinator.successor
    return plan.coordinator
