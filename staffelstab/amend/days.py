"""Which of the new days are holidays, weekends, or lie in a break (R44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from staffelstab.amend.rows import Row
from staffelstab.language import Language
from staffelstab.plan.holidays import holiday
from staffelstab.plan.model import Plan

MOVING = frozenset({"moved", "follows"})


def hits(plan: Plan, rows: Iterable[Row]) -> tuple[str, ...]:
    """A sentence for every new day on which hardly anybody works."""
    words = Language(plan.language)
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
