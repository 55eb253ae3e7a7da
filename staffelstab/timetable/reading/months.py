"""The names of months and weekdays in every language, as people write them, and the first four ordinals."""

from __future__ import annotations

import re

from staffelstab.language import LANGUAGES
from staffelstab.timetable.vocabulary.words import any_of, counted, initials, joined, text


def _numbers(places: tuple[tuple[str, ...], ...], first: int) -> dict[str, int]:
    return {name: number for number, names in enumerate(places, first) for name in names}


def _longest_first(names: dict[str, int]) -> str:
    return joined(sorted(names, key=len, reverse=True))


NUMBER = _numbers(counted("dates.months"), 1)
MONTH = _longest_first(NUMBER)
MONTH_INITIALS = initials(NUMBER)
FULL = {language: tuple(names[0].title() for names in counted("dates.months", language)) for language in LANGUAGES}
"""The full names of the months in each language, January first."""

_WRITTEN_OUT = {name.lower() for names in FULL.values() for name in names}
OTHER_NAMES = frozenset(NUMBER) - _WRITTEN_OUT
"""What months are called beside their full names: "jan", "febr", "jänner"."""


def _known_to(*languages: str) -> frozenset[str]:
    return frozenset(name for language in languages for names in counted("dates.months", language) for name in names)


def only(languages: tuple[str, ...]) -> frozenset[str]:
    """The names of months that only these languages have."""
    return _known_to(*languages) - _known_to(*(other for other in LANGUAGES if other not in languages))


WITH_DAY = tuple(language for language in LANGUAGES if text("dates.figures_behind_month", language) == "day")
"""Languages in which two figures behind a month are a day; in the others they are a year."""
WITH_YEAR = tuple(language for language in LANGUAGES if language not in WITH_DAY)

_LONG, _SHORT = counted("dates.weekdays"), counted("dates.weekdays_short")
WEEKDAY_NUMBER = _numbers(_LONG, 0) | _numbers(_SHORT, 0)
WEEKDAY = joined(name for names in _LONG for name in names)
WEEKDAY_SHORT = joined(name for names in _SHORT for name in names)
WEEKDAY_INITIALS = initials(WEEKDAY_NUMBER)

_ORDINALS = tuple(
    rf"{joined(names)}|{roman}"
    for names, roman in zip(counted("dates.ordinals"), ("i", "ii", "iii", "iv"), strict=True)
)
_ORDINAL_WORDS = tuple(word for words in counted("dates.ordinals") for word in words)
ORDINAL_INITIALS = initials((*_ORDINAL_WORDS, "i"))
ORDINAL_LETTERS = any_of("dates.ordinal_letters")
ORDINAL = rf"[1-4](?:\.|{ORDINAL_LETTERS})|{joined(_ORDINAL_WORDS)}|(?:i{{1,3}}|iv)\.?"
"""The first four: "2.", "2nd", "zweiten", "second", "II."."""


def ordinal(word: str) -> int:
    """1 to 4 for what ORDINAL matches: "ersten", "2.", "third", "IV." """
    bare = word.lower()
    if bare[0].isdigit():
        return int(bare[0])
    return next(number for number, names in enumerate(_ORDINALS, 1) if re.fullmatch(rf"(?:{names})\.?", bare))
