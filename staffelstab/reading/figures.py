"""Two figures after the name of a month: a year ("DEZ 17", "Mai 18", "Sep 22 – Jan 23"), a day ("May 18"), or neither."""

from __future__ import annotations

import re
from typing import Literal

from staffelstab.reading.months import ENGLISH_ONLY, GERMAN_ONLY, MONTH, NUMBER
from staffelstab.reading.shapes import DASH, GAP, STARS, UNTIL

_SHOUTED = re.compile(r"\s(?!BIS|UND|TO|AND)[A-ZÄÖÜ]{2}")
_WORD_BEHIND = re.compile(r"[^\S\n\t]{1,2}(?!(?:bis|und|to|and|through)\b)[^\W_]")
_GERMAN_CUE = re.compile(r"(?<![^\W_])(?:ab|bis|im|seit|von|anfang|mitte|ende|zum)[\s*_]{1,3}$", re.I)
_ENGLISH_CUE = re.compile(
    r"(?<![^\W_])(?:on|by|until|till|from|to|of|before|after|since|through|and|between)[\s*_]{1,3}$", re.I
)
_LINK = rf"{STARS}(?:{DASH}|{GAP}{UNTIL}{GAP}){STARS}"
_OTHER = rf"(?P<month>{MONTH})\.?{GAP}['’]?(?P<figures>\d\d)"
_AFTER = re.compile(rf"{_LINK}{_OTHER}(?!\d|[.:]\d)", re.I)
_BEFORE = re.compile(rf"(?<![^\W_]){_OTHER}{_LINK}$", re.I)
_WINDOW = 40


def century(short: str) -> int:
    """2018 for "18" and "’18", 1989 for "89": from 69 on it is the last century."""
    number = int(short.lstrip("'’"))
    return 2000 + number if number < 69 else 1900 + number


def stand_alone(text: str, name: str, end: int) -> bool:
    """Whether no counted noun follows the figures that end there ("im Mai 20 Mitglieder")."""
    rest = text[end : end + 12]
    return not (_SHOUTED if name.isupper() else _WORD_BEHIND).match(rest)


def kind_of(text: str, start: int, end: int, name: str, figures: str) -> Literal["year", "day"] | None:
    """What the figures after the month `name`, which starts at `start`, are; the year of two months in a row is told by both."""
    word = name.lower()
    before = text[max(0, start - _WINDOW) : start]
    if name.isupper() or word in GERMAN_ONLY or _in_a_row(before, text[end : end + _WINDOW], name, figures):
        return "year" if len(figures) == 2 and stand_alone(text, name, end) else None
    if word in ENGLISH_ONLY or _ENGLISH_CUE.search(before):
        return "day"
    return "year" if _GERMAN_CUE.search(before) and len(figures) == 2 and stand_alone(text, name, end) else None


def _in_a_row(before: str, after: str, name: str, figures: str) -> bool:
    """Whether a month of the same year or the next follows ("Sep 22 – Jan 23"), or one of this or the last year precedes."""
    if len(figures) != 2:
        return False
    here = (int(figures), NUMBER[name.lower()])
    if earlier := _BEFORE.search(before):
        return _follows(_named(earlier), here) and not _ENGLISH_CUE.search(before[: earlier.start()])
    later = _AFTER.match(after)
    return later is not None and _follows(here, _named(later)) and not _ENGLISH_CUE.search(before)


def _named(match: re.Match[str]) -> tuple[int, int]:
    return int(match["figures"]), NUMBER[match["month"].lower()]


def _follows(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] == other[0] and one[1] < other[1]) or (one[0] + 1 == other[0] and one[1] > other[1])
