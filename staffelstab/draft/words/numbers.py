"""Numbers in words, and how word lists become patterns."""

from __future__ import annotations

import re


def any_of(alternatives: str) -> re.Pattern[str]:
    """A pattern for any of these, anywhere; they stand apart by white space, "~" is a space within one."""
    return re.compile(rf"(?:{_joined(alternatives)})", re.IGNORECASE)


def word_of(alternatives: str) -> re.Pattern[str]:
    """As `any_of`, but only whole words."""
    return re.compile(rf"\b(?:{_joined(alternatives)})\b", re.IGNORECASE)


def _joined(alternatives: str) -> str:
    return "|".join(alternatives.split()).replace("~", " ")


NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "keine keiner null no zero none",
            "eine einer einem ein one a an",
            "zwei two",
            "drei three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
        )
    )
    for word in words.split()
}
COUNT = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "nullte zeroth",
            "erste erster erstes first",
            "zweite zweiter zweites second",
            "dritte dritter drittes third",
            "vierte vierter viertes fourth",
            "fünfte fünfter fünftes fifth",
            "sechste sechster sechstes sixth",
            "siebte siebter siebtes siebente seventh",
            "achte achter achtes eighth",
            "neunte neunter neuntes ninth",
            "zehnte zehnter zehntes tenth",
        )
    )
    for word in words.split()
}
