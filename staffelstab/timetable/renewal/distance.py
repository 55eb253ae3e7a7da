"""How far a plan is moved: whole weeks, so that every weekday stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.errors import PlanError
from staffelstab.timetable.plan.bounds import YEARS
from staffelstab.timetable.plan.model import Plan

_YEAR = 365.2425  # days


@dataclass(frozen=True, slots=True)
class Distance:
    """Whole weeks, forward or (negative) back."""

    weeks: int

    def day(self, day: dt.date) -> dt.date:
        """Where a day comes to lie, on the same weekday."""
        return day + dt.timedelta(weeks=self.weeks)

    def year(self, year: int) -> int:
        """Where a year comes to lie."""
        return year + round(self.weeks * 7 / _YEAR)


def beginning(plan: Plan) -> dt.date:
    """The first day of the plan's earliest phase."""
    return min(phase.start.day for phase in plan.phases)


def distance(plan: Plan, wanted: dt.date) -> Distance:
    """How far the plan moves to begin on `wanted` or, keeping its weekday, as soon as possible after. Raises PlanError."""
    if wanted.year not in YEARS:
        raise PlanError("renewal.far", day=wanted)
    return Distance(-((beginning(plan) - wanted).days // 7))
