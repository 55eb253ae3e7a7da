"""Which of the new days are days off: holidays, weekends, or in a break (R44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from staffelstab.language import Language
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.plan.holidays import holiday
from staffelstab.timetable.plan.model import Plan

MOVING = frozenset({"moved", "follows"})


def hits(plan: Plan, rows: Iterable[Consequence]) -> tuple[str, ...]:
    """A sentence for every new day on which hardly anybody works."""
    words = plan.words
    days = ((row.label, row.after) for row in rows if row.kind in MOVING)
    return tuple(
        words.say("amend.day.sentence", what=what, weekday=words.weekday(day), day=day, why=words.listed(why))
        for what, day in days
        if isinstance(day, dt.date) and (why := list(_why(plan, day, words)))
    )


def _why(plan: Plan, day: dt.date, words: Language) -> Iterator[str]:
    if name := holiday(plan, day):
        yield name
    elif day.weekday() >= 5:
        yield words.say("amend.day.weekend")
    for item in plan.breaks:
        if item.since <= day <= item.until:
            yield item.name
