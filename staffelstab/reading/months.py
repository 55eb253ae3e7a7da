"""The names of months and weekdays in German and English, as people write them, and the first four ordinals."""

from __future__ import annotations

import re

_MONTHS = (
    "januar jänner january jan",
    "februar february febr feb",
    "märz maerz mrz mär march mar",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH = "|".join(sorted(NUMBER, key=len, reverse=True))
ENGLISH_ONLY = frozenset(
    ("january", "february", "march", "mar", "may", "june", "july", "october", "oct", "december", "dec")
)
SHARED = frozenset(
    ("jan", "feb", "april", "apr", "jun", "jul", "august", "aug", "september", "sept", "sep", "november", "nov")
)
FULL = tuple(
    (names.split()[0].title(), next(name for name in names.split() if name in ENGLISH_ONLY | SHARED).title())
    for names in _MONTHS
)
"""Each month's full name, German and English."""
GERMAN_ONLY = frozenset(NUMBER) - ENGLISH_ONLY - SHARED

_WEEKDAYS = (
    ("montag monday", "mo mon"),
    ("dienstag tuesday", "di tue tues"),
    ("mittwoch wednesday", "mi wed"),
    ("donnerstag thursday", "do thu thur thurs"),
    ("freitag friday", "fr fri"),
    ("samstag sonnabend saturday", "sa sat"),
    ("sonntag sunday", "so sun"),
)
WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in " ".join(names).split()}
WEEKDAY = "|".join(name for long, _ in _WEEKDAYS for name in long.split())
WEEKDAY_SHORT = "|".join(name for _, short in _WEEKDAYS for name in sorted(short.split(), key=len, reverse=True))

_ORDINALS = ("erst|first|i", "zweit|second|ii", "dritt|third|iii", "viert|fourth|iv")
ORDINAL = r"[1-4](?:\.|st|nd|rd|th)|(?:erst|zweit|dritt|viert)e[nrsm]?|first|second|third|fourth|(?:i{1,3}|iv)\.?"


def ordinal(word: str) -> int:
    """1 to 4 for what ORDINAL matches: "ersten", "2.", "third", "IV." """
    bare = word.lower()
    if bare[0].isdigit():
        return int(bare[0])
    return next(
        number for number, names in enumerate(_ORDINALS, 1) if re.fullmatch(f"(?:{names})(?:e[nrsm]?|\\.)?", bare)
    )
