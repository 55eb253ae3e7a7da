"""Whom the resolution's distribution list reaches, as far as the plan knows (R09–R12)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.timetable.plan.actors import Actor, actors, holder, members
from staffelstab.timetable.plan.model import Plan, Recipient


@dataclass(frozen=True, slots=True)
class Delivery:
    """One who receives the resolution: a single copy, and every group of the list that matched (R10)."""

    actor: Actor
    groups: tuple[str, ...]


def deliveries(plan: Plan) -> tuple[Delivery, ...]:
    """Who receives the resolution as far as the plan knows, each once, with all groups that matched."""
    groups: dict[str, tuple[Actor, list[str]]] = {}
    for recipient in plan.recipients:
        for actor in resolved(plan, recipient):
            groups.setdefault(actor.id, (actor, []))[1].append(recipient.name)
    return tuple(Delivery(actor, tuple(names)) for actor, names in groups.values())


def resolved(plan: Plan, recipient: Recipient) -> tuple[Actor, ...]:
    """Everyone whom a group of the list stands for; nobody if the plan does not say."""
    if recipient.office:
        return (actors(plan)[recipient.office],)
    if recipient.body:
        return members(plan, recipient.body)
    if recipient.group and recipient.role:
        held = (holder(plan, unit.id, recipient.role) for unit in members(plan, recipient.group))
        return tuple(actor for actor in held if actor)
    return members(plan, recipient.group) if recipient.group else ()
