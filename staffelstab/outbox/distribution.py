"""The resolution itself: to everyone on its distribution list, and published, both on the day it is adopted (R05, R09–R12, R17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.case.values import Case
from staffelstab.outbox.calling import TIMETABLE
from staffelstab.outbox.people import holder
from staffelstab.outbox.values import Letter
from staffelstab.outbox.writing import compose, line
from staffelstab.plan.actors import Actor, actors, members, name_of, office_at
from staffelstab.plan.model import Plan, Recipient

NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One who receives the resolution: a single copy, and every group of the list that matched (R10)."""

    actor: Actor
    groups: tuple[str, ...]


def distribution_letters(case: Case) -> Iterator[Letter]:
    """The resolution to the groups of its list, and the request to publish it where it says so."""
    plan, day = case.plan, case.plan.resolution.date
    if case.today < day:
        return
    source = (plan.source,) if plan.source else ()
    if plan.recipients:
        to = tuple(Actor(f"recipient-{n:02d}", line(item.name), "group") for n, item in enumerate(plan.recipients, 1))
        yield compose(plan, "distribution:resolution", day, to, {"day": day}, _facts(plan), (*source, TIMETABLE))
    if plan.resolution.publicity.strip() not in NOTHING:
        responsible = plan.resolution.responsible.office if plan.resolution.responsible else office_at(plan, day)
        to = (actors(plan)[responsible],)
        yield compose(plan, "publicity:resolution", day, to, {"day": day}, _facts(plan), source)


def deliveries(plan: Plan) -> tuple[Delivery, ...]:
    """Who receives the resolution as far as the plan knows, each once, with all groups that matched."""
    groups: dict[str, tuple[Actor, list[str]]] = {}
    for recipient in plan.recipients:
        for actor in _resolved(plan, recipient):
            groups.setdefault(actor.id, (actor, []))[1].append(recipient.name)
    return tuple(Delivery(actor, tuple(names)) for actor, names in groups.values())


def gaps(plan: Plan) -> tuple[str, ...]:
    """Groups of the list of which the plan names nobody: to be reached by hand, never skipped silently (R12)."""
    return tuple(recipient.name for recipient in plan.recipients if not _resolved(plan, recipient))


def _resolved(plan: Plan, recipient: Recipient) -> tuple[Actor, ...]:
    if recipient.office:
        return (actors(plan)[recipient.office],)
    if recipient.body:
        return members(plan, recipient.body)
    if recipient.group and recipient.role:
        held = (holder(plan, unit.id, recipient.role) for unit in members(plan, recipient.group))
        return tuple(actor for actor in held if actor)
    return members(plan, recipient.group) if recipient.group else ()


def _facts(plan: Plan) -> dict[str, object]:
    resolution = plan.resolution
    return {
        "board": name_of(plan, resolution.body),
        "text": line(resolution.text),
        "vote": line(resolution.vote.quote),
        "publicity": line(resolution.publicity),
        "recipients": [line(item.name) for item in plan.recipients],
    }
