"""References followed from concept to paragraph, and no further than once around (U7)."""

from __future__ import annotations

from staffelstab.case.values import Case, Cell
from staffelstab.concept.sources import Sources
from tests.conftest import at
from tests.phases.made import PLAN, paper, rows

NOW = at("2018-08-17 08:00")


def case(**records: dict[str, Cell]) -> Case:
    return Case(
        PLAN,
        NOW,
        papers=(paper("B01", NOW, "Eins.", "Zwei.", sender="lv-vorsitz"),),
        minutes=(paper("G01", NOW, "Drei.", unit="bautzen", role="kgf"),),
        records={kind: rows(kind, NOW, row)[kind] for kind, row in records.items()},
    )


def test_from_the_concept_to_the_paragraph() -> None:
    found = case(
        concept={"id": "K01", "sources": ("V01", "G01")},
        ideas={"id": "V01", "findings": ("F01",)},
        findings={"id": "F01", "sources": ("B01.2", "B99")},
    )
    sources = Sources(found)
    (passage,) = found.rows("concept")

    assert [(item.ref, item.kind) for item in sources.of(passage)] == [("V01", "idea"), ("G01", "paper")]
    assert [(item.ref, item.kind) for item in sources.voices(passage)] == [("G01", "paper"), ("B01.2", "statement")]
    assert sources.perspectives(passage) == {"regional", "landesvorstand"}


def test_what_does_not_exist_is_unknown_and_named() -> None:
    found = case(findings={"id": "F01", "sources": ("B01.3", "B02", "F99", "F01")})

    assert list(Sources(found).dangling(found.rows("findings"))) == [("F01", "B01.3"), ("F01", "B02"), ("F01", "F99")]


def test_records_that_cite_each_other_end() -> None:
    found = case(ideas={"id": "V01", "findings": ("F01",)}, findings={"id": "F01", "sources": ("V01", "B01.1")})

    assert [item.ref for item in Sources(found).voices(found.rows("ideas")[0])] == ["B01.1"]


def test_references_do_not_mind_small_letters() -> None:
    found = case(findings={"id": "f01", "sources": ("B01.1",)}, ideas={"id": "V01", "findings": ("F01",)})

    assert [item.kind for item in Sources(found).of(found.rows("ideas")[0])] == ["finding"]


def test_a_whole_paper_cites_all_its_paragraphs() -> None:
    found = case(findings={"id": "F01", "sources": ("B01",)})

    assert Sources(found).cited(found.rows("findings")) == {"B01", "B01.1", "B01.2"}
