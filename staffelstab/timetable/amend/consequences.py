"""Consequences of a change: every day of a plan that it moves, found by comparing the plan before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from staffelstab.language import Language
from staffelstab.timetable.agenda.planned_runs import planned_runs
from staffelstab.timetable.agenda.reminders import planned_days, reminder_day
from staffelstab.timetable.agenda.report_days import report_days
from staffelstab.timetable.amend.items import label
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import Slot, slots

Kind = Literal["moved", "follows", "reminder", "report", "run"]
Day = dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Consequence:
    """One day before and after. `kind` "moved" was asked for, the others follow; None: there is no such day.

    `item` is the name of the date, "" for what has none (reminders, reports, runs).
    """

    kind: Kind
    item: str
    label: str
    before: Day
    after: Day

    @property
    def days(self) -> int | None:
        """By how many calendar days it moves; None where one side has no day."""
        return None if self.before is None or self.after is None else (_date(self.after) - _date(self.before)).days


def consequences(before: Plan, after: Plan, moves: Sequence[Change]) -> tuple[Consequence, ...]:
    """Every day that differs: what was asked for first, then what follows, each by the day it has now."""
    words = before.words
    asked = {move.item for move in moves}
    dates = tuple(_dates(before, after, asked, words))
    wanted = [row for row in dates if row.kind == "moved"]
    rest = [row for row in dates if row.kind != "moved"]
    rest += [*_reminders(before, after, words), *_reports(before, after, words)]
    return (*wanted, *sorted(rest, key=_order), *sorted(_runs(before, after), key=_order))


def _dates(before: Plan, after: Plan, asked: set[str], words: Language) -> Iterator[Consequence]:
    then, now = slots(before), slots(after)
    for name in dict.fromkeys((*then, *now)):
        old, new = _day(then.get(name)), _day(now.get(name))
        if old != new:
            kind: Kind = "moved" if name in asked else "follows"
            yield Consequence(kind, name, label(before, then[name], words), old, new)


def _day(slot: Slot | None) -> dt.date | None:
    return slot.when.date if slot else None


def _reminders(before: Plan, after: Plan, words: Language) -> Iterator[Consequence]:
    for call in before.calls:
        old, new = _real_days(before, call.id), _real_days(after, call.id)
        yield from _pairs("reminder", words.say("amend.label.reminder", name=call.name), old, new)


def _real_days(plan: Plan, call: str) -> tuple[dt.date, ...]:
    found = plan.call(call)
    return tuple(reminder_day(plan, found, planned) for planned in planned_days(plan, found))


def _reports(before: Plan, after: Plan, words: Language) -> Iterator[Consequence]:
    until = max(_end(before), _end(after))
    old, new = report_days(before, until), report_days(after, until)
    name = words.say("amend.label.report", body=name_of(before, before.resolution.body))
    gone = [day for day in old if day not in new]
    come = [day for day in new if day not in old]
    yield from (Consequence("report", "", name, day, None) for day in gone)
    yield from (Consequence("report", "", name, None, day) for day in come)


def _end(plan: Plan) -> dt.date:
    """The last day on which anything of the plan's work happens."""
    ends = [phase.end.date or phase.start.day for phase in plan.phases]
    return max([*ends, *(session.date.day for session in plan.sessions)])


def _pairs(kind: Kind, name: str, old: Sequence[dt.date], new: Sequence[dt.date]) -> Iterator[Consequence]:
    for one, other in zip_longest(old, new):
        if one != other:
            yield Consequence(kind, "", name, one, other)


def _runs(before: Plan, after: Plan) -> Iterator[Consequence]:
    then, now = ({run.slug: run for run in planned_runs(plan) if not run.repeats} for plan in (before, after))
    for slug in dict.fromkeys((*then, *now)):
        old, new = then.get(slug), now.get(slug)
        if (old and old.at) != (new and new.at):
            name = new.name if new else old.name if old else slug
            yield Consequence("run", "", name, old.at if old else None, new.at if new else None)


def _order(row: Consequence) -> tuple[dt.date, str]:
    return _date(row.before or row.after or dt.date.max), row.label


def _date(day: dt.date | dt.datetime) -> dt.date:
    return day.date() if isinstance(day, dt.datetime) else day
