"""Who holds which office on a day, as the ledger knows it: one entry per office and person, the last one counts, all stay.

Names and addresses are a content of the entry and can be erased; the journal itself knows random ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from staffelstab.ledger.entries import Held
from staffelstab.ledger.store import Ledger
from staffelstab.people.contact import Contact
from staffelstab.timetable.plan.actors import Actor, acting, actors, audience, holder, name_of
from staffelstab.timetable.plan.model import Plan

HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person holds an office (a seat, a unit) from a day until a day, both included; None: without beginning or end.

    `person` is a random id, "" for an office of which somebody has said that it is vacant then. `contact` is None if it was erased.
    `seq` is the number of the entry that says so.
    """

    actor: str
    person: str
    since: dt.date | None
    until: dt.date | None
    contact: Contact | None
    seq: int = 0

    def covers(self, day: dt.date) -> bool:
        """Whether it is so on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def vacant(self) -> bool:
        """Whether nobody holds it."""
        return not self.person


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who is to get something, how they are reached, and in which offices."""

    person: str
    contact: Contact
    offices: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """An office to which nothing can be sent, and why: nobody is known, it is vacant, or no address is."""

    office: Actor
    why: str


def holdings(ledger: Ledger, until: dt.datetime) -> tuple[Holding, ...]:
    """Everything that was entered until a moment, as it stands then; what was replaced or withdrawn is left out."""
    last: dict[tuple[str, str, dt.date | None], Held] = {}
    for entry in ledger.entries(HOLDER, until=until):
        held = Held.of(entry)
        last.pop((held.actor, held.person, held.since), None)
        if not held.withdrawn:
            last[held.actor, held.person, held.since] = held
    contents = ledger.contents([held.contact for held in last.values() if held.contact])
    return tuple(_holding(held, contents) for held in last.values())


def _holding(held: Held, contents: Mapping[str, bytes]) -> Holding:
    data = contents.get(held.contact or "")
    contact = None if data is None else msgspec.json.decode(data, type=Contact)
    return Holding(held.actor, held.person, held.since, held.until, contact, held.seq)


def office_name(plan: Plan, actor: str) -> str:
    """An office, or a role in a unit ("unit/role"), as people say it."""
    unit, _, role = actor.partition("/")
    found = holder(plan, unit, role) if role else None
    return found.name if found else name_of(plan, unit)


def resolve(
    plan: Plan, known: Iterable[Holding], to: Iterable[str], day: dt.date
) -> tuple[tuple[Recipient, ...], tuple[Unreached, ...]]:
    """The people behind offices, bodies and groups on a day, each once with all their offices; and the offices that reach nobody.

    Groups and bodies resolve to their members, an office that the plan calls vacant to its deputy (R05, R11).
    """
    there = [holding for holding in known if holding.covers(day)]
    people: dict[str, tuple[Contact, list[Actor]]] = {}
    unreached: list[Unreached] = []
    for office in _offices(plan, tuple(to), day):
        held = _of(there, office)
        reachable = [(item.person, item.contact) for item in held if item.contact and item.contact.by]
        for person, contact in reachable:
            people.setdefault(person, (contact, []))[1].append(office)
        if not reachable:
            unreached.append(Unreached(office, _why(held)))
    found = (Recipient(person, contact, tuple(offices)) for person, (contact, offices) in people.items())
    return tuple(found), tuple(unreached)


def _of(there: Iterable[Holding], office: Actor) -> list[Holding]:
    """Who holds it; of a unit for which nobody is named as such, everybody who holds an office in it."""
    found = tuple(there)
    own = [holding for holding in found if holding.actor == office.id]
    return _standing(own or [holding for holding in found if holding.actor.partition("/")[0] == office.id])


def _standing(held: list[Holding]) -> list[Holding]:
    """Without those of whom somebody has said later that the office is vacant on these days."""
    vacant = {holding.actor: holding.seq for holding in held if holding.vacant}
    return [holding for holding in held if holding.vacant or holding.seq > vacant.get(holding.actor, 0)]


def contact_on(known: Iterable[Holding], person: str, day: dt.date) -> Contact | None:
    """How a person is reached on a day: as the last entry about them says that covers it, or else the last of all."""
    about = [holding for holding in known if holding.person == person and holding.contact]
    best = max(about, key=lambda holding: (holding.covers(day), holding.seq), default=None)
    return best.contact if best else None


def _offices(plan: Plan, names: tuple[str, ...], day: dt.date) -> tuple[Actor, ...]:
    known = actors(plan)
    found = (known.get(acting(plan, actor.id, day), actor) for actor in audience(plan, names))
    return tuple({office.id: office for office in found}.values())


def _why(held: Iterable[Holding]) -> str:
    found = tuple(held)
    if not found:
        return "unknown"
    return "vacant" if all(holding.vacant for holding in found) else "no_address"
