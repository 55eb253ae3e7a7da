"""The runs of a plan that have a date of their own: before each session above all (R42, R47, R48, R103).

Every morning the daily pass runs and does whatever is due. The dates that matter have runs of their own, so that the coordinator
sees them coming by name: the day a session's papers are due, the working day before it, its evening, the minute after a call has
closed, and each day on which a resubmission may fall. All of them are harmless to repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from staffelstab.language import Fact, Language
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Plan, Session
from staffelstab.timetable.plan.when import When

MORNING = dt.time(7)
FREEZE = dt.time(6, 30)
NOON = dt.time(12)
EVENING = dt.time(22)
MINUTE_PAST_MIDNIGHT = dt.time(0, 1)
DAY = dt.timedelta(days=1)
DAILY = "daily-pass"


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run to come, at a moment in the plan's zone, by the name that the interface shows.

    `slug` stays the same when its date moves; `phase` is None for a run of the daily pass.
    """

    slug: str
    at: dt.datetime
    name: str
    phase: int | None = None


def planned_runs(plan: Plan) -> tuple[PlannedRun, ...]:
    """Every run with a date of its own, in order."""
    return tuple(sorted(_Planning(plan).all(), key=lambda run: (run.at, run.slug)))


def daily_passes(plan: Plan, first: dt.date, days: int) -> tuple[PlannedRun, ...]:
    """The daily passes of some days from `first` on."""
    return tuple(_Planning(plan).daily(first, days))


def daily_pass_name(plan: Plan, day: dt.date) -> str:
    """How the daily pass of a day is called."""
    return plan.words.say("agenda.run.daily_pass", day=day)


@dataclass(frozen=True)
class _Planning:
    plan: Plan

    @cached_property
    def words(self) -> Language:
        return self.plan.words

    def all(self) -> Iterator[PlannedRun]:
        for session in self.plan.sessions:
            yield from self._around(session)
        for call in self.plan.calls:
            closed = call.deadline.day
            name = self._say("call_closed", call.deadline, call=call.name, day=closed)
            yield self._run(f"closed-{call.id}", closed + DAY, MINUTE_PAST_MIDNIGHT, name, call.phase)
        if self.plan.resubmission and self.plan.occasion:
            for number, day in enumerate(self.plan.days_of_return, 1):
                name = self._say("resubmission", self.plan.occasion.date, name=self.plan.resubmission.name, day=day)
                yield self._run(f"resubmission-{number}", day, MORNING, name)

    def daily(self, first: dt.date, days: int) -> Iterator[PlannedRun]:
        for day in (first + n * DAY for n in range(days)):
            yield self._run(f"{DAILY}-{day.isoformat()}", day, MORNING, daily_pass_name(self.plan, day))

    def _around(self, session: Session) -> Iterator[PlannedRun]:
        day = session.date.day
        frozen = self._say("freeze", session.date, day=day)
        yield self._run(f"freeze-{session.id}", session.papers_due.day, FREEZE, frozen, session.phase)
        eve, evening = self._say("eve", session.date, day=day), self._say("evening", session.date, day=day)
        yield self._run(f"eve-{session.id}", self._workday_before(day), NOON, eve, session.phase)
        yield self._run(f"evening-{session.id}", day, EVENING, evening)

    def _workday_before(self, day: dt.date) -> dt.date:
        day -= DAY
        while not is_workday(self.plan, day):
            day -= DAY
        return day

    def _say(self, key: str, when: When, **facts: Fact) -> str:
        doubt = "" if when.certain else self.words.say(f"agenda.doubt.{when.status}")
        return self.words.say(f"agenda.run.{key}", **facts) + doubt

    def _run(self, slug: str, day: dt.date, time: dt.time, name: str, phase: int | None = None) -> PlannedRun:
        return PlannedRun(slug, dt.datetime.combine(day, time, self.plan.zone), name, phase)
