"""The names of months, weekdays and numerals in German and English, as people write them."""

from __future__ import annotations

import re

_MONTHS = (
    "januar jänner january jan",
    "februar feber february febr feb",
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

_WEEKDAYS = (
    "montags montag mondays monday mo mon",
    "dienstags dienstag tuesdays tuesday di tue tues",
    "mittwochs mittwoch wednesdays wednesday mi wed",
    "donnerstags donnerstag thursdays thursday do thu thur thurs",
    "freitags freitag fridays friday fr fri",
    "samstags samstag sonnabends sonnabend saturdays saturday sa sat",
    "sonntags sonntag sundays sunday so sun",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))

_ORDINALS = (
    "erste(?:[nrsm])? first 1st i",
    "zweite(?:[nrsm])? second 2nd ii",
    "dritte(?:[nrsm])? third 3rd iii",
    "vierte(?:[nrsm])? fourth 4th iv",
)


def ordinal(word: str) -> int:
    """1 to 4 for "ersten", "2.", "third", "IV". Raises ValueError for anything else."""
    bare = word.strip(". ").lower()
    if bare.isdigit():
        return int(bare)
    for number, names in enumerate(_ORDINALS, 1):
        if any(re.fullmatch(name, bare) for name in names.split()):
            return number
    raise ValueError(word)
