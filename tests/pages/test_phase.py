"""A phase: what it is for, how it stands, what is open and where it is settled, who was heard, its history, its runs."""

from __future__ import annotations

import re
from html import unescape

from pages.kept_surveys import KeptSurveys
from pages.navigation import NAMES
from pages.places import PAGES, SHEETS
from pages.runs import RunShown
from staffelstab.language import Language
from staffelstab.phases.report import PhaseReport
from staffelstab.submissions.records.record_kinds import RECORDS
from tests.conftest import at
from tests.pages.conftest import KnownRuns, Visited
from tests.service.small_folder import put, run_at
from tests.year import DirectExecutor

FINISHED = RunShown(
    "Phase 1: Analyse · 5. März 2018",
    "completed",
    "Wer: Wahlkampfmanager.",
    at("2018-03-05 07:00"),
    "/v2/runs/x",
    "1 Pflicht offen",
)


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_phase_says_what_it_is_for_in_the_words_of_the_resolution(visited: Visited) -> None:
    page = visited("2018-01-10 07:00").open("phases/phase-0")
    said = text(page)
    assert "Phase 0: Take-Off" in said
    assert "Stand: wartet auf die Sitzung. Noch 4 Tage bis zum 14. Januar 2018." in said
    assert "Jedes Mitglied des Landesvorstands ist aufgerufen" in said
    assert "zum Aufruf „Call for Papers“" in said
    assert "Sitzung des Landesvorstands, 19. Januar 2018" in said
    assert "Die Vorlage steht fest am 17. Januar 2018." in said
    assert 'href="/mitgliederarbeit-2018/sessions/lv-2018-01-19"' in page


def test_whoever_was_called_and_has_not_written_is_named(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    put(pages.root, "beitraege/zuruf.txt", "Von: Beisitz 3\n\nEin Gedanke.", at("2018-01-09 12:00"))
    DirectExecutor().daily_pass(str(pages.root), at("2018-01-10 07:00"))
    page = pages.open("phases/phase-0")
    assert "1 von 20 hat etwas geschickt. Einsendeschluss ist der 14. Januar 2018. Es fehlen noch 19" in text(page)
    assert "Beisitz 3 ( B01 )" in text(page)


def test_everything_open_leads_to_where_it_is_settled(visited: Visited) -> None:
    pages = visited("2018-02-10 07:00")
    page = pages.open("phases/phase-1")
    lines = re.findall(r"<li(?: class=\"binding\")?>(.*?)</li>", page.split('<ul class="open">', 1)[1], re.DOTALL)
    heard = next(line for line in lines if "Gesprächen stehen noch aus" in line)
    assert f'href="/{pages.plan}/settings?sheet=interviews#sheet-interviews"' in heard
    assert 'id="sheet-interviews" open' in pages.open("settings?sheet=interviews")
    for address in set(re.findall(rf'href="/{pages.plan}/([^"#]*)', page)):
        if not address.startswith("submissions"):
            assert pages.browser.get(f"/{pages.plan}/{address}").status_code == 200, address


def test_a_phase_that_has_not_begun_and_one_that_is_not_there(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    assert "Stand: noch nicht begonnen. Sie beginnt am 16. April 2018." in text(pages.open("phases/phase-3"))
    assert "Noch nichts: Diese Phase ist noch nicht gelaufen." in text(pages.open("phases/phase-3"))
    for phase in ("phase-9", "x", "phase-0%0d%0aX: y", "<b>"):
        assert pages.browser.get(f"/{pages.plan}/phases/{phase}").status_code == 404


def test_its_runs_are_told_in_their_own_words_or_that_nobody_knows(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False, runs=KnownRuns(phase=(FINISHED,)))
    said = text(pages.open("phases/phase-1"))
    assert "1 Pflicht offen, 5. März 2018, 07:00 Uhr. Wer: Wahlkampfmanager. In Prefect ansehen" in said
    pages.runs.phase = ()
    assert "Prefect kennt noch keinen Lauf dieser Phase." in text(pages.open("phases/phase-1"))
    pages.runs.phase = None
    assert "Über die Läufe ist gerade keine Auskunft zu bekommen." in text(pages.open("phases/phase-1"))


def test_every_note_that_asks_for_a_row_names_a_sheet_there_is() -> None:

    notes = Language("de").entry("phases.note")
    assert isinstance(notes, dict)
    told = {key for keys in (*SHEETS.values(), *PAGES.values()) for key in keys.split()}
    told |= {"row", "sheet", "dangling", "unassigned"}
    assert set(SHEETS) <= set(RECORDS)
    assert set(PAGES) <= set(NAMES)
    assert set(notes) == told


def test_what_a_phase_makes_of_it_is_kept_until_something_is_entered(visited: Visited) -> None:
    pages, kept = visited("2018-01-10 07:00"), KeptSurveys()

    def looked(moment: str) -> PhaseReport:
        run = run_at(pages.root, moment, 0)
        with run.workspace.open(read_only=True) as ledger:
            return kept.survey(run, ledger, run.case(ledger))

    first = looked("2018-01-10 07:00")
    assert looked("2018-01-10 08:00") is first
    assert looked("2018-01-11 08:00") is not first  # another day
    put(pages.root, "beitraege/zuruf.txt", "Von: Beisitz 3\n\nEin Gedanke.", at("2018-01-10 12:00"))
    DirectExecutor().daily_pass(str(pages.root), at("2018-01-11 07:00"))
    assert looked("2018-01-11 08:00").counts["papers"] == first.counts["papers"] + 1


def test_the_statements_that_the_codebook_does_not_assign_can_be_read_with_what_to_do(visited: Visited) -> None:
    pages = visited("2018-02-10 07:00", passed=False)
    put(
        pages.root, "beitraege/gruss.txt", "Von: Beisitz 3\n\nGuten Tag.\n\nDie Kasse ist leer.", at("2018-01-09 12:00")
    )
    DirectExecutor().daily_pass(str(pages.root), at("2018-02-10 07:00"))
    place = f"/{pages.plan}/phases/phase-1/unassigned"
    assert f'1 von 2 Aussagen ordnet das Codebuch nicht zu. <a href="{place}">Welche das sind</a>' in pages.open(
        "phases/phase-1"
    )
    page = pages.open("phases/phase-1/unassigned")
    assert "gehört es in die Datei codebook.toml im Arbeitsordner" in text(page)
    assert "B01.1 Guten Tag. Beisitz 3" in text(page)
    assert "Die Kasse ist leer" not in page
    assert 'href="/mitgliederarbeit-2018/archive/papers/B01#B01.1"' in page
    for nowhere in ("phase-0", "phase-9"):
        assert pages.browser.get(f"/{pages.plan}/phases/{nowhere}/unassigned").status_code == 404
