"""Phase 2 of the party's year: three perspectives joined under four headings, and what follows (R76–R83)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.synthesis import SynthesisContent
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Finding
from tests.conftest import at
from tests.phases.made_cases import PLAN, levels, paper, survey
from tests.submissions.records.made import holding, record
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

FIRST, FREEZE = at("2018-03-12 08:00"), at("2018-04-06 08:00")


def content(year: Year) -> SynthesisContent:
    return cast(SynthesisContent, year.survey(2, FREEZE).content)


def test_exactly_three_perspectives_are_joined(year: Year) -> None:
    """R76; the parliamentary groups belong to none of the three and are named as unheard (R77)."""
    found = content(year)

    assert [item.id for item in found.perspectives] == ["landesvorstand", "regional", "lwz"]
    assert [item.name for item in found.unheard] == ["Fraktionen"]


def test_every_finding_says_who_supports_it(year: Year) -> None:
    found = {
        item.finding.id: (section.heading, item.support)
        for section in content(year).synthesis.sections
        for item in section.findings
    }

    assert found == {
        "F02": ("bad", "several"),
        "F03": ("bad", "all"),
        "F04": ("bad", "all"),
        "F07": ("bad", "several"),
        "F08": ("bad", "several"),
        "F12": ("bad", "several"),
        "F05": ("good", "several"),
        "F06": ("good", "all"),
        "F16": ("good", "several"),
        "F09": ("too_little", "several"),
        "F11": ("too_little", "several"),
        "F13": ("too_little", "several"),
        "F14": ("too_little", "single"),
        "F01": ("not_at_all", "several"),
        "F10": ("not_at_all", "several"),
        "F15": ("not_at_all", "several"),
    }


def test_findings_of_the_first_version_had_two_single_voices(year: Year) -> None:
    """F10 and F12 were carried by one side until others joined in."""
    first = cast(SynthesisContent, year.survey(2, FIRST).content)

    assert [item.finding.id for item in first.synthesis.marked("single")] == ["F12", "F10"]
    assert [item.finding.id for item in content(year).synthesis.marked("single")] == ["F14"]


def test_all_four_headings_appear_even_if_empty() -> None:
    """R78."""
    voice = paper("B01", FREEZE, "Niemand ruft an.", sender="lv-vorsitz")
    finding = record(Finding, FREEZE, id="F01", heading="not_at_all", text="Niemand ruft an.", sources=("B01.1",))
    case = holding(Case(PLAN, FREEZE, papers=(voice,)), finding)

    joined = cast(SynthesisContent, survey(case, 2).content).synthesis

    assert [(section.heading, len(section.findings)) for section in joined.sections] == [
        ("bad", 0),
        ("good", 0),
        ("too_little", 0),
        ("not_at_all", 1),
    ]
    assert levels(survey(case, 2)) == [
        ("block", "perspective_silent"),
        ("block", "perspective_silent"),
        ("warn", "unheard_perspective"),
        ("warn", "unheard_perspective"),
        ("ask", "unheard_perspective"),
        ("block", "no_implications"),
    ]


def test_the_reference_into_nothing_is_named(year: Year) -> None:
    """F14 cites G21.1, a talk that never was."""
    assert content(year).dangling == (("F14", "G21.1"),)
    assert ("warn", "dangling") in levels(year.survey(2, FREEZE))


def test_implications_belong_to_findings(year: Year) -> None:
    """R79: before 21 March nothing followed from the findings, and that blocked; then every finding has its implication."""
    assert ("block", "no_implications") in levels(year.survey(2, FIRST))
    assert len(content(year).implications) == len(content(year).records) == 16


def test_papers_in_no_finding_are_listed(year: Year) -> None:
    assert [paper.ref for paper in content(year).uncited] == ["B08", "B13", "B14", "G05"]


def test_the_second_call_is_announced_with_what_is_not_resolved(year: Year) -> None:
    """R82, R83: its deadline is derived and its audience a proposal; neither stands in the resolution."""
    call = content(year).next_call

    assert call is not None
    assert (call.id, call.opens.date, call.deadline.status) == ("call-2", at("2018-04-13").date(), "derived")
    assert (call.audience.adopted, bool(call.audience.proposed)) == ((), True)


def test_without_findings_nothing_is_invented(year: Year) -> None:
    """Until somebody writes findings the codebook's count is shown, and the phase is held back."""
    empty = survey(Case(PLAN, FREEZE, papers=(paper("B01", FREEZE, "Mitglieder werden nicht angerufen."),)), 2)

    assert ("block", "no_findings") in levels(empty)
    assert cast(SynthesisContent, empty.content).implications == ()
