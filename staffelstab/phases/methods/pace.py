"""Will all talks be held in time, and from which day on is that no longer possible (R70, U9)?

Counted in working days: Monday to Friday without the closed days given (holidays, school holidays, leave); five make a
week. What `today` brings is still to come: today counts as left, and a talk held today no longer as missing. Little is
known in the first days, and then the forecast says so: a pace is named after one working week, a capacity after two.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.language import Language

Verdict = Literal["done", "on_course", "behind", "impossible", "unknown"]

WEEK = 5
PACE_AFTER = WEEK
CAPACITY_AFTER = 2 * WEEK
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """The forecast; weeks are working weeks. None means: not known (yet), or no longer a meaningful number."""

    needed: int
    held: int
    weeks_left: float
    held_per_week: float | None
    needed_per_week: float | None
    capacity: int | None
    capacity_from: Literal["stated", "observed"] | None
    impossible_from: dt.date | None
    verdict: Verdict

    @property
    def remaining(self) -> int:
        """Talks still to be held."""
        return max(0, self.needed - self.held)

    def text(self, language: str) -> str:
        """The forecast as two or three plain sentences."""
        say = Language(language).say
        lines = [say("analysis.pace.state", n=self.held, total=self.needed)]
        if self.verdict == "impossible":
            reason = self.capacity_from if self.weeks_left and self.capacity_from else "ended"
            lines.append(say("analysis.pace.missing", n=self.remaining))
            lines.append(say(f"analysis.pace.impossible.{reason}", n=self.capacity, day=self.impossible_from))
            return " ".join([*lines, say("analysis.pace.help")])
        # Less than a week is told in days: "0.2 weeks" means nothing to anybody.
        last = "_last" if self.remaining and self.weeks_left < 1 else ""
        lines.append(
            say(
                f"analysis.pace.{self.verdict}{last}",
                n=self.remaining,
                days=say("analysis.pace.days", n=round(self.weeks_left * WEEK)),
                weeks=self.weeks_left,
                per_week=self.needed_per_week,
                held_per_week=self.held_per_week,
            )
        )
        if self.impossible_from and self.capacity_from:
            lines.append(say("analysis.pace.until", day=self.impossible_from))
            lines.append(say(f"analysis.pace.{self.capacity_from}", n=self.capacity))
        return " ".join(lines)


def forecast(
    held: Sequence[dt.date],
    needed: int,
    start: dt.date,
    end: dt.date,
    today: dt.date,
    closed: Collection[dt.date] = (),
    weekly_capacity: int | None = None,
) -> Pace:
    """The forecast for `needed` talks in all between `start` and `end` (both included), given the days of those `held`.

    Dates after `today` are appointments, not talks, and do not count. `weekly_capacity` is what one person can hold in
    a week; without it the best week so far stands in. Raises ValueError when `end` lies before `start`.
    """
    if end < start:
        raise ValueError(f"{start} … {end}")
    done = sorted(day for day in held if day <= today)
    days = _working_days(start, end, frozenset(closed))
    elapsed = sum(day < today for day in days)
    left = sum(day >= today for day in days)
    remaining = max(0, needed - len(done))
    per_week = _per_week(sum(start <= day < today for day in done), elapsed) if elapsed >= PACE_AFTER else None
    needed_per_week = _per_week(remaining, left) if left else None
    capacity = weekly_capacity if weekly_capacity is not None else _best_week(done, elapsed)
    impossible_from = None
    if remaining and capacity is not None:
        impossible_from = _impossible_from(done, needed, days, end, capacity)
    return Pace(
        needed=needed,
        held=len(done),
        weeks_left=left / WEEK,
        held_per_week=per_week,
        needed_per_week=needed_per_week,
        capacity=capacity,
        capacity_from=None if capacity is None else "observed" if weekly_capacity is None else "stated",
        impossible_from=impossible_from,
        verdict=_verdict(remaining, left, impossible_from, today, per_week, needed_per_week),
    )


def _working_days(start: dt.date, end: dt.date, closed: frozenset[dt.date]) -> list[dt.date]:
    days = (start + dt.timedelta(days=n) for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() < _SATURDAY and day not in closed]


def _per_week(talks: int, days: int) -> float:
    return talks * WEEK / days


def _best_week(done: list[dt.date], elapsed: int) -> int | None:
    """The most talks held in one calendar week; None while too little time has passed to judge by it."""
    if elapsed < CAPACITY_AFTER or not done:
        return None
    return max(Counter(day.isocalendar()[:2] for day in done).values())


def _impossible_from(done: list[dt.date], needed: int, days: list[dt.date], end: dt.date, capacity: int) -> dt.date:
    """The working day after the last one on which the talks then missing still fitted into the days then left."""
    last = -1
    for index, day in enumerate(days):
        missing = needed - sum(talk <= day for talk in done)
        if missing * WEEK <= capacity * (len(days) - index):
            last = index
    return days[last + 1] if last + 1 < len(days) else end + dt.timedelta(days=1)


def _verdict(
    remaining: int,
    left: int,
    impossible_from: dt.date | None,
    today: dt.date,
    per_week: float | None,
    needed_per_week: float | None,
) -> Verdict:
    if not remaining:
        return "done"
    if not left or (impossible_from and impossible_from <= today):
        return "impossible"
    if per_week is None or needed_per_week is None:
        return "unknown"
    return "on_course" if per_week >= needed_per_week else "behind"
