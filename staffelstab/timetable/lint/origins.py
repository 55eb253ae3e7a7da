"""What the plan makes of the resolution's sentences: as binding as they are, none lost, nothing without one unsaid (R109, U1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache

from staffelstab.language import Fact, Language
from staffelstab.timetable.lint.finding import Finding, Part, Rule, Subject
from staffelstab.timetable.lint.passages import INTRODUCING, items, passages
from staffelstab.timetable.plan.model import Plan, Value
from staffelstab.timetable.reading.source import Sentence, Source
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import any_of

RANKS = {"must": 3, "should": 2, "may": 1, "information": 0}
_MODAL = re.compile(rf"\b(?:{any_of('lint.modal')})\b", re.I)
_INNER_END = re.compile(r"[.!?:]\W*\s|\n")
"""Where a quote may hold more than one sentence."""
SHOWN, WORDS = 8, 7
"""Sentences that are shown, and words of each."""


def other_strength(subject: Subject) -> Iterator[Finding]:
    """Items that are more or less binding than their sentence (R109); those of one sentence in one finding."""
    words = subject.plan.words
    groups: dict[tuple[str, str], list[tuple[str, Value]]] = {}
    for path, table, item in items(subject.plan):
        if (table == "perspectives" or table not in INTRODUCING) and item.quote and (code := _compared(item)):
            groups.setdefault((code, item.quote), []).append((path, item))
    for (code, quote), found in groups.items():
        names = dict.fromkeys(_name(subject.plan, item) for _, item in found)
        said = max(_said(quote), key=RANKS.__getitem__)
        facts: dict[str, Fact] = {
            "n": len(found),
            "who": words.listed(names),
            "has": words.say(f"lint.strength.{found[0][1].strength}"),
            "said": words.say(f"lint.strength.{said}"),
            "value": said,
        }
        parts = tuple(Part(_name(subject.plan, item), f"{path}.strength", quote) for path, item in found)
        yield Finding(code, "information", parts[0].path, quote, facts, parts)


def _compared(item: Value) -> str:
    said = _said(item.quote)
    if not said or item.strength in said:
        return ""
    strongest = max(RANKS[one] for one in said)
    return "stronger" if RANKS[item.strength] > strongest else "weaker"


@cache
def _said(quote: str) -> frozenset[str]:
    """The strengths of a quote's sentences, if it is whole and has a modal verb: a plain statement is measured by nobody."""
    if not quote.rstrip().endswith((".", "!", "?")) or not _MODAL.search(quote):
        return frozenset()
    several = _INNER_END.search(quote.rstrip(), 0)
    found = (strength_of(said) for said in ((part.text for part in Source(quote).sentences) if several else (quote,)))
    return frozenset(one for one in found if one)


def _name(plan: Plan, item: Value) -> str:
    words = plan.words
    name = str(getattr(item, "name", ""))
    return words.quoted(name) if name else words.say(f"lint.tables.{type(item).__name__.lower()}", n=1)


def lost(subject: Subject) -> Iterator[Finding]:
    """Binding sentences of the resolution on which nothing in the plan rests: one finding, with all of them."""
    if subject.source is None:
        return
    found = [
        sentence
        for sentence in _unquoted(subject)
        if strength_of(sentence.text) == "must" and sentence.text[-1] in ".!?"
    ]
    if found:
        words = subject.plan.words
        shown = "; ".join(_shown(words, sentence) for sentence in found[:SHOWN])
        more = words.say("lint.lost.more", n=len(found) - SHOWN) if len(found) > SHOWN else ""
        facts: dict[str, Fact] = {"n": len(found), "sentences": shown, "more": more}
        parts = tuple(Part("", "$.source", sentence.text) for sentence in found)
        yield Finding("lost", "may", "$.source", found[0].text, facts, parts)


def _shown(words: Language, sentence: Sentence) -> str:
    first = sentence.text.split()
    text = " ".join(first[:WORDS]) + (" …" if len(first) > WORDS else "")
    return words.say("lint.lost.sentence", line=sentence.place.line, text=words.quoted(text))


def _unquoted(subject: Subject) -> Iterator[Sentence]:
    places = passages(subject)
    starts = [start for start, _ in places]
    ends = [0]
    for _, end in places:
        ends.append(max(ends[-1], end))
    for sentence in subject.source.sentences if subject.source else ():
        before = bisect_left(starts, sentence.place.end)  # quotes that begin before the sentence ends
        if ends[before] <= sentence.place.start:
            yield sentence


def without_sentence(subject: Subject) -> Iterator[Finding]:
    """Items without a sentence of the resolution: they are assumed, and counted here (U1)."""
    words = subject.plan.words
    found = [(path, table) for path, table, item in items(subject.plan) if not item.quote and item.standing is None]
    if found:
        counts = Counter(table for _, table in found)
        total = sum(1 for _ in items(subject.plan))
        listed = words.listed(words.say(f"lint.tables.{table}", n=n) for table, n in counts.items())
        facts: dict[str, Fact] = {"n": len(found), "total": total, "what": listed}
        yield Finding("without_sentence", "information", found[0][0], "", facts)


RULES: tuple[Rule, ...] = (other_strength, lost, without_sentence)
