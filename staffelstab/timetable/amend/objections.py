"""What speaks against a change: what goes beyond a wall, the session that adopts, or the end of the last phase (R46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.errors import RecordError
from staffelstab.language import Fact, Language
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import label
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import Slot, slots

WORK = frozenset({"sessions.date", "phases.start", "phases.end", "calls.opens", "calls.deadline"})
LimitKind = Literal["wall", "adoption", "end"]


@dataclass(frozen=True, slots=True)
class Objection:
    """That `item` lay before `limit` (the name of a date) and would lie behind it; `text` is the sentence, `day` the new day."""

    kind: LimitKind
    item: str
    limit: str
    day: dt.date
    text: str


def objections(before: Plan, after: Plan) -> tuple[Objection, ...]:
    """Every day of the work that passes a limit it did not pass before, walls first; the limit may have moved instead."""
    then, now, words = slots(before), slots(after), before.words
    work = [slot for slot in then.values() if f"{slot.table}.{slot.field.attribute}" in WORK and slot.name in now]
    return tuple(
        _objection(before, kind, now[limit], now[old.name], words)
        for kind, limit in _limits(before)
        for old in work
        if old.name != limit and _passes(old, now[old.name], then[limit], now[limit])
    )


def beyond(basis: Basis, found: Sequence[Objection]) -> RecordError | None:
    """Why a change is refused that goes beyond a wall; the nearest one is named."""
    known = slots(basis.plan)
    walls = sorted((item for item in found if item.kind == "wall"), key=lambda item: known[item.limit].when.day)
    if not walls:
        return None
    first = walls[0]
    words, limit = basis.plan.words, known[first.limit]
    facts: dict[str, Fact] = {"what": label(basis.plan, known[first.item], words), "day": first.day}
    facts |= {"wall": label(basis.plan, limit, words), "limit": limit.when.day}
    return RecordError("amend.error.beyond", **facts, file=basis.path.name, line=basis.line(limit.path))


def _limits(plan: Plan) -> Iterator[tuple[LimitKind, str]]:
    """The walls, the last session that adopts, and the last end that a phase has."""
    yield from (("wall", event.id) for event in plan.events if event.wall)
    adopting = [session for session in plan.sessions if session.item == "adoption"]
    if adopting:
        yield "adoption", max(adopting, key=lambda session: session.date.day).id
    ended = [phase for phase in plan.phases if phase.end.date]
    if ended:
        yield "end", f"{max(ended, key=lambda phase: phase.end.day).id}.end"


def _passes(old: Slot, new: Slot, limit: Slot, new_limit: Slot) -> bool:
    """Whether a day lay before the limit and lies behind it now; what lay on the limit's own day may follow it."""
    days = (old.when.date, limit.when.date, new.when.date, new_limit.when.date)
    if any(day is None for day in days):
        return False
    return old.when.day < limit.when.day and new.when.day > new_limit.when.day


def _objection(plan: Plan, kind: LimitKind, limit: Slot, new: Slot, words: Language) -> Objection:
    facts: dict[str, Fact] = {"what": label(plan, new, words), "day": new.when.day}
    facts |= {"wall": label(plan, limit, words), "limit": limit.when.day}
    return Objection(kind, new.name, limit.name, new.when.day, words.say(f"amend.against.{kind}", **facts))
