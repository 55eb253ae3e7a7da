"""Two figures after the name of a month: a year ("DEZ 17", "Mai 18", "Sep 22 – Jan 23"), a day ("May 18"), or neither."""

from __future__ import annotations

import re
from typing import Literal

from staffelstab.timetable.reading.months import MONTH, NUMBER, WITH_DAY, WITH_YEAR, only
from staffelstab.timetable.reading.shapes import DASH, GAP, STARS, UNTIL
from staffelstab.timetable.vocabulary.words import NEVER, any_of, joined, words

_LINKS = words("dates.links_short")
_SHOUTED = re.compile(rf"\s(?!{joined(word.upper() for word in _LINKS)})[A-ZÄÖÜ]{{2}}")
_WORD_BEHIND = re.compile(rf"[^\S\n\t]{{1,2}}(?!(?:{joined(_LINKS)})\b)[^\W_]")


def _cue(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before a month in these languages."""
    before = any_of("dates.before_month_and_figures", *languages) if languages else NEVER
    return re.compile(rf"(?<![^\W_])(?:{before})[\s*_]{{1,3}}$", re.I)


_YEAR_CUE, _DAY_CUE = _cue(WITH_YEAR), _cue(WITH_DAY)
_YEAR_NAMES, _DAY_NAMES = only(WITH_YEAR), only(WITH_DAY)
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
    if name.isupper() or word in _YEAR_NAMES or _in_a_row(before, text[end : end + _WINDOW], name, figures):
        return "year" if len(figures) == 2 and stand_alone(text, name, end) else None
    if word in _DAY_NAMES or _DAY_CUE.search(before):
        return "day"
    return "year" if _YEAR_CUE.search(before) and len(figures) == 2 and stand_alone(text, name, end) else None


def _in_a_row(before: str, after: str, name: str, figures: str) -> bool:
    """Whether a month of the same year or the next follows ("Sep 22 – Jan 23"), or one of this or the last year precedes."""
    if len(figures) != 2:
        return False
    here = (int(figures), NUMBER[name.lower()])
    if earlier := _BEFORE.search(before):
        return _follows(_named(earlier), here) and not _DAY_CUE.search(before[: earlier.start()])
    later = _AFTER.match(after)
    return later is not None and _follows(here, _named(later)) and not _DAY_CUE.search(before)


def _named(match: re.Match[str]) -> tuple[int, int]:
    return int(match["figures"]), NUMBER[match["month"].lower()]


def _follows(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return (one[0] == other[0] and one[1] < other[1]) or (one[0] + 1 == other[0] and one[1] > other[1])
