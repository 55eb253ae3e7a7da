"""Numbers in words."""

from __future__ import annotations

from staffelstab.timetable.vocabulary.words import counted


def _numbers(key: str) -> dict[str, int]:
    return {word: number for number, words in enumerate(counted(key)) for word in words}


NUMBERS = _numbers("numbers.numbers")
COUNT = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"
ORDINALS = _numbers("numbers.ordinals")
