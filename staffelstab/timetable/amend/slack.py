"""How much time is left to every wall, before and after: in calendar days and in working days (R28, R46, U10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from staffelstab.timetable.amend.items import label
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import Slot, slots

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Left:
    """Days from something to a wall, negative if it lies behind it, and the working days between the two."""

    days: int
    working: int


@dataclass(frozen=True, slots=True)
class Slack:
    """The time from `label` to a wall, before and after."""

    wall: str
    day: dt.date
    label: str
    before: Left
    after: Left


def slack(before: Plan, after: Plan, moves: Sequence[Change]) -> tuple[Slack, ...]:
    """For every wall: from what is moved, and from the last day of the work; what lies behind a wall anyway is left out.

    What is as far as something else is not said twice; nothing at all if no distance changes.
    """
    found = [item for item in _all(before, after, moves) if item.before.days >= 0 or item.after.days >= 0]
    distinct = {(item.wall, item.before, item.after): item for item in reversed(found)}
    return tuple(reversed(distinct.values())) if any(item.before != item.after for item in found) else ()


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a wall lies behind the last day of the work, which is `label`."""

    wall: str
    day: dt.date
    label: str
    left: Left


def distances(plan: Plan) -> tuple[Distance, ...]:
    """How much time the plan leaves to each of its walls (R28)."""
    known, last = slots(plan), _last(plan)
    return tuple(_distances(plan, known, last)) if last else ()


def _distances(plan: Plan, known: Mapping[str, Slot], last: str) -> Iterator[Distance]:
    start = known[last].when.day
    for event in plan.events:
        day = known[event.id].when.date if event.wall else None
        if day is not None:
            what, wall = label(plan, known[last], plan.words), label(plan, known[event.id], plan.words)
            yield Distance(wall, day, what, _left(plan, start, day))


def _all(before: Plan, after: Plan, moves: Sequence[Change]) -> Iterator[Slack]:
    then, now = slots(before), slots(after)
    words = before.words
    walls = [event.id for event in before.events if event.wall]
    moved = [move.item for move in moves if move.item not in walls and move.item in then]
    anchors = dict.fromkeys(name for name in moved if then[name].table != "offices")
    anchors |= dict.fromkeys(filter(None, (_last(before),)))
    for wall in walls:
        for name in anchors:
            days = [known[item].when.date for known in (then, now) for item in (name, wall)]
            if not any(day is None for day in days):
                start, end, new_start, new_end = (day for day in days if day is not None)
                left = _left(before, start, end), _left(after, new_start, new_end)
                yield Slack(label(before, then[wall], words), new_end, label(before, then[name], words), *left)


def _last(plan: Plan) -> str | None:
    """The name of the last day of the work: the last session or end of a phase."""
    known = slots(plan)
    ends = [f"{phase.id}.end" for phase in plan.phases if phase.end.date]
    names = [*(session.id for session in plan.sessions), *ends]
    return max(names, key=lambda name: known[name].when.day, default=None)


def _left(plan: Plan, start: dt.date, end: dt.date) -> Left:
    between = range(1, (end - start).days)
    return Left((end - start).days, sum(is_workday(plan, start + ONE * offset) for offset in between))
