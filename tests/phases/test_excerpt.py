"""A flood of papers: the dossier stays readable, who sends much is not heard more, and beside it lies everything."""

from __future__ import annotations

import csv
import io
from typing import cast

import pytest

from staffelstab.phases.excerpt import EXCERPT, READABLE, printed
from staffelstab.phases.kinds.call import CallContent
from staffelstab.publishing.dossier.annex import annex
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.submissions.case.contents import Case, Submission
from tests.conftest import at
from tests.phases.made_cases import PLAN, paper, survey

NOW = at("2018-01-10 07:00")


def flood(count: int, sender: str = "lv-vorsitz", first: int = 1, paragraphs: int = 10) -> tuple[Submission, ...]:
    texts = [f"Absatz {number} von vielen" for number in range(paragraphs)]
    return tuple(paper(f"B{number:03d}", NOW, *texts, sender=sender) for number in range(first, first + count))


def test_as_many_paragraphs_as_can_be_read_are_printed_and_not_one_more() -> None:
    readable = flood(READABLE // 10)
    one_more = paper("B999", NOW, "Noch etwas.", sender="lv-vorsitz")
    assert printed(readable) == {item.ref for item in readable}
    assert printed((*readable, one_more)) == {item.ref for item in readable[: EXCERPT // 10]}


@pytest.mark.attack("C4")
def test_a_paper_that_is_a_book_by_itself_keeps_no_other_from_being_printed() -> None:
    book = paper("B001", NOW, *["Wort " * 2000] * 450, sender="lv-vorsitz")
    single = paper("B002", NOW, "Nur dies eine.", sender="lv-jugend")
    assert printed((book, single)) == {"B002"}
    assert printed((single,)) == {"B002"}


def test_who_sends_one_paper_is_printed_as_well_as_who_sends_hundreds() -> None:
    many = flood(400)
    single = paper("B900", NOW, "Nur dies eine.", sender="lv-jugend")
    nameless = paper("B901", NOW, "Und dies.")
    shown = printed((*many, single, nameless))
    assert {"B001", "B900", "B901"} <= shown
    assert shown - {"B900", "B901"} == {
        item.ref for item in many[:49]
    }  # 49 × 10 + 2 paragraphs; one paper more would be 502


def test_a_flood_fits_a_dossier_and_every_paragraph_lies_beside_it() -> None:
    papers = flood(400)
    case = Case(plan=PLAN, now=NOW, papers=papers)
    found = survey(case, 0)
    text = dossier(case, found, PLAN.session_of(found.phase), final=False).markdown
    assert len(text) < 200_000
    assert "B050\\.10" in text
    assert "B051\\.1\\b" not in text
    assert "dossier.passages.csv" in text
    files = annex(found)
    assert list(files) == ["register.csv", "passages.csv", "alike.csv", "parked.csv"]
    rows = list(csv.reader(io.StringIO(files["passages.csv"].decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [item.ref for each in papers for item in each.statements]
    assert len(list(csv.reader(io.StringIO(files["register.csv"].decode("utf-8-sig"), newline="")))) == 401


def test_papers_that_can_be_read_have_no_annex() -> None:
    papers = flood(3)
    found = survey(Case(plan=PLAN, now=NOW, papers=papers), 0)
    assert annex(found) == {}
    assert list(found.tables) == ["register", "passages"]
    assert cast(CallContent, found.content).printed == {"B001", "B002", "B003"}


def test_fifty_open_points_of_a_kind_are_read_out_and_the_others_counted() -> None:
    papers = tuple(paper(f"B{number:03d}", NOW, "Ohne Absender.") for number in range(1, 61))
    case = Case(plan=PLAN, now=NOW, papers=papers)
    found = survey(case, 0)
    assert len([note for note in found.at("ask") if note.key == "nameless"]) == 60
    text = dossier(case, found, PLAN.session_of(found.phase), final=False).markdown
    assert "Von wem Beitrag B050 stammt" in text
    assert "Von wem Beitrag B051 stammt" not in text
    assert "Und 10 weitere gleicher Art." in text
