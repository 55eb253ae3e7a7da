"""Sheets a coordinator fills in: good rows count, bad rows are named, later rows replace earlier ones."""

from __future__ import annotations

from staffelstab.submissions.case.contents import Rejected
from tests.conftest import at
from tests.submissions.case.office import Office, sheet

HEAD = "Verband;Jahr;Mitglieder"


def test_a_bad_row_is_named_and_the_others_count(office: Office) -> None:
    content = sheet(HEAD, "Bautzen;2017;300", "", "Niemandsland;2017;12", "Leipzig;2017;viele", "Görlitz;2017;")
    office.drop("zahlen/zahlen.csv", content + "Dresden;2017;1.012\nVogtland;2017;1012\n", "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    case = office.case()
    assert [(row.unit, row.members) for row in case.figures] == [
        ("bautzen", 300),
        ("vogtland", 1012),
    ]
    assert case.rejected == (
        Rejected("figures", "figures-1", 4, "unit", {"column": "Verband", "value": "Niemandsland"}),
        Rejected("figures", "figures-1", 5, "number", {"column": "Mitglieder", "value": "viele"}),
        Rejected("figures", "figures-1", 6, "empty", {"column": "Mitglieder", "value": ""}),
        Rejected(
            "figures",
            "figures-1",
            7,
            "ambiguous",
            {"column": "Mitglieder", "value": "1.012", "whole": "1012", "part": "1,012"},
        ),
    )


def test_a_row_put_right_is_no_longer_complained_of(office: Office) -> None:
    office.drop("zahlen/zahlen.csv", sheet(HEAD, "Bautzen;2017;300", "Leipzig;2017;viele"), "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    office.drop("zahlen/leer.csv", "\n", "2018-02-02 10:00")
    office.drop("zahlen/zahlen.csv", sheet(HEAD, "Bautzen;2017;300", "Leipzig;2017;900"), "2018-02-02 10:00")
    office.look("2018-02-03 06:00")
    case = office.case()
    assert [(row.sheet, row.reason) for row in case.rejected] == [("figures-2", "no_table")]
    assert [row.members for row in case.figures] == [300, 900]
    assert [row.reason for row in office.case("2018-02-02 12:00").rejected] == ["number"]


def test_a_sheet_put_back_counts_again(office: Office) -> None:
    for day, members in enumerate(("300", "3000", "300"), 1):
        office.drop("zahlen/zahlen.csv", sheet(HEAD, f"Bautzen;2017;{members}"), f"2018-02-0{day} 10:00")
        office.look(f"2018-02-0{day} 12:00")
        assert [row.members for row in office.case().figures] == [int(members)]


def test_a_later_row_replaces_an_earlier_one_and_both_stay(office: Office) -> None:
    office.drop("zahlen/januar.csv", sheet(HEAD, "Bautzen;2017;300", "Leipzig;2017;900"), "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    office.drop("zahlen/februar.csv", sheet(HEAD, "Kreisverband Bautzen;2017;301"), "2018-02-03 10:00")
    office.look("2018-02-04 06:00")
    now = [(row.unit, row.members, row.entered) for row in office.case().figures]
    assert now == [("bautzen", 301, at("2018-02-03 10:00")), ("leipzig", 900, at("2018-02-01 10:00"))]
    before = office.case("2018-02-02 06:00").figures
    assert [row.members for row in before] == [300, 900]


def test_a_sheet_without_its_columns_is_kept_and_said(office: Office) -> None:
    office.drop("zahlen/a.csv", sheet("Verband;Mitglieder", "Bautzen;300"), "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    assert office.case().rejected == (Rejected("figures", "figures-1", 0, "columns", {"columns": "Jahr"}),)


def test_a_text_among_the_sheets_is_kept_and_said(office: Office) -> None:
    office.drop("zahlen/a.txt", "Die Zahlen kommen später.", "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    case = office.case()
    assert case.rejected == (Rejected("figures", "figures-1", 0, "no_table"),)


def test_notes_beside_the_table_do_no_harm(office: Office) -> None:
    """A paper of several parts: what has none of the headings is passed over as long as something has."""
    from tests.documents.extraction.sample_files import mail

    attached = {"zahlen.csv": sheet(HEAD, "Bautzen;2017;300").encode(), "notiz.csv": b"Hinweis;Wert\nStand;Mai\n"}
    office.drop("zahlen/post.eml", mail("Anbei.", attached), "2018-02-01 10:00")
    office.look("2018-02-02 06:00")
    case = office.case()
    assert [row.members for row in case.figures] == [300]
    assert case.rejected == ()


def test_numbered_records_stand_in_the_order_of_their_numbers(office: Office) -> None:
    rows = [f"V{n:02d};Titel {n};Text" for n in (10, 2)] + ["V9;Titel;Text"]
    office.drop("vorhaben/a.csv", sheet("Nummer;Titel;Text", *rows), "2018-04-20 10:00")
    office.look("2018-04-21 06:00")
    assert [row.id for row in office.case().ideas] == ["V02", "V9", "V10"]
