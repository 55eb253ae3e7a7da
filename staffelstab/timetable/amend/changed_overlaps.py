"""Overlaps and gaps before and after a change."""

from __future__ import annotations

import datetime as dt

from staffelstab.language import Fact, Language
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.overlaps import Span, gaps, overlaps

Pair = tuple[str, int, int]


def changed_overlaps(before: Plan, after: Plan) -> tuple[str, ...]:
    """A sentence for every two phases that overlap, or leave a gap, otherwise than before; a gap of a mere weekend is none."""
    words = before.words
    then, now = _spans(before), _spans(after)
    changed = [pair for pair in dict.fromkeys((*then, *now)) if _days(then.get(pair)) != _days(now.get(pair))]
    return tuple(_sentence(words, pair, then.get(pair), now.get(pair)) for pair in sorted(changed, key=lambda p: p[1]))


def _spans(plan: Plan) -> dict[Pair, Span]:
    found = [("overlap", span) for span in overlaps(plan)]
    found += [("gap", span) for span in gaps(plan) if not span.harmless]
    return {(kind, span.before.number, span.after.number): span for kind, span in found}


def _days(span: Span | None) -> tuple[dt.date, dt.date] | None:
    return (span.first, span.last) if span else None


def _sentence(words: Language, pair: Pair, before: Span | None, after: Span | None) -> str:
    kind, first, second = pair
    numbers: dict[str, Fact] = {"before": first, "after": second}
    if after is None:
        return words.say(f"amend.span.{kind}_gone", **numbers, **_facts(before))
    said = words.say(f"amend.span.{kind}", **numbers, **_facts(after))
    return said if before is None else f"{said} {words.say('amend.span.formerly', **_facts(before))}"


def _facts(span: Span | None) -> dict[str, Fact]:
    return {"first": span.first, "last": span.last, "n": span.days} if span else {}
