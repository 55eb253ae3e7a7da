"""Days on which hardly anybody works: public holidays of the plan's place, Sundays, Saturdays (R33, R37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.language import Language
from staffelstab.lint.dates import known
from staffelstab.lint.finding import Finding, Rule, Subject
from staffelstab.plan.holidays import holiday, is_workday
from staffelstab.plan.model import Plan

ONE = dt.timedelta(days=1)


def on_a_holiday(subject: Subject) -> Iterator[Finding]:
    """Something of the timetable lies on a public holiday (R37)."""
    plan = subject.plan
    words = Language(plan.language)
    for date, day in known(plan):
        name = holiday(plan, day)
        if name and date.part not in {"events.date", "resolution.date"}:
            yield Finding(
                "holiday",
                "information",
                date.path,
                date.item.quote,
                {
                    "what": date.named(words),
                    "day": day,
                    "weekday": words.weekday(day),
                    "holiday": name,
                    **_around(plan, day),
                },
            )


def _around(plan: Plan, day: dt.date) -> dict[str, dt.date]:
    return {"before": _workday(plan, day, -ONE), "after": _workday(plan, day, ONE)}


def _workday(plan: Plan, day: dt.date, step: dt.timedelta) -> dt.date:
    while not is_workday(plan, day):
        day += step
    return day


RULES: tuple[Rule, ...] = (on_a_holiday,)
