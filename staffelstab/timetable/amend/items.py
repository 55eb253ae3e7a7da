"""What can be confirmed or moved, found by the name that rules and people use for it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from staffelstab.errors import RecordError
from staffelstab.language import Language
from staffelstab.timetable.plan.actors import find_actor
from staffelstab.timetable.plan.deciders import deciders
from staffelstab.timetable.plan.model import Call, Phase, Plan, Responsibility, Session
from staffelstab.timetable.plan.slots import Slot, find_slot, slots
from staffelstab.timetable.plan.when import When

ItemKind = Literal["date", "audience", "responsibility"]
OPEN_STANDINGS = frozenset({"assumed", "derived", "unknown"})
MOST = 6
"""So many dates are offered to somebody who named none."""
DOUBTFUL = frozenset({"derived", "assumed", "unknown"})


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a plan under its name (`lv-2018-08-17`, `phase-1.end`, `call-2.audience`, the id of a responsibility).

    `when` is None for what is no date; `path` is its place in the plan file; `open` says that it asks to be confirmed.
    """

    name: str
    kind: ItemKind
    path: str
    open: bool
    when: When | None = None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that come into question: the candidates, or the one day that is known."""
        if self.when is None:
            return ()
        return self.when.candidates or ((self.when.date,) if self.when.date else ())


def items(plan: Plan) -> tuple[Item, ...]:
    """Everything that has a name, in the order of the file's tables; the resolution's own date is history."""
    return (*_dates(plan), *_audiences(plan), *_responsibilities(plan))


def find_item(plan: Plan, name: str, *, dated: bool = True, day: dt.date | None = None) -> Item:
    """The item that a person means; `dated` says whether a date is wanted first, `day` the day that it is to be moved to.

    Raises RecordError with the nearest names, and with what could be confirmed, or moved.
    """
    if dated and (slot := find_slot(slots(plan), name.strip())) is not None:
        return _item(slot)
    for item in (*_audiences(plan), *_responsibilities(plan), *_dates(plan)):
        if item.name == name.strip():
            return item
    if not dated:
        return find_item(plan, name, day=day)
    raise _unknown(plan, name, day)


def open_items(plan: Plan) -> tuple[Item, ...]:
    """What asks to be confirmed: dates that nobody resolved, proposed audiences, readings that are assumed."""
    return tuple(item for item in items(plan) if item.open)


def movable(plan: Plan, day: dt.date) -> tuple[Item, ...]:
    """The dates that can be moved, nearest to `day` first: those that stand, are no wall, and hang on no other."""
    walls = {event.id for event in plan.events if event.wall}
    free = [item for item in _dates(plan) if item.when and item.when.certain and not item.when.rule]
    found = ((item, item.when.day) for item in free if item.when and item.name not in walls)
    return tuple(item for item, _ in sorted(found, key=lambda pair: abs(pair[1] - day)))


def near(name: str, known: list[str]) -> str:
    """The names most like the one given, as a hint; "" if none is."""
    close = difflib.get_close_matches(name.casefold(), known, 3, 0.5)
    return ", ".join(close)


def item_label(plan: Plan, item: Item) -> str:
    """How people call it: Sitzung des Landesvorstands · Phase 1 „Analyse“, Ende · Zweiter Call for Papers, Adressat*innen."""
    words = plan.words
    if item.kind == "date":
        return label(plan, slots(plan)[item.name], words)
    if item.kind == "audience":
        return words.say("amend.label.calls.audience", name=plan.call(item.name.partition(".")[0]).name)
    found = next(known for known in plan.responsibilities if known.id == item.name)
    return words.say("amend.label.responsibilities", name=found.name)


def label(plan: Plan, slot: Slot, words: Language) -> str:
    """How people call a dated field."""
    thing = owner(plan, slot)
    number = thing.number if isinstance(thing, Phase) else 0
    key = f"amend.label.{slot.table}.{slot.field.attribute}"
    return words.say(key, name=getattr(thing, "name", ""), number=number)


def owner(plan: Plan, slot: Slot) -> object:
    """The session, phase, call, event or office that a dated field belongs to; the resolution for its own date."""
    return plan.resolution if slot.table == "resolution" else getattr(plan, slot.table)[slot.place]


def phase_of(plan: Plan, slot: Slot) -> Phase | None:
    """The phase that a dated field belongs to."""
    thing = owner(plan, slot)
    if isinstance(thing, Phase):
        return thing
    return plan.phase(thing.phase) if isinstance(thing, Session | Call) else None


def deciding(plan: Plan, item: Item) -> str:
    """The body that decides on an item that is open."""
    return deciders(plan, item.name)[0] if item.kind == "date" else plan.resolution.body


def _dates(plan: Plan) -> Iterator[Item]:
    return (_item(slot) for slot in slots(plan).values() if slot.table != "resolution")


def _item(slot: Slot) -> Item:
    asks = slot.when.status in DOUBTFUL and not _routine(slot)
    return Item(slot.name, "date", slot.path, asks, slot.when)


def _routine(slot: Slot) -> bool:
    """Whether the date merely hangs on another by a rule: the day on which papers are due, or on which a call goes out."""
    plain = slot.when.status == "derived" and slot.when.rule and not slot.when.candidates
    return bool(plain) and slot.field.attribute in {"papers_due", "opens"}


def _audiences(plan: Plan) -> Iterator[Item]:
    for place, call in enumerate(plan.calls):
        asks = bool(call.audience.proposed) and not call.audience.adopted
        yield Item(f"{call.id}.audience", "audience", f"$.calls[{place}].audience", asks)


def _responsibilities(plan: Plan) -> Iterator[Item]:
    for place, duty in enumerate(plan.responsibilities):
        yield Item(duty.id, "responsibility", f"$.responsibilities[{place}]", _doubtful(duty))


def _doubtful(duty: Responsibility) -> bool:
    return duty.origin in OPEN_STANDINGS


def _unknown(plan: Plan, name: str, day: dt.date | None) -> RecordError:
    words = plan.words
    actor = find_actor(plan, name)
    kind = "no_item" if actor else "unknown_item"
    said = {"item": name, "hint": "", "name": actor.name if actor else ""}
    known = {item.name for item in items(plan)} | {f"phase-{phase.number}" for phase in plan.phases}
    close = near(name, sorted(known))
    if close and not actor:
        said["hint"] = words.say("amend.hint.near", names=close)
    if day is not None:
        return RecordError(f"amend.error.{kind}_to_move", **said, movable=movable_named(plan, day))
    asking = ", ".join(item.name for item in open_items(plan)) or words.say("amend.hint.nothing")
    return RecordError(f"amend.error.{kind}", **said, open=asking)


def movable_named(plan: Plan, day: dt.date) -> str:
    """The first of what is `movable`, each with its name, what it is, and its day."""
    words = plan.words
    found = [(item, item.when.day) for item in movable(plan, day)[:MOST] if item.when]
    parts = (f"{item.name} ({item_label(plan, item)}, {words.day(at)})" for item, at in found)
    return "; ".join(parts) or words.say("amend.hint.nothing")
