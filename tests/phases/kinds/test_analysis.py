"""Phase 1 of the party's year: talks, figures, categories and the ranking of needs (R66–R74)."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from staffelstab.phases.kinds.analysis import AnalysisContent
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Need
from tests.conftest import at
from tests.phases.made_cases import PLAN, levels, paper, survey
from tests.submissions.records.made import holding, record
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

FREEZE = at("2018-03-02 08:00")


def content(year: Year) -> AnalysisContent:
    return cast(AnalysisContent, year.survey(1, FREEZE).content)


def test_papers_minutes_and_figures_are_joined(year: Year) -> None:
    """R66: figures, reports, descriptions of problems."""
    counts = year.survey(1, FREEZE).counts

    assert {name: counts[name] for name in ("papers", "minutes", "figures", "ratings")} == {
        "papers": 17,
        "minutes": 14,
        "figures": 13,
        "ratings": 118,
    }


def test_coverage_of_thirteen_associations_by_three_offices(year: Year) -> None:
    """R69: all of them; and vacant, refused, not answered and not asked are four different things."""
    kreise = content(year).hearings[0]

    assert (len(kreise.coverage.rows), len(kreise.coverage.roles), kreise.coverage.total) == (13, 3, 39)
    assert kreise.coverage.counts == {
        "held": 26,
        "scheduled": 1,
        "asked": 2,
        "offered": 0,
        "no_answer": 3,
        "refused": 2,
        "vacant": 3,
        "not_asked": 2,
    }
    assert [(seat.unit, seat.role) for seat in kreise.coverage.seats("not_asked")] == [
        ("mittelsachsen", "mitgliederbeauftragte"),
        ("vogtland", "mitgliederbeauftragte"),
    ]


def test_an_offered_talk_with_a_state_wide_group_is_enough(year: Year) -> None:
    """R74 is the weaker duty: one refused, one did not answer, and the attempt is complete all the same."""
    kreise, lwz = content(year).hearings

    assert not kreise.coverage.complete
    assert lwz.coverage.complete
    assert (lwz.coverage.counts["held"], lwz.coverage.counts["refused"], lwz.coverage.counts["no_answer"]) == (4, 1, 1)


def test_the_pace_says_that_it_will_not_be_enough(year: Year) -> None:
    """R70, U9: 26 of 34 talks a week before the end, five a week at best."""
    pace = content(year).hearings[0].pace

    assert pace is not None
    assert (pace.held, pace.needed, pace.verdict) == (26, 34, "impossible")
    assert "reicht die Zeit dafür nicht" in pace.text("de")


def test_needs_are_ranked_with_equal_weight_and_coverage_apart(year: Year) -> None:
    """R73: what all thirteen name is not put first for that; how many rated it stands in a column of its own."""
    ranking = content(year).ranking

    assert ranking is not None
    assert [(need.need, f"{need.severity:.2f}", need.rated_by, need.asked) for need in ranking.needs][:6] == [
        ("Beschreibung und Schulung für Mitgliederbeauftragte", "4.14", 7, 13),
        ("Entlastung der Ehrenamtlichen", "4.14", 12, 13),
        ("Nachwuchs für Vorstände und Ämter", "4.00", 8, 13),
        ("Feste Ansprechperson in der Landesgeschäftsstelle", "3.88", 8, 13),
        ("Rückruf und Begrüßung neuer Mitglieder", "3.82", 11, 13),
        ("Gepflegte Mitgliederdaten", "3.72", 13, 13),
    ]
    assert year.survey(1, FREEZE).tables["needs"][0] == ("need", "severity", "low", "high", "coverage")
    assert "jeder mit gleichem Gewicht" in ranking.method("de")


def test_many_answers_from_one_association_do_not_outweigh_another() -> None:
    """R73, by hand: three answers from Leipzig and one from Görlitz count half and half."""
    ratings = [
        record(Need, FREEZE, unit="leipzig", role=role, need="Räume", severity=5.0)
        for role in ("vorsitz", "kgf", "mitgliederbeauftragte")
    ]
    other = record(Need, FREEZE, unit="goerlitz", role="vorsitz", need="Räume", severity=1.0)
    case = holding(Case(PLAN, FREEZE), *ratings, other)

    ranking = cast(AnalysisContent, survey(case, 1).content).ranking

    assert ranking is not None
    assert [(need.need, need.severity, need.rated_by) for need in ranking.needs] == [("Räume", 3.0, 2)]


def test_figures_that_are_missing_or_do_not_add_up_are_named(year: Year) -> None:
    found = {note.key: dict(note.facts) for note in year.survey(1, FREEZE).notes}

    assert found["figures_missing"] == {"n": 2, "units": "Görlitz und Westsachsen"}
    assert found["figures_odd"] == {"n": 1}


def test_every_statement_is_coded_or_shown_as_not_assigned(year: Year) -> None:
    """R72: two axes, feature and region; what the codebook does not know is not hidden."""
    coded = content(year).coded
    papers = [item for item in (*year.case(FREEZE).papers, *year.case(FREEZE).minutes) if not item.newer]

    assert [item.statement.ref for item in coded.statements] == [
        statement.ref for item in papers for statement in item.statements
    ]
    assert sum(len(category.statements) for category in coded.categories) + len(coded.unassigned) + len(
        coded.parked
    ) == len(coded.statements)
    assert coded.regions == ("Ost", "Südwest", "Nordwest")


def test_headings_are_counted_but_not_quoted(year: Year) -> None:
    bond = next(item for item in content(year).coded.categories if item.name == "Bindung langjähriger Mitglieder")
    refs = [item.statement.ref for item in (*bond.quoted, *bond.further)]

    assert [item.statement.ref for item in bond.quoted] == ["B06.4", "B11.2", "G02.3"]
    assert bond.further[0].statement.text == "Bildung als Bindung"
    assert sorted(refs) == sorted(item.statement.ref for item in bond.statements)


def test_what_blocks_and_what_only_warns(year: Year) -> None:
    """R109: the binding duty of the talks blocks, missing figures warn, unassigned statements are a question."""
    assert levels(year.survey(1, FREEZE)) == [
        ("block", "not_heard"),
        ("warn", "pace"),
        ("warn", "figures_missing"),
        ("warn", "figures_odd"),
        ("ask", "unassigned"),
    ]


def test_minutes_prove_a_talk_until_they_are_corrected() -> None:
    """Minutes filed under the wrong association: the corrected version counts, the old one no longer does."""
    wrong = replace(paper("G01", FREEZE, "Wir haben gesprochen.", unit="bautzen", role="kgf"), newer="G02")
    right = paper("G02", FREEZE, "Wir haben gesprochen.", unit="goerlitz", role="kgf")
    case = Case(PLAN, FREEZE, minutes=(wrong, right))

    kreise = cast(AnalysisContent, survey(case, 1).content).hearings[0]

    assert [(seat.unit, seat.role) for seat in kreise.coverage.seats("held")] == [("goerlitz", "kgf")]
