"""The runs of a plan that have a date of their own: before each session above all (R42, R47, R48, R103).

Every morning the daily pass runs and does whatever is due. The moments that matter have runs of their own, so that the
coordinator sees them coming by name, and each is kept although a morning fails:

    a call         begins · each reminder · the minute after it has closed
    a session      draft, a week before its papers are due · papers due · the working day before it · its evening
    a phase        the morning after its end, if no session holds it back
    the plan       each report · the coordinating office passes on · each day on which a resubmission may fall

All of them are harmless to repeat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from staffelstab.language import Fact, Language
from staffelstab.timetable.agenda.reminders import planned_days, reminder_day
from staffelstab.timetable.agenda.report_days import report_days
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Call, Plan, Session
from staffelstab.timetable.plan.when import When

MORNING = dt.time(7)
EARLY = dt.time(6, 45)
"""So that what a morning brings is there before its daily pass."""
FREEZE = dt.time(6, 30)
NOON = dt.time(12)
EVENING = dt.time(22)
MINUTE_PAST_MIDNIGHT = dt.time(0, 1)
DAY = dt.timedelta(days=1)
DRAFT_BEFORE = dt.timedelta(weeks=1)
DAILY = "daily-pass"
ENDED_BY_TIME = frozenset({"deadline", "complete"})
"""Gates at which a phase's last day counts, and no session holds it back."""


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run to come, at a moment in the plan's zone, by the name that the interface shows.

    `slug` stays the same when its date moves; `phase` is None for a run of the daily pass. `repeats` says that its day is that of
    something else in the plan: whoever lists what a moved date changes has named it already.
    """

    slug: str
    at: dt.datetime
    name: str
    phase: int | None = None
    repeats: bool = False


def planned_runs(plan: Plan) -> tuple[PlannedRun, ...]:
    """Every run with a date of its own, in order."""
    return tuple(sorted(_Planning(plan).all(), key=lambda run: (run.at, run.slug)))


def daily_passes(plan: Plan, first: dt.date, days: int) -> tuple[PlannedRun, ...]:
    """The daily passes of some days from `first` on."""
    return tuple(_Planning(plan).daily(first, days))


def names_of(plan: Plan, runs: Iterable[PlannedRun]) -> Callable[[str, dt.datetime], str | None]:
    """Tells the name of a run by its slug and its moment (aware); None for one that is neither of `runs` nor a daily pass."""
    named = {run.slug: run.name for run in runs}

    def name(slug: str, at: dt.datetime) -> str | None:
        return _daily_pass_name(plan, at.astimezone(plan.zone).date()) if slug == DAILY else named.get(slug)

    return name


def _daily_pass_name(plan: Plan, day: dt.date) -> str:
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
            yield from self._of_call(call)
        yield from self._ends_of_phases()
        yield from self._reports()
        yield from self._offices()
        if self.plan.resubmission and self.plan.occasion:
            for number, day in enumerate(self.plan.days_of_return, 1):
                name = self._say("resubmission", self.plan.occasion.date, name=self.plan.resubmission.name, day=day)
                yield self._run(f"resubmission-{number}", day, MORNING, name)

    def daily(self, first: dt.date, days: int) -> Iterator[PlannedRun]:
        for day in (first + n * DAY for n in range(days)):
            yield self._run(f"{DAILY}-{day.isoformat()}", day, MORNING, _daily_pass_name(self.plan, day))

    def _of_call(self, call: Call) -> Iterator[PlannedRun]:
        closed = call.deadline.day
        name = self._say("call_closed", call.deadline, call=call.name, day=closed)
        yield self._run(f"closed-{call.id}", closed + DAY, MINUTE_PAST_MIDNIGHT, name, call.phase)
        opens = self._say("call_opens", call.opens, call=call.name)
        yield self._run(f"opens-{call.id}", call.opens.day, EARLY, opens, repeats=True)
        for planned in planned_days(self.plan, call):
            day, before = reminder_day(self.plan, call, planned), (closed - planned).days
            name = self._say("reminder", call.deadline, call=call.name, day=day)
            yield self._run(f"reminder-{call.id}-{before}", day, EARLY, name, repeats=True)

    def _ends_of_phases(self) -> Iterator[PlannedRun]:
        for phase in self.plan.phases:
            if phase.end.date is not None and phase.gate in ENDED_BY_TIME:
                name = self._say("hand_off", phase.end, number=phase.number, phase=phase.name)
                yield self._run(f"hand-off-{phase.id}", phase.end.day + DAY, EARLY, name, phase.number, repeats=True)

    def _reports(self) -> Iterator[PlannedRun]:
        ends = (phase.end.date for phase in self.plan.phases)
        last = max([*(session.date.day for session in self.plan.sessions), *filter(None, ends)], default=dt.date.min)
        for number, day in enumerate(report_days(self.plan, last), 1):
            yield self._run(f"report-{number}", day, EARLY, self.words.say("agenda.run.report", day=day), repeats=True)

    def _offices(self) -> Iterator[PlannedRun]:
        for office in self.plan.offices:
            if office.successor and office.until and office.until.date:
                name = self._say("office", office.until, office=office.name)
                yield self._run(f"office-{office.id}", office.until.day + DAY, EARLY, name, repeats=True)

    def _around(self, session: Session) -> Iterator[PlannedRun]:
        day = session.date.day
        if (draft := self._workday_before(session.papers_due.day - DRAFT_BEFORE + DAY)) >= self._begin(session):
            name = self._say("draft", session.date, day=day)
            yield self._run(f"draft-{session.id}", draft, EARLY, name, session.phase, repeats=True)
        frozen = self._say("freeze", session.date, day=day)
        yield self._run(f"freeze-{session.id}", session.papers_due.day, FREEZE, frozen, session.phase)
        eve, evening = self._say("eve", session.date, day=day), self._say("evening", session.date, day=day)
        yield self._run(f"eve-{session.id}", self._workday_before(day), NOON, eve, session.phase)
        yield self._run(f"evening-{session.id}", day, EVENING, evening)

    def _begin(self, session: Session) -> dt.date:
        return self.plan.phase(session.phase).start.day

    def _workday_before(self, day: dt.date) -> dt.date:
        day -= DAY
        while not is_workday(self.plan, day):
            day -= DAY
        return day

    def _say(self, key: str, when: When, **facts: Fact) -> str:
        doubt = "" if when.certain else self.words.say(f"agenda.doubt.{when.status}")
        return self.words.say(f"agenda.run.{key}", **facts) + doubt

    def _run(
        self, slug: str, day: dt.date, time: dt.time, name: str, phase: int | None = None, *, repeats: bool = False
    ) -> PlannedRun:
        return PlannedRun(slug, dt.datetime.combine(day, time, self.plan.zone), name, phase, repeats)
