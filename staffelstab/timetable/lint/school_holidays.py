"""School holidays and other breaks inside phases, and what lies in them (R35, R38, R44, R70)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import known
from staffelstab.timetable.lint.phrases import period
from staffelstab.timetable.plan.model import Break, Phase, Plan, Strength

Shared = list[tuple[Break, dt.date, dt.date]]
Work = tuple[str, dt.date, dt.date]

_DATES: dict[str, Strength] = {"sessions.date": "should", "calls.deadline": "may", "sessions.papers_due": "may"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The breaks of a plan in their order, asked by their last day."""

    breaks: tuple[Break, ...]
    ends: tuple[dt.date, ...]

    def within(self, first: dt.date, last: dt.date) -> Iterator[tuple[Break, dt.date, dt.date]]:
        """The breaks that touch the days from `first` to `last`, with the days they share."""
        for item in self.breaks[bisect_left(self.ends, first) :]:
            if item.since > last:
                return
            yield item, max(item.since, first), min(item.until, last)


def breaks(plan: Plan) -> Calendar:
    """The plan's breaks, by their end."""
    ordered = tuple(sorted(plan.breaks, key=lambda item: (item.until, item.since)))
    return Calendar(ordered, tuple(item.until for item in ordered))


def in_phases(subject: Subject) -> Iterator[Finding]:
    """How much of a phase is holidays; sharper where somebody is to be heard or called in them (R35, R70)."""
    calendar, working = breaks(subject.plan), _working(subject.plan)
    for place, phase in enumerate(subject.plan.phases):
        shared = list(calendar.within(phase.start.day, phase.end.date)) if phase.end.date else []
        if shared:
            names = _at_work(working[phase.number], shared)
            yield _in_phase(subject.plan, f"$.phases[{place}]", phase, shared, names)


def _working(plan: Plan) -> Mapping[int, list[Work]]:
    """By phase: what needs people, and from when until when."""
    found: defaultdict[int, list[Work]] = defaultdict(list)
    ends = {phase.number: (phase.start.day, phase.end.date or phase.start.day) for phase in plan.phases}
    for hearing in plan.hearings:
        found[hearing.phase].append((hearing.name, *ends[hearing.phase]))
    for call in plan.calls:
        found[call.phase].append((call.name, call.opens.day, call.deadline.day))
    return found


def _at_work(working: list[Work], shared: Shared) -> list[str]:
    return [name for name, first, last in working if any(a <= last and b >= first for _, a, b in shared)]


def _in_phase(plan: Plan, path: str, phase: Phase, shared: Shared, names: list[str]) -> Finding:
    words = plan.words
    taken = {a + dt.timedelta(days=offset) for _, a, b in shared for offset in range((b - a).days + 1)}
    days = (phase.end.day - phase.start.day).days + 1
    facts: dict[str, Fact] = {
        "phase": phase.number,
        "name": phase.name,
        "n": len(taken),
        "days": days,
        "share": round(100 * len(taken) / days),
        "breaks": words.listed(f"{item.name} ({period(words, a, b)})" for item, a, b in shared),
        "work": words.listed(words.quoted(name) for name in names),
    }
    if names:
        return Finding("break_at_work", "should", path, phase.quote, facts)
    return Finding("break_in_phase", "information", path, phase.quote, facts)


def dates_in_breaks(subject: Subject) -> Iterator[Finding]:
    """A session, a deadline or the day on which papers are due lies in the holidays (R44)."""
    words = subject.plan.words
    calendar = breaks(subject.plan)
    for date, day in known(subject.plan):
        for item, _, _ in calendar.within(day, day) if date.part in _DATES else ():
            facts: dict[str, Fact] = {
                "what": date.named(words),
                "day": day,
                "break": item.name,
                "period": period(words, item.since, item.until),
            }
            yield Finding("date_in_break", _DATES[date.part], date.path, date.item.quote, facts)


RULES: tuple[Rule, ...] = (in_phases, dates_in_breaks)
