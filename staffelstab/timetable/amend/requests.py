"""What is requested to be moved, read and checked: a date that can be moved at all, another day than now, and no wall (R46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.errors import RecordError
from staffelstab.language import Fact
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import Item, find_item, item_label, movable_named, owner
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.model import Event
from staffelstab.timetable.plan.rule_text import rule_text
from staffelstab.timetable.plan.slots import slots


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: an item and its new day, and `others` to move along, each "ITEM" or "ITEM=DATE"."""

    item: str
    date: dt.date
    others: tuple[str, ...] = ()


def requested(basis: Basis, wish: Wish) -> tuple[Change, ...]:
    """The move, and those of the others: an "ITEM" by the same distance, an "ITEM=DATE" to that day. Raises RecordError."""
    found = _movable(basis, wish.item, wish.date)
    distance = wish.date - found.when.day if found.when else dt.timedelta()
    moves = [Change(found.name, "amended", wish.date)]
    for text in wish.others:
        name, given, day = text.partition("=")
        other = find_item(basis.plan, name, day=wish.date)
        wanted = _day(text, day) if given else _shifted(basis, other, distance)
        if other.name in {move.item for move in moves}:
            raise RecordError("amend.error.twice", item=other.name)
        moves.append(Change(_movable(basis, other.name, wanted).name, "amended", wanted))
    return tuple(moves)


def wall(basis: Basis, moves: Sequence[Change]) -> RecordError | None:
    """Why the moves are refused, if one of them is of a wall: what to do when those who set the day have moved it."""
    known = slots(basis.plan)
    for move in moves:
        event = owner(basis.plan, known[move.item])
        if isinstance(event, Event) and event.wall:
            facts: dict[str, Fact] = {
                "what": event.name,
                "day": event.date.day,
                "file": basis.path.name,
                "new": move.date,
            }
            return RecordError("amend.error.wall", **facts, iso=_iso(move), line=basis.line(known[move.item].path))
    return None


def undecided(basis: Basis, moves: Sequence[Change]) -> RecordError | None:
    """Why the moves cannot be recorded, if one is of a day that is only a proposal: it is confirmed, not amended."""
    known = slots(basis.plan)
    for move in moves:
        when = known[move.item].when
        if not when.certain:
            item = find_item(basis.plan, move.item)
            facts = {"what": item_label(basis.plan, item), "item": move.item, "date": _iso(move), "where": basis.where}
            return RecordError("amend.error.only_proposed", **facts)
    return None


def _movable(basis: Basis, name: str, date: dt.date) -> Item:
    plan = basis.plan
    item = find_item(plan, name, day=date)
    words = plan.words
    if item.kind != "date" or item.when is None:
        hint = words.say("amend.hint.confirm", item=item.name, where=basis.where) if item.open else ""
        movable = movable_named(plan, date)
        raise RecordError("amend.error.no_date", what=item_label(plan, item), hint=hint, movable=movable)
    if item.name == "resolution":
        raise RecordError("amend.error.resolved", day=item.when.date)
    if item.when.date is None:
        status = "open" if item.when.status == "open" else "unknown"
        facts = {"what": item_label(plan, item), "item": item.name, "date": date.isoformat(), "where": basis.where}
        raise RecordError(f"amend.error.{status}", **facts, file=basis.path.name, line=basis.line(item.path))
    if slots(basis.written)[item.name].when.date is None:
        slot = slots(plan)[item.name]
        rule = rule_text(plan, item.when.rule, getattr(owner(plan, slot), "id", ""), words)
        facts = {"what": item_label(plan, item), "item": item.name, "rule": rule}
        raise RecordError("amend.error.hangs", **facts, file=basis.path.name, line=basis.line(item.path))
    if item.when.date == date:
        raise RecordError("amend.error.same_day", what=item_label(plan, item), day=date)
    return item


def _day(text: str, day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise RecordError("amend.error.with", text=text) from None


def _shifted(basis: Basis, item: Item, distance: dt.timedelta) -> dt.date:
    if item.when is None or item.when.date is None:
        raise RecordError("amend.error.no_distance", what=item_label(basis.plan, item), item=item.name)
    try:
        return item.when.date + distance
    except OverflowError:
        raise RecordError("amend.error.no_distance", what=item_label(basis.plan, item), item=item.name) from None


def _iso(move: Change) -> str:
    return move.date.isoformat() if move.date else ""
