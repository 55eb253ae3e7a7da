"""Whether the sentence of a date says that date: another day, no day, a year that was added (R43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

from staffelstab.language import Fact, Language
from staffelstab.lint.dates import Date, dates
from staffelstab.lint.finding import Finding, Rule, Subject
from staffelstab.lint.wording import days
from staffelstab.plan.model import Phase, Plan, Strength
from staffelstab.reading.dates import Mention, mentions, spans

_ACCOMPANYING = frozenset({"calls.opens", "sessions.papers_due", "offices.since"})
"""Dates that an item's sentence need not name: it is about another of the item's dates."""


def other_day(subject: Subject) -> Iterator[Finding]:
    """An adopted date whose sentence names another day, or none."""
    for date in _adopted(subject.plan):
        named = _named(date)
        if any(item.first <= _day(date) <= item.last for item in named) or _day(date) in _anchors(subject.plan, date):
            continue
        if date.part in _ACCOMPANYING:
            yield _finding("day_not_said", subject.plan, date, "may")
        elif named:
            yield _finding("other_day", subject.plan, date, date.item.strength)
        else:
            yield _finding("day_not_said", subject.plan, date, "should" if date.item.strength == "must" else "may")


def candidate_not_said(subject: Subject) -> Iterator[Finding]:
    """A candidate outside the period that the sentence names."""
    words = Language(subject.plan.language)
    for date in dates(subject.plan):
        named = _mentions(date.item.quote, date.when.candidates[0]) if date.when.candidates and date.item.quote else ()
        for day in date.when.candidates:
            if named and not date.when.rule and not any(item.first <= day <= item.last for item in named):
                facts: dict[str, Fact] = {
                    "what": date.named(words),
                    "day": day,
                    "named": _listed(words, named, date.item.quote),
                }
                yield Finding("candidate_not_said", "should", date.path, date.item.quote, facts)


def year_not_marked(subject: Subject) -> Iterator[Finding]:
    """A year that the sentence leaves out is marked as added (R43)."""
    words = Language(subject.plan.language)
    for date in _adopted(subject.plan):
        if _without_year(date) and date.when.added != "year":
            facts: dict[str, Fact] = {"what": date.named(words), "day": _day(date), "year": str(_day(date).year)}
            facts["iso"] = _day(date).isoformat()
            yield Finding("year_not_marked", "should", date.path, date.item.quote, facts)


def year_added(subject: Subject) -> Iterator[Finding]:
    """The years that were added, in one finding (R43)."""
    found = [date for date in _adopted(subject.plan) if date.when.added == "year" and _without_year(date)]
    if found:
        words = Language(subject.plan.language)
        facts: dict[str, Fact] = {"n": len(found), "days": days(words, [_day(date) for date in found])}
        yield Finding("year_added", "information", found[0].path, found[0].item.quote, facts)


def _adopted(plan: Plan) -> Iterator[Date]:
    """The dates that the resolution itself is to have said: not what follows by a rule or was confirmed or moved since."""
    return (date for date in dates(plan) if date.when.date and date.when.status == "adopted" and date.item.quote)


def _day(date: Date) -> dt.date:
    return date.when.day


def _without_year(date: Date) -> bool:
    said = [item for item in _named(date) if item.first <= _day(date) <= item.last]
    return bool(said) and all(item.added == "year" for item in said)


def _named(date: Date) -> tuple[Mention, ...]:
    """What the sentence names for this date: of a phase's range its beginning or its end, otherwise everything."""
    near = _near(date)
    if isinstance(date.item, Phase) and (ranges := spans(date.item.quote, near)):
        side = ranges[0].first if date.part == "phases.start" else ranges[0].last
        return (side,) if side else ()
    return _mentions(date.item.quote, near)


@cache
def _mentions(quote: str, near: dt.date) -> tuple[Mention, ...]:
    return mentions(quote, near)


def _near(date: Date) -> dt.date:
    """Where a date without a year is looked for: within its phase."""
    first = date.phase.start.date if date.phase else None
    last = date.phase.end.date if date.phase else None
    day = max(_day(date), first) if first else _day(date)
    return min(day, last) if last else day


def _anchors(plan: Plan, date: Date) -> set[dt.date | None]:
    """Days on which an accompanying date may lie without a word: with its phase, or with the resolution itself."""
    if date.part not in {"calls.opens", "offices.since"}:
        return set()
    return {plan.resolution.date, date.phase.start.date if date.phase else None}


def _finding(code: str, plan: Plan, date: Date, severity: Strength) -> Finding:
    words = Language(plan.language)
    facts: dict[str, Fact] = {
        "what": date.named(words),
        "day": _day(date),
        "named": _listed(words, _named(date), date.item.quote),
    }
    facts |= {"item": date.name, "iso": _day(date).isoformat()}
    return Finding(code, severity, date.path, date.item.quote, facts)


def _listed(words: Language, named: tuple[Mention, ...], quote: str) -> str:
    return words.listed(words.quoted(quote[item.start : item.end]) for item in named)


RULES: tuple[Rule, ...] = (other_day, candidate_not_said, year_not_marked, year_added)
