"""Lines above a text that say who writes: read where they are such lines, left where they are text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.documents.extraction.extracted_text import HeadField, Paragraph
from staffelstab.submissions.case.heading import Heading, split_heading
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT
from tests.submissions.case.heads import split


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "examples" / "mitgliederarbeit-2018")


@pytest.fixture(scope="module")
def choir() -> Plan:
    return load_plan(ROOT / "examples" / "choir-statute")


@pytest.mark.parametrize("label", ["Von", "von", "Absender*in", "Eingereicht von", "ABSENDER"])
def test_a_paper_says_who_sends_it(plan: Plan, label: str) -> None:
    assert split(plan, f"{label}: Beisitz 3", "Wir brauchen Räume.") == (Heading("Beisitz 3"), ["Wir brauchen Räume."])


def test_minutes_say_where_with_whom_and_when(plan: Plan) -> None:
    heading, texts = split(plan, "Verband: Bautzen", "Rolle: KGF", "Datum: 10.01.2018", "Es fehlt Zeit.", "Und Geld.")
    assert heading == Heading(unit="Bautzen", role="KGF", day=dt.date(2018, 1, 10))
    assert (heading.unit_of(plan), heading.role_of(plan)) == ("bautzen", "kgf")
    assert texts == ["Es fehlt Zeit.", "Und Geld."]


@pytest.mark.parametrize(
    ("first", "heading", "rest"),
    [
        ("Von: Beisitz 12 Wir brauchen Räume.", Heading("Beisitz 12"), "Wir brauchen Räume."),
        ("Von: Beisitz 1 Wir brauchen " + "Räume und " * 30, Heading("Beisitz 1"), "Wir brauchen " + "Räume und " * 30),
        ("Von: Landesvorsitz, Der Anlass ist ernst.", Heading(), "Von: Landesvorsitz, Der Anlass ist ernst."),
        (
            "Von: Stellvertretender Landesvorsitz IV Das Telefon klingelt nie.",
            Heading("Stellvertretender Landesvorsitz IV"),
            "Das Telefon klingelt nie.",
        ),
        ("Von: Kreisverband Bautzen Es gibt keine Räume.", Heading("Kreisverband Bautzen"), "Es gibt keine Räume."),
        (
            "Verband: Sächsische Schweiz-Osterzgebirge Rolle: Kreisgeschäftsführung Datum: 2018-01-23 Wir trafen uns "
            "in Dresden.",
            Heading(unit="Sächsische Schweiz-Osterzgebirge", role="Kreisgeschäftsführung", day=dt.date(2018, 1, 23)),
            "Wir trafen uns in Dresden.",
        ),
        ("Verband: Bautzen Wir trafen uns in Dresden", Heading(unit="Bautzen"), "Wir trafen uns in Dresden"),
    ],
)
def test_where_lines_were_joined_the_name_ends_with_the_plans_name(
    plan: Plan, first: str, heading: Heading, rest: str
) -> None:
    assert split(plan, first, "Zweitens.") == (heading, [rest.strip(), "Zweitens."])


@pytest.mark.parametrize(
    "text",
    [
        "Von: unserer Basis in Bautzen kam der Wunsch nach mehr Treffen, vor allem am Abend und an Wochenenden.",
        "Von: Bautzen aus gesehen ist alles weit weg, sagen die, die am Abend noch nach Hause fahren müssen.",
        "Von: uns!",
        "Datum: Den Termin sollten wir früher erfahren, damit man sich die Zeit nehmen kann und niemand fehlt.",
        "Uns fehlt eines: Zeit.",
        "Betreff: Beitrag",
        "https://example.org",
        "Von Beisitz 3",
    ],
)
def test_a_sentence_is_no_head(plan: Plan, text: str) -> None:
    assert split(plan, text) == (Heading(), [text])


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("Von: Erika Beispiel", "Erika Beispiel"),
        ("Von: Beisitz 12 (zuständig für Kultur)", "Beisitz 12"),
        ("Von: Beisitz 10, Leipzig", "Beisitz 10"),
        ("Von: LAG Senior*innen", "LAG Senior*innen"),
        ("Von:  Ortsverband Niemandsland", "Ortsverband Niemandsland"),
    ],
)
def test_a_short_line_is_a_head_even_if_nobody_knows_the_name(plan: Plan, line: str, sender: str) -> None:
    assert split(plan, line, "Text.") == (Heading(sender), ["Text."])


def test_only_the_first_of_two_counts(plan: Plan) -> None:
    assert split(plan, "Von: Beisitz 1", "Von: Beisitz 2", "Text.") == (Heading("Beisitz 1"), ["Text."])


def test_a_label_without_a_value_says_nothing(plan: Plan) -> None:
    assert split(plan, "Datum:", "Von: Beisitz 1", "Text.") == (Heading("Beisitz 1"), ["Text."])


def test_what_looks_like_a_head_further_down_is_text(plan: Plan) -> None:
    assert split(plan, "Text.", "Von: Beisitz 1") == (Heading(), ["Text.", "Von: Beisitz 1"])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2018-01-23", dt.date(2018, 1, 23)),
        ("23.1.2018", dt.date(2018, 1, 23)),
        ("Dienstag, 23.01.2018", dt.date(2018, 1, 23)),
        ("23.01.2018 um 19 Uhr", dt.date(2018, 1, 23)),
        ("31.02.2018", None),
        ("im Januar", None),
    ],
)
def test_dates_are_read_as_they_are_written(plan: Plan, written: str, day: dt.date | None) -> None:
    assert split(plan, f"Datum: {written}", "Text.") == (Heading(day=day), ["Text."])


def test_english_papers_speak_english(choir: Plan) -> None:
    heading, texts = split(choir, "From: Tidewater Women’s Choir We want votes.", "And cake.")
    assert (heading, texts) == (Heading("Tidewater Women’s Choir"), ["We want votes.", "And cake."])


words = st.sampled_from(
    [
        "Von:",
        "Verband:",
        "Rolle:",
        "Datum:",
        "Beisitz",
        "12",
        "Bautzen",
        "KGF",
        "2018-01-23",
        "Wir",
        "sind",
        "hier.",
        "müssen,",
    ]
)


@given(st.lists(words, min_size=1, max_size=20))
def test_no_text_is_lost(plan: Plan, said: list[str]) -> None:
    """Whatever the head takes is a label, a name, or a short line; all that follows it comes back."""
    text = " ".join(said)
    _, texts = split(plan, text, "Ende.")
    assert texts[-1] == "Ende."
    assert text.endswith("".join(texts[:-1]))
    taken = text.removesuffix("".join(texts[:-1])).strip()
    assert len(taken.split()) <= 16 * (taken.count(":") or 0) + 1


numbers = st.integers(-3, 40)
fields_that_lie = st.builds(
    HeadField,
    st.sampled_from(["von", "datum", "rolle", "x", ""]),
    st.text(max_size=30),
    numbers,
    numbers,
    numbers,
    numbers,
)


@pytest.mark.attack("C3")
@given(st.lists(fields_that_lie, max_size=5), st.lists(st.text(min_size=1, max_size=30), max_size=4))
def test_a_reader_that_lies_about_a_head_ends_nothing(plan: Plan, head: list[HeadField], texts: list[str]) -> None:
    """The reader had a stranger's file in hand: whatever it answers, the parent goes on."""
    _, body = split_heading(plan, head, [Paragraph(text) for text in texts])
    assert len(body) <= len(texts)


@pytest.mark.parametrize("written", ["31.12.9999", "01.01.0001", "9999-12-31"])
@pytest.mark.attack("H7")
def test_a_day_no_plan_speaks_of_is_none(plan: Plan, written: str) -> None:
    assert split(plan, f"Datum: {written}", "Text.") == (Heading(), ["Text."])
