"""The record: documents with their versions, where each sentence of the concept comes from and what became of each voice."""

from __future__ import annotations

import re
from html import unescape

from staffelstab.phases.concept.provenance import Sources
from tests.conftest import at
from tests.pages.conftest import Visited, pages_of
from tests.service.small_folder import put
from tests.year import THE_YEAR, DirectExecutor, Year, choir, year

__all__ = ["choir", "year"]  # fixtures


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_before_anything_is_there_the_pages_say_so(visited: Visited) -> None:
    pages = visited("2017-12-16 07:00", passed=False)
    assert "Eine Vorlage gibt es noch nicht." in text(pages.open("archive"))
    assert "Das Konzept ist noch nicht geschrieben." in text(pages.open("archive/trace"))
    assert "In dieser Tabelle steht noch nichts." in text(pages.open("archive/sheets/needs"))


def test_documents_are_offered_and_nothing_else_of_the_folder(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    page = pages.open("archive")
    addresses = re.findall(r'href="(/[^"]*/archive/files/[^"]+)"', page)
    assert any(address.endswith("sessions/2018-01-19/dossier.md") for address in addresses)
    assert any("calendar/timetable.ics" in address for address in addresses)
    for address in addresses:
        assert pages.browser.get(address).status_code == 200
    put(pages.root, "beitraege/zuruf.txt", "geheim", at("2018-01-09 12:00"))
    (pages.root / "sessions/link").symlink_to(pages.root / "inbox")
    for path in (
        "ledger.db",
        "plan.toml",
        "inbox/beitraege/zuruf.txt",
        "sessions/../ledger.db",
        "sessions/%2e%2e/ledger.db",
        "sessions/link/beitraege/zuruf.txt",
        "outbox/x.eml",
        ".heads",
        "sessions/.hidden",
        "sessions//etc/passwd",
        "",
    ):
        assert pages.browser.get(f"/{pages.plan}/archive/files/{path}").status_code == 404, path


def test_what_is_not_there_is_not_found(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    for path in ("papers/B99", "papers/<b>", "records/K1", "records/..%2f..", "sheets/nothing", "search/x", "nothing"):
        answer = pages.browser.get(f"/{pages.plan}/archive/{path}")
        assert answer.status_code in (404, 410), path
        assert "<b>" not in answer.text


def test_rows_are_shown_as_text_and_by_the_words_of_their_columns(visited: Visited) -> None:
    pages = visited("2018-03-10 07:00", passed=False)
    sheet = "Nummer;Überschrift;Text;Quellen\nV1;schlecht;<script>alert(1)</script>;B99.1\n"
    put(pages.root, "befunde/befunde.csv", sheet, at("2018-03-09 12:00"))
    DirectExecutor().daily_pass(str(pages.root), at("2018-03-10 07:00"))
    for path in ("archive/sheets/findings", "archive/records/V1", "archive/records/v1"):
        page = pages.open(path)
        assert "<script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    said = text(pages.open("archive/records/V1"))
    assert "Befund V1" in said
    assert "Verweist auf: B99.1 (gibt es nicht)" in said
    assert "Dahinter steht keine Stimme." in said


class TestTheYear:
    """Both ways of the trace, in the year that was played."""

    pytestmark = THE_YEAR

    def test_each_sentence_of_the_concept_leads_to_its_voices_and_each_voice_back(self, year: Year) -> None:
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

    def test_the_pages_show_both_ways(self, year: Year) -> None:
        pages = pages_of(year.root, "2019-10-01 07:00")
        trace = pages.open("archive/trace")
        assert "K01 Jedes neue Mitglied wird innerhalb von sieben Tagen" in text(trace)
        assert "Geht zurück auf 9 Stellen: B01.1 (Beisitz 5)" in text(trace)
        assert "3 Beiträge, auf die kein Satz zurückgeht" in text(trace)
        paper = text(pages.open("archive/papers/B01"))
        assert re.search(r"B01\.1 .*? Daraus wurde: .*?K01 \(Satz des Konzepts\)", paper)

    def test_no_link_of_the_record_leads_nowhere(self, year: Year, choir: Year) -> None:
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

    def test_versions_and_hand_overs_are_told(self, year: Year) -> None:
        said = text(pages_of(year.root, "2019-10-01 07:00").open("archive"))
        assert "Festgestellt (MD, HTML, PDF, DOCX, ODT)" in said
        assert len(re.findall(r"Übergeben am .*? Prüfsumme: [0-9a-f]{64}", said)) == len(year.plan.phases)
