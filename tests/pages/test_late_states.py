"""Late states of phases and of the record, seen in the years that were played: hand-overs, versions, both ways of the trace."""

from __future__ import annotations

import re
from html import unescape

from staffelstab.phases.concept.provenance import Sources
from tests.conftest import at
from tests.pages.conftest import pages_of
from tests.year import THE_YEAR, Year, choir, year

__all__ = ["choir", "year"]  # fixtures
pytestmark = THE_YEAR


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_phase_that_handed_over_shows_what_and_when(year: Year) -> None:
    pages = pages_of(year.root, "2019-10-01 07:00")
    said = text(pages.open("phases/phase-1"))
    assert "Stand: übergeben." in said
    assert "Vorlage festgestellt" in said
    assert "Ergebnis der Sitzung vom 9. März 2018 eingetragen" in said
    assert re.search(r"Prüfsumme [0-9a-f]{64}", said)
    assert "An die nächste Phase übergeben" in said or "Pflichten gehen mit" in said or "Pflicht geht mit" in said
    assert "tables/coverage.csv" in said


def test_every_phase_of_both_examples_can_be_looked_at(year: Year, choir: Year) -> None:
    for played, moment in ((year, "2019-10-01 07:00"), (choir, "2027-10-01 07:00")):
        pages = pages_of(played.root, moment)
        for phase in played.plan.phases:
            page = pages.open(f"phases/{phase.id}")
            assert phase.name in unescape(page)


def test_an_english_phase_is_english(choir: Year) -> None:
    pages = pages_of(choir.root, "2027-10-01 07:00")
    said = text(pages.open(f"phases/{choir.plan.phases[0].id}"))
    assert not {"Was", "Phase:", "Stand:", "Prüfsumme", "Sitzung"} & set(said.split())


def test_each_sentence_of_the_concept_leads_to_its_voices_and_each_voice_back(year: Year) -> None:
    case = year.case(at("2019-10-01 07:00"))
    sources = Sources(case)
    for passage in case.concept:
        for voice in sources.voices(passage):
            assert passage.id in {source.ref for source in sources.beyond(voice.ref)}, (passage.id, voice.ref)
    for paper in (*case.papers, *case.minutes):
        for statement in paper.statements:
            for source in sources.beyond(statement.ref):
                assert source.record is not None
                back = {voice.ref for voice in sources.voices(source.record)}
                assert {statement.ref, paper.ref} & back


def test_the_pages_show_both_ways(year: Year) -> None:
    pages = pages_of(year.root, "2019-10-01 07:00")
    trace = pages.open("archive/trace")
    assert "K01 Jedes neue Mitglied wird innerhalb von sieben Tagen" in text(trace)
    assert "Geht zurück auf 9 Stellen: B01.1 (Beisitz 5)" in text(trace)
    assert "3 Beiträge, auf die kein Satz zurückgeht" in text(trace)
    paper = text(pages.open("archive/papers/B01"))
    assert re.search(r"B01\.1 .*? Daraus wurde: .*?K01 \(Satz des Konzepts\)", paper)


def test_no_link_of_the_record_leads_nowhere(year: Year, choir: Year) -> None:
    for played, moment in ((year, "2019-10-01 07:00"), (choir, "2027-10-01 07:00")):
        pages = pages_of(played.root, moment)
        known: set[str] = set()
        waiting = ["archive", "archive/trace", "outbox", "settings"]
        while waiting and len(known) < 150:
            path = waiting.pop(0)
            answer = pages.browser.get(f"/{pages.plan}/{path}")
            assert answer.status_code == 200, path
            known.add(path)
            if not answer.headers["content-type"].startswith("text/html") or "/files/" in path:
                continue
            found = re.findall(rf'href="/{pages.plan}/((?:archive|outbox|settings|phases)[^"#]*)', answer.text)
            waiting += sorted({unescape(item) for item in found} - known - {*waiting})


def test_versions_and_hand_overs_are_told(year: Year) -> None:
    said = text(pages_of(year.root, "2019-10-01 07:00").open("archive"))
    assert "Festgestellt (MD, HTML, PDF, DOCX, ODT)" in said
    assert len(re.findall(r"Übergeben am .*? Prüfsumme: [0-9a-f]{64}", said)) == len(year.plan.phases)
