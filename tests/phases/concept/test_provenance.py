"""References followed from concept to paragraph, and no further than once around (U7)."""

from __future__ import annotations

from staffelstab.phases.concept.provenance import Sources
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Finding, Idea, Passage, Record
from tests.conftest import at
from tests.phases.made_cases import PLAN, paper
from tests.submissions.records.made import holding, record

NOW = at("2018-08-17 08:00")


def case(*records: Record) -> Case:
    """Two papers, and these rows."""
    papers = (paper("B01", NOW, "Eins.", "Zwei.", sender="lv-vorsitz"),)
    minutes = (paper("G01", NOW, "Drei.", unit="bautzen", role="kgf"),)
    return holding(Case(PLAN, NOW, papers=papers, minutes=minutes), *records)


def test_from_the_concept_to_the_paragraph() -> None:
    found = case(
        record(Passage, NOW, id="K01", sources=("V01", "G01")),
        record(Idea, NOW, id="V01", findings=("F01",)),
        record(Finding, NOW, id="F01", sources=("B01.2", "B99")),
    )
    sources = Sources(found)
    (passage,) = found.concept

    assert [(item.ref, item.kind) for item in sources.of(passage)] == [("V01", "idea"), ("G01", "paper")]
    assert [(item.ref, item.kind) for item in sources.voices(passage)] == [("G01", "paper"), ("B01.2", "statement")]
    assert sources.perspectives(passage) == {"regional", "landesvorstand"}


def test_what_does_not_exist_is_unknown_and_named() -> None:
    found = case(record(Finding, NOW, id="F01", sources=("B01.3", "B02", "F99", "F01")))

    assert list(Sources(found).dangling(found.findings)) == [("F01", "B01.3"), ("F01", "B02"), ("F01", "F99")]


def test_records_that_cite_each_other_end() -> None:
    found = case(
        record(Idea, NOW, id="V01", findings=("F01",)), record(Finding, NOW, id="F01", sources=("V01", "B01.1"))
    )

    assert [item.ref for item in Sources(found).voices(found.ideas[0])] == ["B01.1"]


def test_references_do_not_mind_small_letters() -> None:
    found = case(record(Finding, NOW, id="f01", sources=("B01.1",)), record(Idea, NOW, id="V01", findings=("F01",)))

    assert [item.kind for item in Sources(found).of(found.ideas[0])] == ["finding"]


def test_a_whole_paper_cites_all_its_paragraphs() -> None:
    found = case(record(Finding, NOW, id="F01", sources=("B01",)))

    assert Sources(found).cited(found.findings) == {"B01", "B01.1", "B01.2"}
