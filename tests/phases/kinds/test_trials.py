"""Phase 4 of the party's year: trials of which failure is a result, and unanimity for longer ideas (R88–R91, U15)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.trials import Demand, TrialsContent, actors_of
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Idea, Position, Trial
from tests.conftest import at
from tests.phases.made_cases import PLAN, levels, survey
from tests.submissions.records.made import holding, record
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

MAY, JUNE = at("2018-05-21 08:00"), at("2018-06-29 08:00")

IDEA = record(Idea, JUNE, id="V04", title="Wegetopf", text="Fahrtkosten", term="medium")


def demands(year: Year, moment: str) -> dict[str, Demand]:
    found = cast(TrialsContent, year.survey(4, at(moment)).content).demands
    return {demand.idea.id: demand for demand in found}


def demand(*positions: tuple[str, str]) -> Demand:
    """The one longer idea with these (actor, position) rows, in the order in which they were entered."""
    said = [record(Position, JUNE, idea=("V04",), actor=actor, position=what) for actor, what in positions]
    (found,) = cast(TrialsContent, survey(holding(Case(PLAN, JUNE), IDEA, *said), 4).content).demands
    return found


def test_failed_and_stopped_trials_are_results(year: Year) -> None:
    """R89: T03 failed, T04 was stopped, T05 still runs; five of six have ended."""
    found = year.survey(4, JUNE)
    trials = cast(TrialsContent, found.content).trials

    assert [(trial.id, trial.record.result, trial.ended) for trial in trials] == [
        ("T01", "confirmed", True),
        ("T02", "mixed", True),
        ("T03", "failed", True),
        ("T04", "stopped", True),
        ("T05", "running", False),
        ("T06", "confirmed", True),
    ]
    assert (found.counts["ended"], found.counts["running"]) == (5, 1)
    assert all(trial.idea is not None for trial in trials)


def test_short_term_ideas_nobody_tries_are_named(year: Year) -> None:
    """R88."""
    untried = cast(TrialsContent, year.survey(4, JUNE).content).untried

    assert [idea.id for idea in untried] == ["V11", "V13", "V14"]
    assert levels(year.survey(4, JUNE)) == [("ask", "untried")]


def test_v04_is_unanimous_only_when_the_last_four_were_heard(year: Year) -> None:
    """R90: on 21 May four were unheard, which is not agreement; on 29 June all 24 agree."""
    before, after = demands(year, "2018-05-21 08:00")["V04"], demands(year, "2018-06-29 08:00")["V04"]

    assert (before.unanimity.unanimous, before.unanimity.unheard) == (
        False,
        ("goerlitz", "westsachsen", "lwz-studierende", "landtagsfraktion"),
    )
    assert (after.unanimity.unanimous, len(after.unanimity.agreeing)) == (True, 24)


def test_one_objection_or_one_unheard_is_enough_against_it(year: Year) -> None:
    found = demands(year, "2018-06-29 08:00")

    assert (found["V07"].unanimity.unanimous, found["V07"].unanimity.objecting) == (
        False,
        ("erzgebirge", "leipzig", "meissen"),
    )
    assert (found["V10"].unanimity.unanimous, found["V10"].unanimity.unheard) == (False, ("landtagsfraktion",))


def test_a_group_speaks_for_units_that_have_not_spoken_themselves() -> None:
    everybody = [(actor, "agrees") for actor in actors_of(PLAN) if actor not in {"bautzen", "goerlitz"}]

    assert demand(*everybody, ("kreisverbaende", "agrees")).unanimity.unanimous


def test_an_objection_is_not_silenced_by_the_group_whoever_is_entered_last() -> None:
    """A district that objects keeps its voice when its group agrees later."""
    everybody = [(actor, "agrees") for actor in actors_of(PLAN) if actor != "bautzen"]

    first = demand(("bautzen", "objects"), *everybody, ("kreisverbaende", "agrees"))
    last = demand(("kreisverbaende", "agrees"), *everybody, ("bautzen", "objects"))

    assert first.unanimity.objecting == last.unanimity.objecting == ("bautzen",)


def test_a_trial_of_nothing_known_without_stop_rule_and_lesson() -> None:
    trial = record(Trial, JUNE, id="T09", idea=("V99",), hypothesis="Es kommt jemand.", result="failed")

    assert levels(survey(holding(Case(PLAN, JUNE), trial), 4)) == [
        ("warn", "trial_without_idea"),
        ("ask", "no_stop_rule"),
        ("warn", "no_lesson"),
    ]
