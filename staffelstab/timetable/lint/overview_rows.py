"""The overview of a timetable and its detailed dates must not contradict each other (R32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import Date, dates
from staffelstab.timetable.plan.model import Phase, Plan, Session, Strength
from staffelstab.timetable.reading.dates import mentions, spans


@dataclass(frozen=True, slots=True)
class Window:
    """The days an overview allows; None where it is open ("ab AUG 18")."""

    first: dt.date | None
    last: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies within."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def window(phase: Phase) -> Window | None:
    """What the overview says of the phase; None if it names no month or day."""
    named = mentions(phase.overview, phase.start.date)
    if not named:
        return None
    ranges = spans(phase.overview, phase.start.date)
    first = min(item.first for item in named)
    last = max(item.last for item in named)
    return Window(
        None if any(item.first is None for item in ranges) else first,
        None if any(item.last is None for item in ranges) else last,
    )


def outside_overview(subject: Subject) -> Iterator[Finding]:
    """A date of a phase, or one of its candidates, lies outside the months of the overview (R32)."""
    windows = _windows(subject.plan)
    for date in dates(subject.plan):
        allowed = windows.get(date.phase.number) if date.phase else None
        if allowed and not _follows(date, allowed):
            yield from _outside(subject.plan, date, allowed)


def _follows(date: Date, allowed: Window) -> bool:
    """Whether papers are due outside the months only because their session is, which is said of the session."""
    session = date.item if isinstance(date.item, Session) else None
    if session is None or date.part != "sessions.papers_due" or session.papers_due.status != "derived":
        return False
    return not allowed.holds(session.date.day)


def _severity(date: Date, day: dt.date) -> Strength:
    """The item's own; a session after the end of its phase is nothing that the overview speaks of (R65)."""
    end = date.phase.end.date if date.phase else None
    after = isinstance(date.item, Session) and end is not None and day > end
    return "may" if after and date.item.strength != "information" else date.item.strength


def _windows(plan: Plan) -> dict[int, Window]:
    found = ((phase.number, window(phase)) for phase in plan.phases if phase.overview)
    return {number: allowed for number, allowed in found if allowed}


def _outside(plan: Plan, date: Date, allowed: Window) -> Iterator[Finding]:
    day = date.when.date
    if day and not allowed.holds(day):
        yield _finding("outside_overview", plan, date, day)
    for candidate in date.when.candidates:
        if candidate != day and not allowed.holds(candidate):
            yield _finding("candidate_outside_overview", plan, date, candidate)


def _finding(code: str, plan: Plan, date: Date, day: dt.date) -> Finding:
    words = plan.words
    number, overview = (date.phase.number, date.phase.overview) if date.phase else (0, "")
    facts: dict[str, Fact] = {
        "what": date.named(words),
        "day": day,
        "phase": number,
        "overview": words.quoted(overview),
    }
    return Finding(code, _severity(date, day), date.path, date.item.quote, facts)


def unreadable_overview(subject: Subject) -> Iterator[Finding]:
    """An overview that names no month, so that nothing can be compared with it."""
    words = subject.plan.words
    for place, phase in enumerate(subject.plan.phases):
        if phase.overview and window(phase) is None:
            facts: dict[str, Fact] = {
                "phase": phase.number,
                "name": phase.name,
                "overview": words.quoted(phase.overview),
            }
            yield Finding("overview_unreadable", "may", f"$.phases[{place}].overview", phase.quote, facts)


RULES: tuple[Rule, ...] = (outside_overview, unreadable_overview)
