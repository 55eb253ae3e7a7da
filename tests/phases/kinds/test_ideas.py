"""Phase 3 of the party's year: ideas tied to findings or flagged, and who took part (R84–R87)."""

from __future__ import annotations

from typing import cast

from staffelstab.phases.kinds.ideas import IdeasContent, Share
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Idea
from tests.conftest import at
from tests.phases.made_cases import PLAN, levels, survey
from tests.submissions.records.made import holding, record
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

EARLY, FREEZE = at("2018-05-02 08:00"), at("2018-05-18 08:00")


def content(year: Year) -> IdeasContent:
    return cast(IdeasContent, year.survey(3, FREEZE).content)


def test_ideas_without_a_finding_are_allowed_and_flagged(year: Year) -> None:
    """R84."""
    found = content(year)

    assert [idea.id for idea in found.ideas] == [f"V{number:02d}" for number in range(1, 15)]
    assert [idea.id for idea in found.unlinked] == ["V11", "V12"]
    assert [note.facts["idea"] for note in year.survey(3, FREEZE).notes if note.key == "unlinked"] == ["V11", "V12"]


def test_every_linked_idea_goes_back_to_voices(year: Year) -> None:
    """U7: idea → finding → paragraph."""
    table = {row[0]: row for row in year.survey(3, FREEZE).tables["ideas"][1:]}

    assert all(idea.voices for idea in content(year).ideas if idea.linked)
    assert table["V01"][8:] == ("F01 F05", "B18.2 B18.3", "B18.2 B18.3 B01.1 G03.1 G13.1 G07.1 B04.2 G02.1 G02.2")


def test_an_idea_may_be_for_several_levels_and_a_level_may_have_none() -> None:
    """R23: an empty level is named, however the sheet writes the others."""
    ideas = [
        record(Idea, FREEZE, id=number, level=cell) for number, cell in (("V01", "ort und Kreis"), ("V02", "Kreis"))
    ]

    assert cast(IdeasContent, survey(holding(Case(PLAN, FREEZE), *ideas), 3).content).levels == (
        Share("Ort", ("V01",)),
        Share("Kreis", ("V01", "V02")),
        Share("Land", ()),
    )


def test_participation_by_perspective(year: Year) -> None:
    """R85: who of the bodies answered; a paper without a sender speaks for nobody."""
    assert dict(content(year).participation) == {"regional": 4, "lwz": 3, "fraktionen": 2, "landesvorstand": 1, "": 1}


def test_optional_actors_are_only_asked_for(year: Year) -> None:
    """R86: nothing from the parliamentary groups is a question until 4 May, never a block; then it is answered."""
    early, later = levels(year.survey(3, EARLY)), levels(year.survey(3, FREEZE))

    assert ("ask", "optional_silent") in early
    assert not [key for _, key in later if key == "optional_silent"]


def test_paragraphs_that_became_no_idea_are_kept(year: Year) -> None:
    assert [item.statement.ref for item in content(year).loose] == [
        "B18.1", "B18.4", "B19.2", "B20.1", "B20.4", "B22.3", "B24.1", "B24.4", "B26.1", "B27.1", "B27.3", "B28.1",
    ]  # fmt: skip


def test_the_late_paper_of_the_second_call_is_there(year: Year) -> None:
    """The deadline is derived (9 May); Vogtland wrote on the 11th."""
    (state,) = content(year).states

    assert [(paper.ref, paper.sender.name if paper.sender else "") for paper in state.late] == [("B28", "Vogtland")]
    assert ("ask", "audience_proposed") in levels(year.survey(3, FREEZE))
