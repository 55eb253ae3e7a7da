"""The record: documents with their versions, where each sentence of the concept comes from and what became of each voice."""

from __future__ import annotations

import re
from html import unescape

from tests.conftest import at
from tests.pages.conftest import Visited
from tests.service.small_folder import put
from tests.year import DirectExecutor


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
