"""The days of the phases: said, taken from an overview, or assumed, each shown as what it is (R31-R43)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.vocabulary.words import whole

_DAY = dt.timedelta(days=1)
_WEEKS_AFTER = dt.timedelta(days=70)
_TILL = whole("phases.till")
_EARLY, _MIDDLE = whole("dates.early_part"), whole("dates.middle_part")
_OPEN = When(status="open")

_Edge = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Period:
    """When a phase runs: a start always has a day, an end may be open. `questions` are about both."""

    section: Section
    start: When
    end: When
    questions: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The phase's number."""
        return self.section.number

    @property
    def last(self) -> dt.date:
        """Its last day; its first where the end is open."""
        return self.end.date or self.start.day


@dataclass(frozen=True, slots=True)
class Timetable:
    """When each phase runs, and the day of the resolution; where that is not known, the first day of the first phase."""

    periods: tuple[Period, ...]
    resolved_on: dt.date

    def of(self, section: Section) -> Period:
        """The period of a phase. Raises KeyError."""
        return {period.number: period for period in self.periods}[section.number]

    def running_on(self, day: dt.date) -> Section | None:
        """The phase that runs on a day, the latest of several; otherwise the last that has begun."""
        begun = [period for period in self.periods if period.start.day <= day]
        return max(begun, key=lambda period: period.start.day).section if begun else None

    def settled(self, mention: Mention, section: Section | None) -> dt.date:
        """The day of a mention; where its year is not said, the one that fits the phase it stands in (R43)."""
        if not mention.added or section is None:
            return mention.first
        period = self.of(section)
        for year in range(period.start.day.year, period.last.year + 2):
            day = _in_year(mention.first, year)
            if period.start.day <= day <= period.last + _WEEKS_AFTER:
                return day
        return mention.first


def _in_year(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def marked(date: dt.date, mention: Mention) -> When:
    """A day of the text, marked where its year is not said there (R43)."""
    return When(date, added="year" if mention.added else "")


def assumed(date: dt.date, note: str) -> When:
    """A day that nobody has resolved, with the reason why it stands here."""
    return When(date, "assumed", note=note)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is known of one edge of a phase, and what is asked about it."""

    when: When
    questions: tuple[str, ...] = ()


def find_timetable(document: Document) -> Timetable:
    """When each phase runs. One that says nothing of its start follows the one before."""
    periods: list[Period] = []
    for place, section in enumerate(document.sections):
        periods.append(_period(document, section, periods[-1:], document.sections[place + 1 :]))
    day = document.sheet.day
    return Timetable(tuple(periods), day.first if day else min(period.start.day for period in periods))


def _period(document: Document, section: Section, before: Sequence[Period], after: Sequence[Section]) -> Period:
    start = _start(document, section, before)
    end = _end(document, section, start.when.day, after)
    if end.when.date and end.when.date < start.when.day:  # contradictory: not for a rule to mend
        end = _Answer(_OPEN, (document.ask("phase_end", number=section.number),))
    return Period(section, start.when, end.when, (*start.questions, *end.questions))


def _start(document: Document, section: Section, before: Sequence[Period]) -> _Answer:
    for span in (section.span, section.overview_span):
        if span and span.first:
            return _stated(document, span.first, span.first.first)
    guess = before[-1].last + _DAY if before else _earliest(document)
    return _guessed(document, section, "start", guess)


def _end(document: Document, section: Section, start: dt.date, after: Sequence[Section]) -> _Answer:
    if span := section.span or section.overview_span:  # "from …": nothing is invented (R39)
        return _stated(document, span.last, span.last.last) if span.last else _Answer(_OPEN)
    following = next((item.span.first for item in after if item.span and item.span.first), None)
    if following and following.first > start:
        return _guessed(document, section, "end", following.first - _DAY)
    return _Answer(_OPEN, (_question(document, section, "end"),))


def _guessed(document: Document, section: Section, edge: _Edge, date: dt.date) -> _Answer:
    words = _unread(section, edge)
    note = document.say(f"note.said_{edge}", said=words) if words else document.say(f"note.no_{edge}")
    return _Answer(assumed(date, note), (_question(document, section, edge),))


def _question(document: Document, section: Section, edge: _Edge) -> str:
    if words := _unread(section, edge):
        return document.ask(f"phase_{edge}_said", number=section.number, said=words)
    return document.ask(f"phase_{edge}", number=section.number)


def _unread(section: Section, edge: _Edge) -> str:
    """The words in brackets that speak of a phase's start or end without being a day; "" where they say nothing of it."""
    ends = _TILL.search(section.bracket)
    about = ends if edge == "end" else not ends or ends.start() > 0
    return section.bracket if about else ""


def _stated(document: Document, mention: Mention, date: dt.date) -> _Answer:
    """A day as the text has it; of a month, its first or last day, derived."""
    if mention.part:
        return _part(document, mention, first=date == mention.first)
    if mention.grain != "day":
        return _Answer(When(date, "derived", note=document.say("note.month")), (document.ask("month"),))
    return _Answer(marked(date, mention), (document.ask("year", day=date),) if mention.added else ())


def _part(document: Document, mention: Mention, *, first: bool) -> _Answer:
    """A day within a part of a month, assumed: of the beginning the 1st to the 10th, of the end the 21st to the last."""
    month = mention.first
    if _EARLY.match(mention.part):
        date = month if first else month.replace(day=10)
    elif _MIDDLE.match(mention.part):
        date = month.replace(day=15)
    else:
        date = month.replace(day=21) if first else mention.last
    question = document.ask("part", word=mention.part, day=date)
    return _Answer(assumed(date, document.say("note.part", word=mention.part)), (question,))


def _earliest(document: Document) -> dt.date:
    """The day of the resolution, otherwise the first day that the text names."""
    if document.sheet.day:
        return document.sheet.day.first
    mentions = document.layout.mentions(document.layout.source.text)
    return min((mention.first for mention in mentions if mention.grain == "day"), default=dt.date(2000, 1, 1))
