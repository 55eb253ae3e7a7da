"""References of the resolution that lead nowhere, and ordinals that two people count differently (R49, R57)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import Stemmer

from staffelstab.language import LANGUAGES, Fact, Language
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.passages import resting_on
from staffelstab.timetable.plan.model import Phase, Plan
from staffelstab.timetable.reading.source import Sentence, Source
from staffelstab.timetable.vocabulary.words import any_of, words

ENOUGH = 0.5
"""An earlier sentence, or two in a row, said the same if they have more than this share of a sentence's content words."""

BACKWARDS = re.compile(rf"\b(?:{any_of('lint.backwards')})", re.I)
"""Words that promise that something was said before."""

ELSEWHERE = re.compile(
    rf"\b(?:{any_of('lint.refers')})(?: (?:{any_of('lint.refers_filler')}))? "
    rf"(?P<what>{any_of('lint.part')}) (?P<number>\d+|[IVX]+|[A-H])\b(?! (?:{any_of('lint.part_of_another')}) )",
    re.I,
)
"""A numbered part of the same text; with "des …" or "of …" behind it, it is a part of another one."""

_ANNEXES = frozenset(words("lint.annexes"))
_ORDINALS = {language: words("lint.ordinals", language) for language in LANGUAGES}
_ORDINAL = {language: re.compile(rf"\b(?:{any_of('lint.ordinal_phase', language)})\b", re.I) for language in LANGUAGES}
_PHASE = tuple(word.lower() for word in words("lint.phase"))
_WORD = re.compile(r"[^\W\d_]{4,}")
_EMPTY = {language: frozenset(words("lint.empty", language)) for language in LANGUAGES}
"""Words of four letters and more that say nothing about what a sentence is about."""
_STEMMERS = {language: Stemmer.Stemmer(Language(language).forms.stemmer) for language in LANGUAGES}


def dangling(subject: Subject) -> Iterator[Finding]:
    """ "As mentioned above", and nothing above mentions it (R57)."""
    source = subject.source
    if source is None:
        return
    for at, sentence in enumerate(source.sentences):
        found = BACKWARDS.search(sentence.text)
        if found and not _was_said(source.sentences, at, found, subject.plan.language):
            yield _finding("dangling", subject, sentence, found[0])


def part_missing(subject: Subject) -> Iterator[Finding]:
    """ "See annex 2", and the text has no annex 2 (R57)."""
    source = subject.source
    for sentence in source.sentences if source else ():
        for found in ELSEWHERE.finditer(sentence.text):
            if source and not _has_part(source, found["what"], found["number"]):
                yield _finding("part_missing", subject, sentence, f"{found['what']} {found['number']}")


def _finding(code: str, subject: Subject, sentence: Sentence, words: str) -> Finding:
    items = resting_on(subject, sentence.place)
    path = items[0][0] if items else "$.source"
    return Finding(code, "should" if items else "may", path, sentence.text, {"words": words})


def _was_said(sentences: tuple[Sentence, ...], at: int, found: re.Match[str], language: str) -> bool:
    text = _whole(sentences, at)
    clause = _stems(text[: found.start()] + text[found.end() :], language)
    before = [_stems(sentence.text, language) for sentence in sentences[:at]]
    together = [first | second for first, second in pairwise(before)]
    return not clause or any(len(clause & said) > ENOUGH * len(clause) for said in (*before, *together))


def _whole(sentences: tuple[Sentence, ...], at: int) -> str:
    """A sentence with what follows, where a line or paragraph breaks it off."""
    ends = sentences[at].text.endswith((".", "!", "?"))
    return " ".join(sentence.text for sentence in sentences[at : at + (1 if ends else 2)])


def _stems(text: str, language: str) -> frozenset[str]:
    words = {word.lower() for word in _WORD.findall(text)} - _EMPTY[language]
    return frozenset(_STEMMERS[language].stemWords(sorted(words)))


def _has_part(source: Source, what: str, number: str) -> bool:
    """Whether a line begins with the part's name and number or, but for annexes, with the number alone."""
    bare = "" if what.lower() in _ANNEXES else "?"
    heading = rf"^\W*(?:{re.escape(what)}\s+){bare}{re.escape(number)}(?![\w]|\.\d|\.? \w+ \d{{4}})"
    return re.search(heading, source.text, re.I | re.M) is not None


def counted(subject: Subject) -> Iterator[Finding]:
    """ "The first phase", where phases are numbered from 0: the place of the sentence decides which is meant (R49)."""
    plan, source = subject.plan, subject.source
    if source is None or min(phase.number for phase in plan.phases) != 0:
        return
    ordinals = [
        (sentence, found)
        for sentence in source.sentences
        if any(word in sentence.text.lower() for word in _PHASE)
        for found in _ORDINAL[plan.language].finditer(sentence.text)
    ]
    begins = _begins(plan, source) if ordinals else []
    for sentence, found in ordinals:
        number = _ORDINALS[plan.language].index(found["word"].lower()) + 1
        yield from _read(plan, sentence, found[0], number, _phase_at(begins, sentence.place.start))


def _read(plan: Plan, sentence: Sentence, words: str, number: int, here: Phase | None) -> Iterator[Finding]:
    """By its number, by its place in the row, or neither."""
    by_number = next((phase for phase in plan.phases if phase.number == number), None)
    by_place = plan.phases[number - 1] if number <= len(plan.phases) else None
    facts: dict[str, Fact] = {"words": words, "number": number, "before": number - 1}
    if here and here in (by_number, by_place):
        path = f"$.phases[{plan.phases.index(here)}]"
        facts |= {"read": here.number, "name": here.name}
        yield Finding("counted", "information", path, sentence.text, facts)
    elif by_number or by_place:
        yield Finding("counted_unclear", "may", "$.phases", sentence.text, facts)


def _begins(plan: Plan, source: Source) -> list[tuple[int, Phase]]:
    """Where each phase's own part of the text begins: at its quote, the dates below its heading."""
    places = ((source.find(phase.quote), phase) for phase in plan.phases if phase.quote)
    return sorted(((place.start, phase) for place, phase in places if place), key=lambda pair: pair[0])


def _phase_at(begins: list[tuple[int, Phase]], at: int) -> Phase | None:
    return next((phase for start, phase in reversed(begins) if start <= at), None)


RULES: tuple[Rule, ...] = (dangling, part_missing, counted)
