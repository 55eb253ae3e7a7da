"""Gender stars stay, emphasis goes: the resolution's eighteen stars are parted rightly (R59)."""

from __future__ import annotations

import re

import pytest

from staffelstab.timetable.reading.emphasis import plain
from tests.timetable.reading.notations import SEED


def test_of_the_eighteen_stars_of_the_resolution_ten_are_gender_stars() -> None:
    kept = re.findall(r"\w+\*\w+", plain(SEED))
    assert SEED.count("*") == 18
    assert kept == [
        "Genoss*innen",
        "die*der",
        "Mitarbeiter*in",
        "Letztere*r",
        "ihre*seine",
        "Akteur*innen",
        "Akteur*innen",
        "Regionalmitarbeiter*innen",
        "Akteur*innen",
        "Genoss*innen",
    ]
    assert plain(SEED).count("*") == len(kept)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dies ist *kein* Konzept", "Dies ist kein Konzept"),
        ("**Zuständig:** die Mitarbeiter*in", "Zuständig: die Mitarbeiter*in"),
        ("an *alle Genoss*innen* gerichtet", "an alle Genoss*innen gerichtet"),
        ("Mitglieder* und Gäste", "Mitglieder* und Gäste"),
        ("* erstens\n* zweitens", "* erstens\n* zweitens"),
        ("2 * 3 und 5*3", "2 * 3 und 5*3"),
        ("**Zuständig* ist** das Amt", "Zuständig* ist das Amt"),
        ("*ohne Ende\n\nund ein* Anfang", "*ohne Ende\n\nund ein* Anfang"),
    ],
)
def test_only_a_pair_of_stars_around_words_is_emphasis(text: str, expected: str) -> None:
    assert plain(text) == expected
