"""Phase 6 of the party's year: what changes for whom, binding milestones, and a date nobody knows (R97–R103)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.publication import PublicationContent
from tests.conftest import at
from tests.phases.made_cases import levels
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

START, END = at("2018-08-25 08:00"), at("2018-10-07 08:00")


def content(year: Year) -> PublicationContent:
    return cast(PublicationContent, year.survey(6, END).content)


def test_milestones_for_every_year_of_the_horizon(year: Year) -> None:
    """R101: drafts in August bind nobody; in September every following year has a binding one."""
    draft = cast(PublicationContent, year.survey(6, START).content)

    assert [(item.year, item.binding) for item in draft.years] == [(year, False) for year in range(2019, 2024)]
    assert [(item.year, item.binding, [row.id for row in item.milestones]) for item in content(year).years] == [
        (2019, True, ["M01", "M02"]),
        (2020, True, ["M03", "M04"]),
        (2021, True, ["M05", "M06"]),
        (2022, True, ["M07"]),
        (2023, True, ["M08"]),
    ]


def test_what_is_missing_blocks_until_it_is_there(year: Year) -> None:
    assert levels(year.survey(6, START)) == [
        ("block", "years_unbound"),
        ("ask", "kickoff"),
        ("ask", "resubmission_open"),
    ]
    assert levels(year.survey(6, END)) == [("ask", "kickoff"), ("ask", "resubmission_open")]


def test_the_resubmission_has_candidates_and_no_date(year: Year) -> None:
    """R103, U13."""
    assert content(year).resubmission == (at("2019-06-14").date(), at("2019-09-20").date())
    assert year.plan.occasion is not None
    assert year.plan.occasion.name == "Auswertung der Wahlen des Jahres 2019"


def test_the_kickoff_is_proposed_not_fixed(year: Year) -> None:
    """R98."""
    assert content(year).kickoff == next(event for event in year.plan.events if event.id == "lpt")


def test_the_adoption_carries_no_invented_votes(year: Year) -> None:
    """R14: three abstentions are known, nothing else."""
    adopted = content(year).adopted

    assert adopted is not None
    assert (adopted.vote.yes, adopted.vote.no, adopted.vote.abstentions) == (None, None, 3)


def test_what_became_of_every_paper(year: Year) -> None:
    """U7 backwards: from each of the 42 papers and minutes to the passages of the concept; three left no trace."""
    traces = {row[0]: row for row in year.survey(6, END).tables["traces"][1:]}

    assert len(traces) == 42
    assert traces["B01"] == ("B01", "lv-beisitz-05", "K01 K02 K03", "1")
    assert [trace.paper.ref for trace in content(year).unused] == ["B08", "B13", "B14"]


def test_forwards_and_backwards_tell_the_same(year: Year) -> None:
    """Concept → paragraph → paper and paper → concept: the same pairs."""
    tables = year.survey(6, END).tables
    forwards = {(row[0], voice.split(".")[0]) for row in tables["concept"][1:] for voice in row[4].split()}
    backwards = {(passage, row[0]) for row in tables["traces"][1:] for passage in row[2].split()}

    assert forwards == backwards
    assert len(forwards) > 100
