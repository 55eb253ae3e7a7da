"""Counting in rules: numbers in words."""

from __future__ import annotations

from staffelstab.timetable.draft.words.number_words import NUMBERS

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count_of(word: str) -> int:
    """3 for "3", "drei" or "three"."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def spelled(number: int) -> str:
    """A number as rules are written ("one week before …"); beyond ten in digits."""
    return _WORDS[number] if number < len(_WORDS) else str(number)
