"""Whether the sentence of a date says that date: another day, no day, a year that was added (R43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from staffelstab.language import LANGUAGES, Fact, Language
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import Date, dates, known
from staffelstab.timetable.lint.phrases import days
from staffelstab.timetable.plan.model import Phase, Plan, Strength
from staffelstab.timetable.reading.dates import Mention, Span, mentions, spans
from staffelstab.timetable.reading.months import FULL
from staffelstab.timetable.vocabulary.words import text

_IN_FULL = {language: text("dates.in_full", language) for language in LANGUAGES}

_ACCOMPANYING = frozenset({"calls.opens", "sessions.papers_due", "offices.since"})
"""Dates that an item's sentence need not name: it is about another of the item's dates."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that the resolution itself is to have said, and what its sentence names for it."""

    date: Date
    named: tuple[Mention, ...]

    @property
    def day(self) -> dt.date:
        """The day in the plan."""
        return self.date.when.day

    @property
    def said(self) -> tuple[Mention, ...]:
        """What the sentence says of this very day."""
        return tuple(item for item in self.named if item.first <= self.day <= item.last)

    @property
    def without_year(self) -> bool:
        """Whether the sentence says the day, and never its year."""
        return bool(self.said) and all(item.added == "year" for item in self.said)

    def facts(self, words: Language) -> dict[str, Fact]:
        """What findings say of it."""
        quoted = (self.date.item.quote[item.start : item.end] for item in self.named)
        return {
            "what": self.date.named(words),
            "day": self.day,
            "year": str(self.day.year),
            "iso": self.day.isoformat(),
            "item": self.date.name,
            "named": words.listed(words.quoted(item) for item in quoted),
        }


def other_day(subject: Subject) -> Iterator[Finding]:
    """An adopted date whose sentence names another day, or none."""
    plan = subject.plan
    for reading in readings(plan):
        date = reading.date
        if reading.said or reading.day in _anchors(plan, date):
            continue
        if date.part in _ACCOMPANYING:
            yield _finding("day_not_said", plan, reading, "may")
        elif reading.named:
            yield _finding("other_day", plan, reading, date.item.strength)
        else:
            yield _finding("day_not_said", plan, reading, "should" if date.item.strength == "must" else "may")


def candidate_not_said(subject: Subject) -> Iterator[Finding]:
    """A candidate outside the period that the sentence names."""
    words = subject.plan.words
    for date in dates(subject.plan):
        days, quote = date.when.candidates, date.item.quote
        named = mentions(quote, days[0]) if days and quote and not date.when.rule else ()
        for day in days if named else ():
            if not any(item.first <= day <= item.last for item in named):
                said = words.listed(words.quoted(quote[item.start : item.end]) for item in named)
                facts: dict[str, Fact] = {"what": date.named(words), "day": day, "named": said}
                yield Finding("candidate_not_said", "should", date.path, quote, facts)


def year_not_marked(subject: Subject) -> Iterator[Finding]:
    """A year that the sentence leaves out is marked as added (R43)."""
    for reading in readings(subject.plan):
        if reading.without_year and reading.date.when.added != "year":
            yield _finding("year_not_marked", subject.plan, reading, "should")


def year_added(subject: Subject) -> Iterator[Finding]:
    """The years that were added, in one finding (R43)."""
    marked = [item for item in readings(subject.plan) if item.date.when.added == "year" and item.without_year]
    if marked:
        words = subject.plan.words
        facts: dict[str, Fact] = {"n": len(marked), "days": days(words, [item.day for item in marked])}
        yield Finding("year_added", "information", marked[0].date.path, marked[0].date.item.quote, facts)


@cache
def readings(plan: Plan) -> tuple[Reading, ...]:
    """The adopted dates that have a sentence: not what follows by a rule, or was confirmed or moved since."""
    adopted = (date for date, _ in known(plan) if date.when.status == "adopted" and date.item.quote)
    return tuple(Reading(date, _named(date)) for date in adopted)


def _named(date: Date) -> tuple[Mention, ...]:
    """What the sentence names for this date: of a phase's range its beginning or its end, otherwise everything."""
    quote, near = date.item.quote, _near(date)
    if isinstance(date.item, Phase) and (ranges := _ranges(quote, near)):
        side = ranges[0].first if date.part == "phases.start" else ranges[0].last
        return (side,) if side else ()
    if whole := _in_full(quote, date.when.day):
        return (whole,)
    found = _anyhow(quote)
    return mentions(quote, near) if any(item.added for item in found) else found


def _in_full(quote: str, day: dt.date) -> Mention | None:
    """The day itself where it stands in full and plainly, as "9. März 2018" or "9 March 2018": that needs no reading."""
    for language, form in _IN_FULL.items():
        written = form.format(day=day.day, month=FULL[language][day.month - 1], year=day.year)
        at = quote.find(written)
        end = at + len(written)
        if at >= 0 and not quote[max(at - 1, 0) : at].isdigit() and not quote[end : end + 1].isdigit():
            return Mention(day, day, "day", at, end)
    return None


def _ranges(quote: str, near: dt.date) -> tuple[Span, ...]:
    found = _ranges_anyhow(quote)
    sides = (side for span in found for side in (span.first, span.last))
    return spans(quote, near) if any(side.added for side in sides if side) else found


_ANY_DAY = dt.date(2000, 1, 1)


@lru_cache(maxsize=1_000)
def _anyhow(quote: str) -> tuple[Mention, ...]:
    """What a sentence names; good for every date of its item, where the sentence says all years itself."""
    return mentions(quote, _ANY_DAY)


@lru_cache(maxsize=1_000)
def _ranges_anyhow(quote: str) -> tuple[Span, ...]:
    return spans(quote, _ANY_DAY)


def _near(date: Date) -> dt.date:
    """Where a date without a year is looked for: within its phase."""
    first = date.phase.start.date if date.phase else None
    last = date.phase.end.date if date.phase else None
    day = max(date.when.day, first) if first else date.when.day
    return min(day, last) if last else day


def _anchors(plan: Plan, date: Date) -> set[dt.date | None]:
    """Days on which an accompanying date may lie without a word: with its phase, or with the resolution itself."""
    if date.part not in {"calls.opens", "offices.since"}:
        return set()
    return {plan.resolution.date, date.phase.start.date if date.phase else None}


def _finding(code: str, plan: Plan, reading: Reading, severity: Strength) -> Finding:
    facts = reading.facts(plan.words)
    return Finding(code, severity, reading.date.path, reading.date.item.quote, facts)


RULES: tuple[Rule, ...] = (other_day, candidate_not_said, year_not_marked, year_added)
