"""Phase 5 of the party's year: every idea judged or explained, three questions, readiness computed (R92–R96, U19)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.finalisation import FinalContent
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Applicability, Idea, Passage, Record, Trial
from tests.conftest import at
from tests.phases.made_cases import PLAN, levels, survey
from tests.submissions.records.made import holding, record
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

BEFORE, FREEZE = at("2018-07-02 08:00"), at("2018-08-17 08:00")

IDEA = record(Idea, FREEZE, id="V01", title="Anruf", text="Anrufen", type="measure", term="short")
TRIAL = record(Trial, FREEZE, id="T01", idea=("V01",), place="leipzig", hypothesis="Es hilft.")


def content(year: Year) -> FinalContent:
    return cast(FinalContent, year.survey(5, FREEZE).content)


def made(*records: Record) -> Case:
    """A case with these rows alone."""
    return holding(Case(PLAN, FREEZE), *records)


def test_every_idea_is_judged_or_named_as_not_judged(year: Year) -> None:
    """R92: tested and untested alike, with what was tried and which passages it became."""
    found = [
        (item.idea.id, [trial.id for trial in item.trials], item.verdict.verdict if item.verdict else None)
        for item in content(year).judged
    ]

    assert found == [
        ("V01", ["T01"], "adopt"),
        ("V02", ["T04"], "adapt"),
        ("V03", ["T02"], "adopt"),
        ("V04", ["T05"], "adapt"),
        ("V05", ["T03"], "drop"),
        ("V06", [], "later"),
        ("V07", [], "adapt"),
        ("V08", ["T06"], "adopt"),
        ("V09", [], "adopt"),
        ("V10", [], "later"),
        ("V11", [], "drop"),
        ("V12", [], None),
        ("V13", [], "adopt"),
        ("V14", [], "adapt"),
    ]
    assert [item.idea.id for item in content(year).unjudged] == ["V12"]


def test_what_is_left_out_has_a_reason(year: Year) -> None:
    """R93."""
    left = [item for item in content(year).judged if item.verdict and not item.passages]

    assert [item.idea.id for item in left] == ["V07", "V11"]
    assert all(item.verdict.reason for item in left if item.verdict)


def test_the_three_questions_are_answered(year: Year) -> None:
    """R94."""
    assert [(name, answer is not None) for name, answer in content(year).questions] == [
        ("form", True),
        ("bindingness", True),
        ("reach", True),
    ]


def test_the_degree_of_intervention_per_body(year: Year) -> None:
    """R95."""
    assert {row.body: row.degree for row in content(year).interventions} == {
        "landesvorstand": "large",
        "kreisverbaende": "small",
        "lwz": "small",
        "landesgeschaeftsstelle": "large",
        "landtagsfraktion": "none",
        "landesgruppe": "small",
    }


def compute_readiness_is_computed_from_the_plan(year: Year) -> None:
    """R96, U19: sixteen conditions, two unmet: an idea nobody judged, four associations that have not read the concept."""
    found = content(year)

    assert [(item.key, item.met) for item in found.conditions] == [
        *[("section", True)] * 6,
        ("type_structure", True),
        ("type_measure", True),
        ("type_procedure", True),
        ("question_form", True),
        ("question_bindingness", True),
        ("question_reach", True),
        ("all_judged", False),
        ("applicability", False),
        ("milestones", True),
        ("no_orphans", True),
    ]
    assert not found.ready
    assert levels(year.survey(5, FREEZE)) == [
        ("warn", "unmet_all_judged"),
        ("block", "unmet_applicability"),
        ("ask", "not_in_concept"),
    ]


def test_at_the_start_nothing_is_met(year: Year) -> None:
    """On 2 July there is no concept yet: "no orphans" is not met by having no passages."""
    assert year.survey(5, BEFORE).counts["met"] == 0


def test_the_trace_of_a_passage(year: Year) -> None:
    """U7: K02 cites an idea, a finding and minutes; behind them stand paragraphs, each once."""
    row = next(row for row in year.survey(5, FREEZE).tables["concept"] if row[0] == "K02")

    assert row[3] == "V01 F08 G02.4"
    assert row[4] == "G02.4 B18.2 B18.3 B16.1 G10.3 B01.1 G03.1 G13.1 G07.1 B04.2 G02.1 G02.2"


def test_a_passage_that_cites_a_trial_carries_its_idea() -> None:
    """R93: concept ← idea ← trial."""
    case = made(
        IDEA,
        TRIAL,
        record(Passage, FREEZE, id="K01", section="Anrufe", text="Wir rufen an.", sources=("T01",)),
    )
    found = cast(FinalContent, survey(case, 5).content)

    assert [(item.idea.id, item.passages) for item in found.judged] == [("V01", ("K01",))]
    assert [item.met for item in found.conditions if item.key == "type_measure"] == [True]


def test_a_passage_no_voice_stands_behind_is_an_orphan() -> None:
    passage = record(Passage, FREEZE, id="K01", section="Anrufe", text="Wir rufen an.")
    found = cast(FinalContent, survey(made(passage), 5).content)

    assert [passage.record.id for passage in found.orphans] == ["K01"]
    assert [(item.met, item.facts) for item in found.conditions if item.key == "no_orphans"] == [(False, {"n": 1})]


def test_readers_from_outside_do_not_make_up_for_the_associations() -> None:
    """R24: only the group the plan names counts."""
    stranger = record(Applicability, FREEZE, unit="lwz-jugend", reader="Sprecher*innenrat", verdict="yes")
    found = cast(FinalContent, survey(made(stranger), 5).content)

    assert [item.facts for item in found.conditions if item.key == "applicability"] == [{"n": 0, "total": 13}]
