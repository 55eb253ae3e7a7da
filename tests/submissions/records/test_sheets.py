"""Sheets row by row: headings in any order and spelling, cells that are understood or named, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.language import LANGUAGES, Language
from staffelstab.submissions.records.record_kinds import RECORDS, Cell
from staffelstab.submissions.records.sheets import RejectedRow, Row, choice, has_heading, heading, role_of, rows
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "examples" / "mitgliederarbeit-2018")


@pytest.fixture(scope="module")
def choir() -> Plan:
    return load_plan(ROOT / "examples" / "choir-statute")


def read(plan: Plan, kind: str, *lines: str) -> list[Row | RejectedRow]:
    """The rows of a sheet, its cells parted by bars."""
    return list(rows(RECORDS[kind], [line.split("|") for line in lines], plan))


def value(plan: Plan, kind: str, field: str, text: str, **others: str) -> Cell | RejectedRow:
    """What becomes of one cell in a row whose other cells are as given."""
    words = plan.words
    cells = {**others, field: text}
    [row] = rows(RECORDS[kind], [[heading(words, name) for name in cells], list(cells.values())], plan)
    return row if isinstance(row, RejectedRow) else row.values[field]


def test_columns_are_found_by_their_headings_in_any_order(plan: Plan) -> None:
    found = read(
        plan,
        "figures",
        "Zahlen für den Vorstand||",
        "",
        "QUELLE|mitgliederzahl| Jahr |Gliederung",
        "Liste|300|2017|Bautzen",
    )
    assert found == [
        Row(4, {"unit": "bautzen", "year": 2017.0, "members": 300.0, "joined": None, "left": None, "source": "Liste"})
    ]


def test_rows_are_called_by_the_number_the_program_shows(plan: Plan) -> None:
    found = read(plan, "figures", "Verband|Jahr|Mitglieder", "", "Bautzen|2017|300", "", "Atlantis|2017|1")
    assert [(type(row), row.number) for row in found] == [(Row, 3), (RejectedRow, 5)]


def test_a_short_row_lacks_what_it_lacks(plan: Plan) -> None:
    assert read(plan, "figures", "Verband|Jahr|Mitglieder", "Bautzen|2017") == [
        RejectedRow(2, "empty", {"column": "Mitglieder", "value": ""})
    ]


def test_missing_columns_are_all_named(plan: Plan) -> None:
    assert read(plan, "figures", "Verband|Anzahl", "Bautzen|3") == [
        RejectedRow(0, "columns", {"columns": "Jahr und Mitglieder"})
    ]
    assert read(plan, "figures") == [RejectedRow(0, "columns", {"columns": "Verband, Jahr und Mitglieder"})]


def test_a_table_is_known_by_any_of_its_headings(plan: Plan) -> None:
    assert has_heading(RECORDS["figures"], [["Stand: Mai"], ["Jahr"]], plan)
    assert not has_heading(RECORDS["figures"], [["Stand: Mai"], ["Anzahl"]], plan)
    assert not has_heading(RECORDS["figures"], [], plan)


FIGURES = {"unit": "Bautzen", "year": "2017"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("300", 300),
        ("1 234", 1234),
        ("1.234.567", 1234567),
        ("1234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("3.5", 3.5),
        ("0,5", 0.5),
        ("-12", -12),
        ("+3", 3),
        ("2,333", 2.333),
        ("0.125", 0.125),
        ("300.0", 300),
    ],
)
def test_german_numbers(plan: Plan, text: str, number: float) -> None:
    assert value(plan, "figures", "members", text, **FIGURES) == number


@pytest.mark.parametrize(
    "text", ["viele", "3 bis 5", "1,2,3", "1.23.4", "1,5.000", "12%", "1e5", "nan", "inf", "1_000", "٣", "-"]
)
def test_what_is_no_number_is_named(plan: Plan, text: str) -> None:
    assert value(plan, "figures", "members", text, **FIGURES) == RejectedRow(
        2, "number", {"column": "Mitglieder", "value": text}
    )


def test_a_point_that_may_part_thousands_or_decimals_is_asked_about(plan: Plan) -> None:
    assert value(plan, "figures", "members", "1.234", **FIGURES) == RejectedRow(
        2, "ambiguous", {"column": "Mitglieder", "value": "1.234", "whole": "1234", "part": "1,234"}
    )


@pytest.mark.parametrize(
    ("text", "number"), [("1,234", 1234), ("1.234", 1.234), ("1,234.5", 1234.5), ("1,5", None), ("1.2.3", None)]
)
def test_english_numbers(choir: Plan, text: str, number: float | None) -> None:
    found = value(choir, "figures", "members", text, unit="Breakwater Singers", year="2025")
    assert (None if isinstance(found, RejectedRow) else found) == number


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_numbers_as_we_write_them_ourselves_are_read(plan: Plan, whole: int, part: int) -> None:
    number = whole + part / 100
    text = Language("de").number(number, 2)
    assert value(plan, "figures", "members", text, **FIGURES) == pytest.approx(number)


TRIAL = {"id": "T1", "idea": "V1", "place": "Bautzen", "owner": "Beisitz 3", "hypothesis": "Es hilft."}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-05-25", dt.date(2018, 5, 25)),
        ("25.05.2018", dt.date(2018, 5, 25)),
        ("5.6.2018", dt.date(2018, 6, 5)),
        ("2018-05-25T00:00:00", dt.date(2018, 5, 25)),
        ("2018-05-25 00:00:00", dt.date(2018, 5, 25)),
    ],
)
def test_dates(plan: Plan, text: str, day: dt.date) -> None:
    assert value(plan, "trials", "start", text, **TRIAL) == day


@pytest.mark.parametrize("text", ["31.02.2018", "25.5.18", "Mai 2018", "2018-05", "2018-05-255", "20180525", "43245"])
def test_what_is_no_date_is_named(plan: Plan, text: str) -> None:
    assert value(plan, "trials", "start", text, **TRIAL) == RejectedRow(2, "date", {"column": "Beginn", "value": text})


def test_choices_actors_and_units_are_found_by_the_words_people_use(plan: Plan) -> None:
    assert read(
        plan, "positions", "Vorhaben|Wer|Haltung", "v07|Kreisverband Bautzen|DAFÜR", "V07|lag senior*innen|nicht gehört"
    ) == [
        Row(2, {"idea": ("V07",), "actor": "bautzen", "position": "agrees", "note": None}),
        Row(3, {"idea": ("V07",), "actor": "lwz-senioren", "position": "unheard", "note": None}),
    ]
    assert read(plan, "positions", "Vorhaben|Wer|Haltung", "V07|Atlantis|dafür", "V07|Bautzen|naja") == [
        RejectedRow(2, "actor", {"column": "Wer", "value": "Atlantis"}),
        RejectedRow(3, "choice", {"column": "Haltung", "value": "naja"}),
    ]


def test_references_and_actors_are_lists(plan: Plan) -> None:
    head = "Nummer|Titel|Text|Quellen|Vorgeschlagen von"
    [row] = read(plan, "ideas", head, "V01|Runde|Text|b07.3; G02.1, B07.3  F03|Beisitz 3; Kreisverband Zwickau;")
    assert isinstance(row, Row)
    assert row.values["sources"] == ("B07.3", "G02.1", "F03")
    assert row.values["proposed_by"] == ("lv-beisitz-03", "zwickau")


def test_a_role_the_plan_does_not_know_is_named(plan: Plan) -> None:
    good, bad, none = Row(2, {"role": "KGF"}), Row(3, {"role": "Hausmeister"}), Row(4, {"role": None})
    assert [role_of(plan, row) for row in (good, bad, none)] == [
        Row(2, {"role": "kgf"}),
        RejectedRow(3, "role", {"value": "Hausmeister"}),
        none,
    ]


# -- the words for it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_field_and_choice_has_words_and_no_two_columns_of_a_sheet_share_one(code: str) -> None:
    words = Language(code)
    for kind in RECORDS.values():
        spellings = [
            name.casefold() for field in kind.fields for name in _list(words.entry(f"records.headings.{field.name}"))
        ]
        assert len(spellings) == len(set(spellings)), (kind.name, sorted(spellings))
        for field in kind.fields:
            assert len({choice(words, name) for name in field.choices}) == len(field.choices)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_reason_can_be_said(code: str) -> None:
    reasons = Language(code).entry("case.row")
    assert isinstance(reasons, Mapping)
    facts = dict.fromkeys(("column", "columns", "value", "whole", "part", "most", "first", "last"), "X")
    assert all(Language(code).say(f"case.row.{reason}", **facts) for reason in reasons)


@pytest.mark.attack("H7")
@pytest.mark.parametrize("day", ["31.12.9999", "01.01.0001", "1899-12-31", "3000-01-01", "1/1/9999"])
def test_a_day_beyond_every_plan_is_refused_at_its_row_and_the_others_count(plan: Plan, day: str) -> None:
    head = "Nummer|Jahr|Titel|Verantwortlich|Datum|Kriterium"
    good, bad = "M1|2019|Erster|Landesvorstand|31.12.2999|voll", f"M2|2019|Zweiter|Landesvorstand|{day}|voll"
    first, second, third = read(plan, "milestones", head, good, bad, good)
    assert isinstance(first, Row)
    assert isinstance(third, Row)
    assert isinstance(second, RejectedRow)
    assert (second.number, second.reason) == (3, "date_range")


@pytest.mark.attack("H7")
@pytest.mark.parametrize("number", ["10000000001", "-999999999999999", "999999999999999"])
def test_a_number_beyond_all_counting_is_refused(plan: Plan, number: str) -> None:
    found = value(plan, "figures", "members", number, unit="Bautzen", year="2017")
    assert isinstance(found, RejectedRow)
    assert found.reason == "range"


@pytest.mark.attack("H7")
@pytest.mark.parametrize("year", ["0", "1899", "3000", "-2018", "2e3"])
def test_a_year_beyond_every_plan_is_refused(plan: Plan, year: str) -> None:
    assert isinstance(value(plan, "figures", "year", year, unit="Bautzen", members="1"), RejectedRow)


@pytest.mark.attack("C4", "H7")
def test_a_cell_beyond_all_reading_is_refused_and_names_its_column(plan: Plan) -> None:
    for field, most in (("need", 200), ("role", 200)):
        others = {"unit": "Bautzen", "role": "Vorsitz", "need": "Räume", "severity": "3"} | {field: ""}
        del others[field]
        assert not isinstance(value(plan, "needs", field, "x" * most, **others), RejectedRow)
        found = value(plan, "needs", field, "x" * (most + 1), **others)
        assert isinstance(found, RejectedRow)
        assert (found.reason, found.facts["column"]) == ("too_long", heading(plan.words, field))


def _list(entry: object) -> list[str]:
    return [str(word) for word in entry] if isinstance(entry, list) else [str(entry)]


def test_what_identifies_a_row_is_required_or_may_be_empty_together() -> None:
    for kind in RECORDS.values():
        assert all(kind.field(name) for name in kind.key)
        assert kind.field(kind.key[0]).required
