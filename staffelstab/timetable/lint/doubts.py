"""What is not certain about the dates of a plan, and how it becomes certain (R28, R45, R53, R54, R82, R103)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from staffelstab.language import Fact, Language
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import Date, dates
from staffelstab.timetable.lint.phrases import days, either
from staffelstab.timetable.plan.deciders import deciders_of_open
from staffelstab.timetable.plan.model import Event, Office, Plan, Strength, Value
from staffelstab.timetable.plan.rule_text import rule_text


def proposed_day(subject: Subject) -> Iterator[Finding]:
    """A day is proposed, and others are possible (R45, R54)."""
    for date in _open(subject.plan):
        if date.when.date and date.when.candidates:
            yield _finding(_proposed(date), subject.plan, date)


def _proposed(date: Date) -> str:
    if date.when.date not in date.when.candidates:
        return "day_not_possible"
    return "day_proposed" if len(set(date.when.candidates)) > 1 else "day_proposed_alone"


def unknown_day(subject: Subject) -> Iterator[Finding]:
    """No day is known (R103). What merely hangs on such a day is not said again."""
    for date in _open(subject.plan):
        if date.when.status == "unknown" and not date.when.date and not date.when.rule:
            code = "day_unknown" if date.when.candidates else "day_unknown_at_all"
            yield _finding(code, subject.plan, date, "may" if isinstance(date.item, Event) else None)


def derived_deadline(subject: Subject) -> Iterator[Finding]:
    """A call says no day until which papers are wanted; one was derived (R82)."""
    for date in _plain(subject.plan, "derived"):
        if date.part == "calls.deadline":
            yield _finding("deadline_derived", subject.plan, date)


def derived_day(subject: Subject) -> Iterator[Finding]:
    """A day follows from another by a rule."""
    for date in _plain(subject.plan, "derived"):
        if date.part not in {"calls.deadline", "sessions.papers_due"}:
            code = "day_derived" if date.when.rule else "day_derived_without_rule"
            yield _finding(code, subject.plan, date, "information")


def derived_papers(subject: Subject) -> Iterator[Finding]:
    """When papers are due follows from their sessions; all of it in one finding (R42)."""
    found = [date for date in _plain(subject.plan, "derived") if date.part == "sessions.papers_due"]
    if found:
        words = subject.plan.words
        facts: dict[str, Fact] = {"n": len(found), "days": days(words, [date.when.day for date in found])}
        yield Finding("papers_derived", "information", found[0].path, facts=facts)


def assumed_day(subject: Subject) -> Iterator[Finding]:
    """A day that nobody resolved and no rule gives (R53)."""
    for date in _plain(subject.plan, "assumed"):
        yield _finding("day_assumed", subject.plan, date)


def two_readings(subject: Subject) -> Iterator[Finding]:
    """One sentence, two last days: how much time is left to each (R28)."""
    plan = subject.plan
    end = max((phase.end.date for phase in plan.phases if phase.end.date), default=None)
    read: defaultdict[str, list[tuple[int, Event]]] = defaultdict(list)
    for place, event in enumerate(plan.events):
        if event.quote and event.wall and event.date.date:
            read[event.quote].append((place, event))
    for quote, events in read.items():
        if end and len({event.date.day for _, event in events}) > 1:
            slack = sorted((event.date.day - end).days for _, event in events)
            severity: Strength = "must" if slack[-1] < 0 else "should" if slack[0] < 0 else "information"
            yield Finding("two_readings", severity, f"$.events[{events[0][0]}].date", quote, _readings(plan, events))


def _readings(plan: Plan, events: list[tuple[int, Event]]) -> dict[str, Fact]:
    words = plan.words
    end = max(phase.end.date for phase in plan.phases if phase.end.date)
    ordered = sorted({event.date.day for _, event in events})
    spare = [_spare(words, (day - end).days, day) for day in ordered]
    return {"days": either(words, ordered), "end": end, "spare": words.listed(spare)}


def _spare(words: Language, days: int, last: dt.date) -> str:
    return words.say(f"lint.two_readings.{'spare' if days >= 0 else 'late'}", n=abs(days), day=last)


def _open(plan: Plan) -> Iterator[Date]:
    return (date for date in dates(plan) if not date.when.certain and date.when.status != "open")


def _plain(plan: Plan, status: str) -> Iterator[Date]:
    """Dates of this status with a day and no other candidates."""
    return (date for date in _open(plan) if date.when.status == status and date.when.date and not date.when.candidates)


def _finding(code: str, plan: Plan, date: Date, severity: Strength | None = None) -> Finding:
    words = plan.words
    about = _about(plan, date)
    when = date.when
    rule = rule_text(plan, when.rule, getattr(date.item, "id", ""), words) if when.rule else ""
    facts: dict[str, Fact] = {
        "what": date.named(words),
        "name": getattr(date.item, "name", ""),
        "day": when.date,
        "days": either(words, when.candidates) if when.candidates else "",
        "rule": rule,
        "reckoned": words.say("lint.word.reckoned", rule=rule) if rule else "",
        "note": when.note,
        **_confirmed(plan, date),
    }
    return Finding(code, severity or about.strength, date.path, about.quote, facts)


def _about(plan: Plan, date: Date) -> Value:
    """Whose sentence speaks of the date: the end of a term is what the successor's says (R54)."""
    if isinstance(date.item, Office) and date.part == "offices.until":
        wanted = date.item.successor
        return next((office for office in plan.offices if office.id == wanted and office.quote), date.item)
    return date.item


def _confirmed(plan: Plan, date: Date) -> dict[str, Fact]:
    """What confirms the day: the proposed day or the first that is possible, and the body that decides."""
    day = date.when.date or next(iter(date.when.candidates), None)
    by = deciders_of_open(plan, date.item, date.part.partition(".")[2])[0]
    shown = day.isoformat() if day else plan.words.say("lint.word.some_day")
    return {"item": date.name, "iso": shown, "by": by}


RULES: tuple[Rule, ...] = (
    proposed_day,
    unknown_day,
    derived_deadline,
    derived_day,
    derived_papers,
    assumed_day,
    two_readings,
)
