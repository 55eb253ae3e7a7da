"""Who acts: offices, bodies, groups and functions, each known once and found by any of its names.

`Actors` is what is known so far, and never changes. A finder that comes across more opens a `Register` on it and hands on the
register's `actors`, so that whoever needs them has to ask for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar

from staffelstab.timetable.draft.find.ids import free_id, ids_of
from staffelstab.timetable.draft.text.names import (
    bare,
    bodies,
    is_office,
    nominative,
    office_in,
    person_in,
    slug,
    written_out,
)
from staffelstab.timetable.draft.words.actor_words import SEVERAL
from staffelstab.timetable.plan.actors import folded

SHORT_FORM = 5

Kind = Literal["office", "body", "group", "role"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, and the sentence in which they were first met; "" if none."""

    kind: Kind
    id: str
    name: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Actors:
    """Everybody known so far, in the order found. `text` is the whole resolution, in which acronyms are written out.

    `names` and `holders` give the ids of offices, bodies and groups by their names and by the names of those who hold an office.
    """

    text: str
    all: tuple[Actor, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)

    def of(self, *kinds: Kind) -> tuple[Actor, ...]:
        """Those of some kinds: of the first kind first, each kind in the order found."""
        return tuple(actor for kind in kinds for actor in self.all if actor.kind == kind)

    def actor(self, key: str) -> Actor:
        """The office, body or group with this id. Raises KeyError."""
        return {actor.id: actor for actor in self.all if actor.kind != "role"}[key]

    def full(self, name: str) -> str:
        """A name with its acronym written out where the text allows it."""
        if name.isupper() and 2 <= len(name) <= SHORT_FORM:
            return written_out(name, self.text) or name
        return name

    def find(self, name: str) -> str:
        """The id of an actor by any of its names, or by its holder's; "" if there is none."""
        wanted = bare(name)
        for key in (wanted, nominative(wanted), self.full(wanted)):
            if actor := self.names.get(folded(key)) or self.holders.get(folded(key)):
                return actor
        return next((self.names[folded(body)] for body in bodies(wanted) if folded(body) in self.names), "")

    def knows(self, name: str) -> bool:
        """Whether there is an actor of this name, or one whose longer name begins with it."""
        wanted = folded(bare(name))
        return bool(self.find(name)) or any(known.startswith(f"{wanted} ") for known in self.names)

    def held_in(self, text: str) -> str:
        """The office whose holder is named in a sentence; "" if nobody known is."""
        sentence = folded(text)
        return next((office for holder, office in self.holders.items() if holder in sentence), "")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a finder found, and everybody known after it."""

    items: tuple[T, ...]
    actors: Actors


class Register:
    """Enters actors while a finder reads; `actors` is what is known by then. Every method gives an id."""

    def __init__(self, actors: Actors) -> None:
        self.actors = actors

    def body(self, name: str, quote: str = "") -> str:
        """A body, entered if it is new; "the Senate" is the Academic Senate where that is known."""
        longer = [actor for actor in self.actors.of("body") if actor.name.endswith(f" {bare(name)}")]
        return longer[0].id if len(longer) == 1 else self._entered("body", bare(name), quote)

    def office(self, name: str, quote: str = "") -> str:
        """An office, entered if it is new."""
        return self._entered("office", bare(name), quote)

    def group(self, name: str, quote: str = "") -> str:
        """A group of units, entered if it is new."""
        return self._entered("group", self.actors.full(nominative(name)), quote)

    def role(self, name: str, quote: str = "") -> str:
        """A function within each unit, entered if it is new; it may bear the id of an office."""
        full, roles = nominative(name), self.actors.of("role")
        for role in roles:
            if folded(role.name) == folded(full):
                return role.id
        return self._add(Actor("role", free_id(slug(full), ids_of(roles)), full, quote))

    def anyone(self, name: str, quote: str) -> str:
        """Whoever is meant: a known actor, a body, an office, otherwise a group of that name."""
        if actor := self.actors.find(name):
            return actor
        names = bodies(name)
        if names and (len(names[0]) >= len(bare(name)) - 3):
            return self.body(names[0], quote)
        if is_office(name) and not SEVERAL.search(nominative(name)):
            return self.office(name, quote)
        return self.group(name, quote)

    def signed(self, line: str, quote: str) -> str:
        """The office on a line with its holder's name, who is remembered only to be recognised; "" if it names no office."""
        name = office_in(line)
        if not name:
            return ""
        office = self.actors.find(name) or self.office(name, quote)
        if holder := person_in(line):
            self.actors = replace(self.actors, holders={**self.actors.holders, folded(holder): office})
        return office

    def _entered(self, kind: Kind, name: str, quote: str) -> str:
        if actor := self.actors.names.get(folded(name)):
            return actor
        taken = [actor.id for actor in self.actors.all if actor.kind != "role"]
        entered = self._add(Actor(kind, free_id(slug(name), taken), name, quote))
        self.actors = replace(self.actors, names={**self.actors.names, folded(name): entered})
        return entered

    def _add(self, actor: Actor) -> str:
        self.actors = replace(self.actors, all=(*self.actors.all, actor))
        return actor.id
