"""The plan's runs as Prefect schedules them: at their moments, or later where an example is shown frozen at a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.timetable.agenda.planned_runs import PlannedRun, daily_passes, planned_runs
from staffelstab.timetable.plan.model import Plan


@dataclass(frozen=True, slots=True)
class ScheduledRun:
    """A planned run and when it really takes place: `shifted_by` days later, which is zero unless an example is shown."""

    planned: PlannedRun
    shifted_by: int = 0

    @property
    def due(self) -> dt.datetime:
        """When it really takes place: the same wall time, `shifted_by` days later."""
        return self.planned.at + dt.timedelta(days=self.shifted_by)

    @property
    def rule(self) -> str:
        """Its schedule: once, at that wall time; no zone in it (Prefect refuses one), but an end, which the interface shows."""
        return f"DTSTART:{self.due:%Y%m%dT%H%M%S}\nRRULE:FREQ=DAILY;UNTIL={self.due:%Y%m%dT%H%M%S}"


def scheduled(plan: Plan) -> tuple[ScheduledRun, ...]:
    """Every run of the plan with a date of its own, at its moment, in order."""
    return tuple(ScheduledRun(run) for run in planned_runs(plan))


def shown_from(plan: Plan, at: dt.datetime, now: dt.datetime, mornings: int = 7) -> tuple[ScheduledRun, ...]:
    """The runs to come after `at`, moved by whole days so that they come after `now`; with the next mornings' daily passes.

    For an example frozen at a date: what the plan has ahead of it then is shown as ahead of today, under its true dates.
    """
    first = at.astimezone(plan.zone).date()
    shift = (now.astimezone(plan.zone).date() - first).days
    runs = [ScheduledRun(run, shift) for run in (*planned_runs(plan), *daily_passes(plan, first, mornings))]
    coming = (run for run in runs if run.planned.at > at and run.due > now)
    return tuple(sorted(coming, key=lambda run: (run.planned.at, run.planned.slug)))
