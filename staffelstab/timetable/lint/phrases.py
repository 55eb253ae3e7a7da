"""How findings write days, periods and lists: month and year once where they are the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from staffelstab.language import Language


def period(words: Language, first: dt.date, last: dt.date) -> str:
    """2. bis 14. Januar 2018 · 29. März bis 6. April 2018 · 23. Dezember 2017 bis 2. Januar 2018 · 2. Januar 2018"""
    if first == last:
        return words.day(first)
    return words.say("lint.word.period", first=shortened(words, first, last), last=words.day(last))


def shortened(words: Language, day: dt.date, before: dt.date) -> str:
    """A day that is named before another one, without what they share: 2. · 29. März · 23. Dezember 2017"""
    if day.year != before.year:
        return words.day(day)
    if day.month != before.month:
        return words.day(day).rpartition(" ")[0]
    return words.say("lint.word.day", first=day.day)


def with_weekday(words: Language, day: dt.date) -> str:
    """Freitag, der 12. Januar 2018 · Friday 12 January 2018"""
    return words.say("lint.word.weekday", weekday=words.weekday(day), day=day)


def days(words: Language, days: Sequence[dt.date]) -> str:
    """13. April, 18. Mai und 29. Juni 2018"""
    return words.listed(_several(words, days))


def either(words: Language, days: Sequence[dt.date]) -> str:
    """der 17. oder der 18. August 2018"""
    *first, last = (words.say("lint.word.the", day=day) for day in _several(words, days))
    return words.say("lint.word.either", first=", ".join(first), last=last) if first else last


def _several(words: Language, days: Sequence[dt.date]) -> list[str]:
    ordered = sorted(set(days))
    return [*(shortened(words, *pair) for pair in pairwise(ordered)), words.day(ordered[-1])]
