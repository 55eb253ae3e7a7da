"""Days on which hardly anybody works: public holidays of the plan's place, Sundays and Saturdays (R33, R37).

The adopted day stays what it is; what is proposed is to say which working day is meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.agenda.reminders import reminder_day
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import Date, known
from staffelstab.timetable.lint.phrases import with_weekday
from staffelstab.timetable.lint.place_name import place_name
from staffelstab.timetable.plan.holidays import holiday, is_workday
from staffelstab.timetable.plan.model import Plan, Strength

ONE = dt.timedelta(days=1)

_WATCHED: dict[str, Strength] = {
    "phases.start": "information",
    "calls.opens": "information",
    "calls.deadline": "information",
    "sessions.papers_due": "information",
    "sessions.date": "should",
    "offices.until": "information",
}
"""What should not lie on a public holiday, and how much it matters."""

_WORK = ("calls.deadline", "sessions.papers_due")
"""What is handed in or finished, and so not on a weekend either; sessions and phases may well begin on one."""


def on_a_holiday(subject: Subject) -> Iterator[Finding]:
    """Something of the timetable lies on a public holiday (R37)."""
    for date, day in known(subject.plan):
        if date.part in _WATCHED and (name := holiday(subject.plan, day)):
            yield _finding("holiday", subject.plan, date, day, _WATCHED[date.part], holiday=name)


def on_a_weekend(subject: Subject) -> Iterator[Finding]:
    """A deadline lies on a Sunday or a Saturday (R33)."""
    for date, day in known(subject.plan):
        if date.part in _WORK and day.weekday() >= 5 and not holiday(subject.plan, day):
            yield _finding("weekend", subject.plan, date, day, "information")


def reminded_on_a_day_off(subject: Subject) -> Iterator[Finding]:
    """A reminder that no working day is left for: the others move by themselves (R60)."""
    plan = subject.plan
    words = plan.words
    calls = {call.id: call for call in plan.calls}
    for place, reminder in enumerate(plan.reminders):
        call = calls[reminder.call]
        for days in reminder.days_before:
            day = reminder_day(plan, call, call.deadline.day - days * ONE)
            if not is_workday(plan, day):
                facts: dict[str, Fact] = {"name": call.name, "day": day, "weekday": words.weekday(day), "n": days}
                yield Finding("reminder_off", "information", f"$.reminders[{place}]", call.quote, facts)


def _finding(code: str, plan: Plan, date: Date, day: dt.date, severity: Strength, **more: Fact) -> Finding:
    words = plan.words
    before, after = workday(plan, day, -ONE), workday(plan, day, ONE)
    facts: dict[str, Fact] = {
        "what": date.named(words),
        "day": day,
        "weekday": words.weekday(day),
        "before": with_weekday(words, before),
        "after": with_weekday(words, after),
        "place": place_name(plan),
        **more,
    }
    return Finding(code, severity, date.path, date.item.quote, facts)


def workday(plan: Plan, day: dt.date, step: dt.timedelta) -> dt.date:
    """The next working day from `day` in the direction of `step`."""
    while not is_workday(plan, day):
        day += step
    return day


RULES: tuple[Rule, ...] = (on_a_holiday, on_a_weekend, reminded_on_a_day_off)
