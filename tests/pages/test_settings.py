"""Settings: what is asked of the plan, what belongs where, the clock, the check of the record, the next runs."""

from __future__ import annotations

import re
from html import unescape

from pages.runs import RunShown
from staffelstab.ledger.values import Known
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.workspace import find
from tests.conftest import at
from tests.pages.conftest import KnownRuns, Visited, pages_of
from tests.service.small_folder import put
from tests.year import CHOIR, DirectExecutor

NEXT = RunShown("Tageslauf · 11. Januar 2018", "scheduled", "", at("2018-01-11 07:00"), "/v2/runs/y")


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_what_the_check_asks_is_told_with_a_link_in_place_of_a_command(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    page = pages.open("settings")
    assert "Stellen sind zu klären" in text(page)
    assert "staffelstab confirm" not in text(page)
    for address in set(re.findall(r'href="(/[^"]*/dates/[^"]+)"', page)):
        assert pages.browser.get(address).status_code == 200, address


def test_an_empty_sheet_can_be_filled_in_and_is_understood(visited: Visited) -> None:
    pages = visited("2018-03-10 07:00", passed=False)
    empty = pages.browser.get(f"/{pages.plan}/settings/sheets/befunde.csv")
    assert empty.headers["content-disposition"] == 'attachment; filename="befunde.csv"'
    heads = empty.content.decode("utf-8-sig").strip()
    assert heads == "Nummer;Überschrift;Text;Art;Kategorie;Ursache;Quellen;Folgerung"
    put(pages.root, "befunde/befunde.csv", f"\ufeff{heads}\r\nF1;gut;Es läuft.;;;;;\r\n", at("2018-03-09 12:00"))
    DirectExecutor().daily_pass(str(pages.root), at("2018-03-10 07:00"))
    assert "Es läuft." in pages.open("archive/sheets/findings")


def test_every_folder_of_the_inbox_says_what_belongs_into_it(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    page = pages.open("settings")
    for kind in ("papers", *RECORDS):
        assert f'id="sheet-{kind}"' in page
    for link in re.findall(r'href="([^"]+/settings/sheets/[^"]+)"', page):
        assert pages.browser.get(link).status_code == 200
    assert pages.browser.get(f"/{pages.plan}/settings/sheets/nothing.csv").status_code == 404


def test_the_check_reads_everything_and_tells_damage(visited: Visited) -> None:
    pages = visited("2018-01-20 07:00")
    assert "Unversehrt. Einträge in der Akte:" in text(pages.send("settings", do="check"))
    paper = pages.root / "sessions/2018-01-19/dossier.docx"
    paper.write_bytes(paper.read_bytes() + b"x")
    said = text(pages.send("settings", do="check"))
    assert "1 Schaden gefunden. Verändert wurde nichts" in said
    assert "dossier.docx" in said


def test_a_clock_far_ahead_is_asked_about_and_confirmed(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    (pages.root / ".rehearsal").unlink()  # live: a rehearsal jumps on purpose
    assert "Daran ist nichts auffällig." in text(pages.open("settings"))
    assert "Eine Sicherung gibt es noch nicht." in text(pages.open("settings"))
    later = pages_of(pages.root, "2018-06-10 07:00")
    assert "Die Uhr stimmt" in text(later.open("settings"))
    assert "Eingetragen: Die Uhr stimmt." in text(later.send("settings", do="confirm_clock"))
    assert "Daran ist nichts auffällig." in text(later.open("settings"))
    with find(pages.root).open(read_only=True) as ledger:
        assert len(ledger.entries("clock")) == 1


def test_a_clock_that_was_fast_is_corrected_after_a_preview(visited: Visited) -> None:
    pages = visited("2018-01-17 07:00")
    earlier = pages_of(pages.root, "2018-01-16 12:00")
    said = text(earlier.open("settings"))
    assert "Dann gelten nicht mehr: Vorlagen (1), Übergaben (0) und Briefe (" in said
    with find(pages.root).open(read_only=True) as ledger:
        assert ledger.entries("clock") == []  # looked at, not entered
    assert "Eingetragen: Die Uhr ging vor und stimmt jetzt." in text(earlier.send("settings", do="correct_clock"))
    assert list((pages.root / "set-aside").rglob("dossier.*"))
    assert "Daran ist nichts auffällig." in text(earlier.open("settings"))


def test_what_no_form_of_ours_sends_enters_nothing(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    for sent in ({}, {"do": "x"}, {"do": "<script>"}):
        answer = pages.browser.post(f"/{pages.plan}/settings", data=sent)
        assert answer.status_code == 409
        assert "Es ist nichts eingetragen." in text(answer.text)


def test_who_coordinates_the_next_runs_and_the_version_are_told(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False, runs=KnownRuns(coming=(NEXT,)))
    said = text(pages.open("settings"))
    assert (
        "Es koordiniert Wahlkampfmanager, bis 31. August 2018; danach: Mitarbeiter*in für Mitgliederbetreuung" in said
    )
    assert "Tageslauf · 11. Januar 2018, 11. Januar 2018, 07:00 Uhr In Prefect ansehen" in said
    assert 'action="/sign-out-everywhere"' in pages.open("settings")
    pages.runs.coming = None
    assert "Über die Läufe ist gerade keine Auskunft zu bekommen." in text(pages.open("settings"))


def test_an_english_plan_has_english_settings(visited: Visited) -> None:
    pages = visited("2026-09-20 07:00", place=CHOIR, passed=False)
    for path in ("settings", "archive", "outbox", "archive/trace"):
        said = set(text(pages.open(path)).split())
        assert not said & {"Die", "und", "Akte", "Suche", "Briefe", "Zeitplan", "ist"}, path


def test_walls_that_the_reader_lacks_are_named(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    assert "beim letzten Mal war es ganz abgeschottet" in text(pages.open("settings"))
    with find(pages.root).open() as ledger:
        facts: dict[str, Known] = {"missed": [], "read": 1, "walls": ["network"], "refused": True}
        ledger.append("pass", at=at("2018-01-10 07:00"), office="koordination", facts=facts)
    assert "auf diesem Rechner fehlt: Netz" in text(pages.open("settings"))
