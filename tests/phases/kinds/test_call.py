"""Phase 0 of the party's year: the register, who has delivered, and the first picture (R60–R65)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.call import CallContent
from staffelstab.phases.report import PhaseReport
from tests.conftest import at
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

FREEZE = at("2018-01-17 07:00")
LATER = at("2018-03-02 08:00")


def content(report: PhaseReport) -> CallContent:
    return cast(CallContent, report.content)


def test_the_register_lists_every_paper_with_its_arrival(year: Year) -> None:
    rows = year.survey(0, FREEZE).tables["register"]

    head = "ref call sender arrived late arrivals form status reason paragraphs attribution"
    assert rows[0] == tuple(head.split())
    assert [(row[0], row[2], row[3][:19], row[4], row[5], row[9]) for row in rows[1:]] == [
        ("B01", "lv-beisitz-05", "2017-12-18T09:12:40", "no", "1", "1"),
        ("B02", "lv-schatzmeister", "2017-12-20T16:45:10", "no", "2", "5"),
        ("B03", "lv-jugend", "2018-01-03T13:20:00", "no", "1", "6"),
        ("B04", "lv-beisitz-02", "2018-01-05T10:05:00", "no", "1", "4"),
        ("B05", "lv-stellv-1", "2018-01-07T20:31:00", "no", "1", "4"),
        ("B06", "landesgeschaeftsfuehrung", "2018-01-08T08:50:00", "no", "1", "5"),
        ("B07", "lv-beisitz-03", "2018-01-09T17:15:00", "no", "1", "5"),
        ("B08", "lv-beisitz-10", "2018-01-10T12:02:00", "no", "1", "5"),
        ("B09", "", "2018-01-10T23:14:00", "no", "1", "3"),
        ("B10", "lv-stellv-2", "2018-01-11T15:40:00", "no", "1", "4"),
        ("B11", "lv-beisitz-06", "2018-01-12T07:55:00", "no", "1", "4"),
        ("B12", "lv-beisitz-07", "2018-01-13T21:08:00", "no", "1", "6"),
        ("B13", "lv-vorsitz", "2018-01-14T11:00:00", "no", "1", "8"),
        ("B14", "lv-stellv-4", "2018-01-14T18:22:00", "no", "1", "4"),
        ("B15", "lv-beisitz-09", "2018-01-14T23:59:59", "no", "1", "6"),
        ("B16", "lv-beisitz-12", "2018-01-15T00:00:00", "yes", "1", "3"),
    ]


def test_the_last_second_is_in_time_and_the_next_one_late(year: Year) -> None:
    """R47, R62: 14 January is kept until its very end."""
    (state,) = content(year.survey(0, FREEZE)).states

    assert [paper.ref for paper in state.late] == ["B16"]
    assert not state.open


def test_a_paper_after_the_freeze_is_taken_in_and_marked(year: Year) -> None:
    """R62: late is marked, never refused; the dossier of 17 January does not know it, the register of March does."""
    (state,) = content(year.survey(0, LATER)).states

    assert [paper.ref for paper in state.late] == ["B16", "B17"]


def test_who_of_those_called_has_delivered(year: Year) -> None:
    """R60: the audience is each member of the board; the paper without a sender counts for nobody."""
    (state,) = content(year.survey(0, FREEZE)).states

    assert len(state.answers) == 20
    assert [answer.actor.name for answer in state.missing] == [
        "Stellvertretender Landesvorsitz III",
        "Beisitz 1",
        "Beisitz 4",
        "Beisitz 8",
        "Beisitz 11",
    ]
    assert [paper.ref for paper in state.nameless] == ["B09"]


def test_the_same_paper_under_another_name_is_one_with_two_arrivals(year: Year) -> None:
    paper = year.case(FREEZE).paper("B02")

    assert paper is not None
    assert (paper.arrivals, paper.arrived) == (2, at("2017-12-20 16:45:10"))


def test_every_paragraph_of_every_paper_is_in_the_first_picture(year: Year) -> None:
    """R64: joined, each passage with its source, nothing left out."""
    case = year.case(FREEZE)
    rows = year.survey(0, FREEZE).tables["passages"]

    assert [(row[0], row[3]) for row in rows[1:]] == [
        (statement.ref, statement.text) for paper in case.papers for statement in paper.statements
    ]
    assert len(rows) - 1 == sum(len(paper.statements) for paper in case.papers) == 73


def test_recruiting_is_parked_and_not_lost(year: Year) -> None:
    """R18: what is about winning new members is set aside in a visible list."""
    report = year.survey(0, FREEZE)
    parked = [item.statement.ref for item in content(report).parked]

    assert parked == ["B16.2"]
    assert set(parked) <= {row[0] for row in report.tables["passages"]}


def test_what_the_gate_is_told(year: Year) -> None:
    """Missing answers are a warning once the call is closed, a paper without a sender is a question (R109)."""
    before, after = year.survey(0, at("2018-01-14 07:00")), year.survey(0, FREEZE)

    assert [(note.level, note.key) for note in before.notes] == [("ask", "missing_answers"), ("ask", "nameless")]
    assert [(note.level, note.key) for note in after.notes] == [("warn", "missing_answers"), ("ask", "nameless")]
    assert dict(after.notes[0].facts) == {"n": 5, "called": 20}
