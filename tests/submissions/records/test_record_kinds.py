"""The table of columns follows from the classes of the records: what a column may hold stands once, and its rows are typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest

from staffelstab.language import LANGUAGES, Language
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.record_kinds import RECORDS, Field, RecordKind
from staffelstab.submissions.records.sheets import Row, choice, heading, rows
from staffelstab.submissions.records.typed_records import Finding, Idea, MemberFigures, Record
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import ROOT, at

NOW = at("2018-03-01 12:00")

every_kind = pytest.mark.parametrize("kind", RECORDS.values(), ids=RECORDS)


def test_columns_are_the_fields_of_the_record() -> None:
    assert RECORDS["trials"].fields == (
        Field("id", "text", True),
        Field("idea", "references", True),
        Field("place", "unit", True),
        Field("owner", "actor", True),
        Field("start", "date", True),
        Field("end", "date"),
        Field("hypothesis", "text", True),
        Field("stop_rule"),
        Field("result", "choice", False, ("running", "confirmed", "mixed", "failed", "stopped")),
        Field("lesson"),
    )
    assert RECORDS["figures"].fields[2:4] == (Field("members", "number", True), Field("joined", "number"))
    assert RECORDS["ideas"].field("proposed_by") == Field("proposed_by", "actors")


@every_kind
def test_a_key_is_made_of_columns(kind: RecordKind) -> None:
    assert set(kind.key) <= {field.name for field in kind.fields}


@every_kind
def test_a_case_keeps_each_sheet_under_its_name(kind: RecordKind) -> None:
    assert kind.name in {field.name for field in fields(Case)}


@pytest.mark.parametrize("language", LANGUAGES)
@every_kind
def test_every_column_and_choice_has_its_words(kind: RecordKind, language: str) -> None:
    words = Language(language)

    assert all(heading(words, field.name) for field in kind.fields)
    assert all(choice(words, name) for field in kind.fields for name in field.choices)


def test_a_row_becomes_a_typed_record() -> None:
    plan = load_plan(ROOT / "examples" / "mitgliederarbeit-2018")
    sheet = [["Verband", "Jahr", "Mitglieder", "Eintritte"], ["Bautzen", "2017", "300", ""]]
    (row,) = rows(RECORDS["figures"], sheet, plan)

    assert isinstance(row, Row)
    found = RECORDS["figures"].record(row.values, NOW)
    assert found == MemberFigures(entered=NOW, unit="bautzen", year=2017, members=300)
    assert isinstance(found, MemberFigures)
    assert [type(found.year), type(found.members)] == [int, int]


def test_empty_cells_are_nothing_of_their_type() -> None:
    cells = {"id": "F01", "heading": "bad", "text": "Zu spät.", "kind": None, "cause": None, "sources": None}
    found = RECORDS["findings"].record(cells, NOW)

    assert found == Finding(entered=NOW, id="F01", heading="bad", text="Zu spät.")
    assert isinstance(found, Finding)
    assert (found.kind, found.cause, found.sources) == (None, "", ())


def test_an_idea_cites_its_papers_before_the_findings_it_answers() -> None:
    idea = Idea(entered=NOW, id="V01", title="", text="", findings=("F01",), sources=("B01.1",))

    assert idea.cites == ("B01.1", "F01")
    assert Record(entered=dt.datetime(2018, 1, 1, tzinfo=dt.UTC)).cites == ()
