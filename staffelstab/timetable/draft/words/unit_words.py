"""Units of time in words, and whether a distance lies before or after."""

from __future__ import annotations

from typing import Literal

from staffelstab.timetable.vocabulary.words import whole

Unit = Literal["working_day", "day", "week", "month", "year"]

_UNITS: tuple[Unit, ...] = ("working_day", "day", "week", "month", "year")
_WORDS = {unit: whole(f"numbers.{unit}") for unit in _UNITS}
_BEFORE = whole("meetings.before")


def unit_of(word: str) -> Unit:
    """The unit that a word names: "week" for "Wochen" and "weeks". Raises ValueError for a word that names none."""
    unit = next((unit for unit in _UNITS if _WORDS[unit].fullmatch(word)), None)
    if unit is None:
        raise ValueError(f"no unit: {word}")
    return unit


def is_before(word: str) -> bool:
    """Whether a distance is counted back: "vor" and "before", not "nach" and "after"."""
    return _BEFORE.fullmatch(word) is not None
