"""How a paper names things, and what the discreet keep to themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.phases.report import note
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.timetable.plan.when import When
from tests.conftest import at
from tests.phases.made_cases import PLAN, paper

DAY, OTHER = dt.date(2018, 8, 17), dt.date(2018, 8, 18)
SPEAKING = Phrasing(PLAN)


@pytest.mark.parametrize(
    ("when", "long", "short"),
    [
        (When(DAY), "17. August 2018", "17. August 2018"),
        (When(DAY, "derived", rule="lpt - P8D"), "17. August 2018 (abgeleitet)", "17. August 2018"),
        (When(DAY, "assumed"), "17. August 2018 (angenommen)", "voraussichtlich 17. August 2018"),
        (
            When(DAY, "derived", candidates=(DAY, OTHER)),
            "voraussichtlich 17. August 2018 (zu bestätigen; in Frage kommen 17. August 2018 und 18. August 2018)",
            "voraussichtlich 17. August 2018",
        ),
        (
            When(DAY, "unknown", candidates=(DAY, OTHER)),
            "noch unbekannt; in Frage kommen 17. August 2018 und 18. August 2018",
            "voraussichtlich 17. August 2018",
        ),
    ],
)
def test_a_date_says_what_is_known_about_it(when: When, long: str, short: str) -> None:
    """U4."""
    assert (SPEAKING.when(when), SPEAKING.day(when)) == (long, short)


def test_no_date_at_all() -> None:
    assert [SPEAKING.when(When(None, status)) for status in ("open", "unknown")] == ["offen", "unbekannt"]


def test_authors_are_offices_and_associations() -> None:
    now = at("2018-01-10")

    assert SPEAKING.author(paper("B01", now, sender="lv-beisitz-03")) == "Beisitz 3"
    assert SPEAKING.author(paper("B02", now)) == "ohne Absenderangabe"
    assert SPEAKING.author(paper("G01", now, unit="bautzen", role="kgf")) == "Bautzen, Kreisgeschäftsführung"


@pytest.mark.parametrize("ref", ["F14", "G21.1", "V04", "K1", "T-03", "B07.12"])
def test_the_discreet_repeat_numbers(ref: str) -> None:
    found = note("warn", "dangling", record="F14", ref=ref)

    assert Phrasing(PLAN, discreet=True).note(found) == f"F14 verweist auf {ref}; das gibt es nicht."


@pytest.mark.parametrize("word", ["MÜLLER", "BEISITZ", "0351/123456", "M.MUSTER@EXAMPLE.ORG", "F14 UND MEHR"])
def test_the_discreet_repeat_no_word_somebody_typed_into_a_sheet(word: str) -> None:
    """A name in the column for references must not reach the Prefect UI; in the board's paper it may stand."""
    found = note("warn", "dangling", record=word, ref=word)

    assert Phrasing(PLAN, discreet=True).note(found) == "(ohne Nummer) verweist auf (ohne Nummer); das gibt es nicht."
    assert Phrasing(PLAN).note(found) == f"{word} verweist auf {word}; das gibt es nicht."
