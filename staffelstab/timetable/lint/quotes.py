"""Every quote stands in the resolution, and every day of the resolution in the plan (U1)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import msgspec

from staffelstab.language import Language
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import dates
from staffelstab.timetable.plan.model import Plan, Value
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention, mentions
from staffelstab.timetable.reading.source import Source

SOME_DAYS = dt.timedelta(days=6)
BESIDE = 12
"""As long as a meeting of several days may take, and the characters between its first day and its last."""


def no_source(subject: Subject) -> Iterator[Finding]:
    """The resolution's text does not lie beside the plan, so that no sentence can be compared."""
    plan = subject.plan
    if subject.source is None and plan.source:
        yield Finding("source_missing", "must", "$.source", facts={"file": plan.source})
    elif subject.source is None:
        yield Finding("source_unnamed", "should", "$")


def quote_not_there(subject: Subject) -> Iterator[Finding]:
    """A quote that the resolution does not have: it was changed in copying, or comes from elsewhere."""
    if subject.source is None:
        return
    quotes = dict.fromkeys(item.quote for _, item in quoted(subject.plan))
    missing = quotes.keys() - subject.source.stretches(quotes).keys()
    for path, item in quoted(subject.plan) if missing else ():
        if item.quote in missing:
            facts = {"file": subject.plan.source, "name": _name(subject.plan, item)}
            yield Finding("quote_not_there", "must", f"{path}.quote", item.quote, facts)


def day_not_planned(subject: Subject) -> Iterator[Finding]:
    """A day to come that the resolution names and the plan does not know."""
    if subject.source is None:
        return
    plan, source = subject.plan, subject.source
    words = plan.words
    named = mentions(source.text, plan.resolution.date)
    known = _days(plan)
    known |= _running_on(named, known)
    without_year = {(day.month, day.day) for day in known}
    at = [item.place.start for item in source.sentences]
    for said in _once(named):
        there = (said.first.month, said.first.day) in without_year if said.added else said.first in known
        if said.first >= plan.resolution.date and not there:
            shown = _shown(words, " ".join(source.text[said.start : said.end].split()), said)
            yield Finding("day_not_planned", "should", "$", _sentence(source, at, said.start), {"day": shown})


def _shown(words: Language, text: str, said: Mention) -> str:
    """The resolution's words for a day; the whole day where they are but its number ("15. bis 18. März")."""
    return words.quoted(text) if len(text.split()) > 1 or text.count(".") > 1 or "-" in text else words.day(said.first)


@cache
def quoted(plan: Plan) -> tuple[tuple[str, Value], ...]:
    """(path, item) of every item that has a quote, in the order of the model."""
    return tuple((path, item) for path, item in _values("$", plan) if item.quote)


def _values(path: str, node: object) -> Iterator[tuple[str, Value]]:
    if isinstance(node, Value):
        yield path, node
    if isinstance(node, msgspec.Struct):
        for field, key in _branches(type(node)):
            yield from _values(f"{path}.{key}", getattr(node, field))
    elif isinstance(node, tuple):
        for place, item in enumerate(node):
            if isinstance(item, msgspec.Struct):
                yield from _values(f"{path}[{place}]", item)


@cache
def _branches(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """The fields of a struct that may hold items, with their keys in the file."""
    plain = (str, int, bool, float, dt.date, When)
    return tuple((field.name, field.encode_name) for field in msgspec.structs.fields(kind) if field.type not in plain)


def _name(plan: Plan, item: Value) -> str:
    name = getattr(item, "name", "") or plan.words.say("lint.word.sheet")
    return str(name)


def _days(plan: Plan) -> set[dt.date]:
    """Every day that the plan knows in any way, those given up since included."""
    found: set[dt.date | None] = {day for item in plan.breaks for day in (item.since, item.until)}
    for date in dates(plan):
        found |= {date.when.date, date.when.former, *date.when.candidates}
    return {day for day in found if day}


def _once(named: tuple[Mention, ...]) -> Iterator[Mention]:
    """Each day where it is named first."""
    seen: set[dt.date] = set()
    for item in named:
        if item.grain == "day" and item.first not in seen:
            seen.add(item.first)
            yield item


def _running_on(named: tuple[Mention, ...], known: set[dt.date]) -> set[dt.date]:
    """The last days of what begins on a known day and takes a few: a congress from 20 to 22 November, on 6 and 7 April."""
    return {
        later.first
        for first, later in pairwise(named)
        if first.first in known
        and dt.timedelta() < later.first - first.first <= SOME_DAYS
        and later.start - first.end <= BESIDE
    }


def _sentence(source: Source, starts: list[int], at: int) -> str:
    """The sentence that holds an offset; `starts` are the offsets at which sentences begin."""
    place = bisect_right(starts, at) - 1
    return source.sentences[place].text if place >= 0 else ""


RULES: tuple[Rule, ...] = (no_source, quote_not_there, day_not_planned)
