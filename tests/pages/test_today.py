"""Today: what is to be done first, whose it is, until when, and the button that does it; then how everything stands."""

from __future__ import annotations

import re
from pathlib import Path

from pages.runs import RunShown
from staffelstab.workspace import create
from tests.conftest import at
from tests.pages.conftest import KnownRuns, Visited, pages_of
from tests.service.small_folder import BIRTH
from tests.year import CHOIR, PARTY, DirectExecutor

RUN = RunShown(
    "Tageslauf am 5. März 2018", "failed", "Der Plan ist nicht zu lesen.", at("2018-03-05 07:00"), "/v2/runs/x"
)


def text(page: str) -> str:
    """What one reads on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_first_line_is_what_cannot_wait_with_its_button(visited: Visited) -> None:
    pages = visited("2018-01-22 07:00")
    first = re.findall(r'<ol class="first">.*?</ol>', pages.open(), re.DOTALL)[0]
    lines = re.findall(r'<li class="urgent">.*?</li>', first, re.DOTALL)
    assert text(lines[0]).startswith("Ergebnis der Sitzung vom 19. Januar 2018 eintragen. Wer: Wahlkampfmanager")
    assert "fällig seit 19. Januar 2018" in text(lines[0])
    assert f'href="/{pages.plan}/sessions/lv-2018-01-19"' in lines[0]
    assert "staffelstab record" not in text(lines[0])


def test_a_line_says_what_is_open_and_its_button_where_it_leads_in_place_of_a_folder(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    page = pages.open()
    assert "Phase 0 (Take-Off): 1 Frage ist zu klären." in text(page)
    assert "nachzulesen" not in page
    assert '<ul class="which"><li>' in page
    assert re.search(rf'href="/{pages.plan}/phases/phase-0">Zur Phase<', page)


def test_a_date_to_come_leads_to_its_phase_or_its_session(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    coming = re.findall(r'<ul class="coming">.*?</ul>', pages.open(), re.DOTALL)[0]
    assert f'<a href="/{pages.plan}/sessions/lv-2018-01-19">Sitzung des Landesvorstands</a>' in coming
    assert f'<a href="/{pages.plan}/phases/phase-0">Ende der Phase „Take-Off“</a>' in coming
    assert text(coming).count("Einsendeschluss: Call for Papers") == 1
    assert "Erinnerung: Call for Papers – abgeleitet: 2 Tage vor „Call for Papers: Einsendeschluss“" in text(coming)


def test_what_cannot_be_known_of_the_runs_is_said(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", runs=KnownRuns(running=None))
    assert "Über die Läufe ist gerade keine Auskunft zu bekommen." in text(pages.open())
    pages.runs.running = ()
    assert "Gerade läuft nichts; in den letzten sieben Tagen ist nichts gescheitert." in text(pages.open())
    pages.runs.wrong = (RUN,)
    said = text(pages.open())
    assert (
        "Nicht zu Ende gekommen: Tageslauf am 5. März 2018, am 5. März 2018, 07:00 Uhr. Der Plan ist nicht zu lesen."
        in said
    )


def test_a_pass_is_asked_for_once_a_minute_and_a_server_that_is_away_is_told(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    assert "Der Tageslauf ist bestellt und beginnt gleich." in text(pages.send(""))
    assert pages.runs.asked == ["pages-20180110T0600"]
    pages.runs.there = False
    assert "Die Akte ist unberührt." in text(pages.send(""))


def test_before_the_first_pass_the_page_says_what_to_start(visited: Visited) -> None:
    said = text(visited("2018-01-10 07:00", passed=False).open())
    assert "Noch ist kein Tageslauf gelaufen." in said
    assert "Ein Tageslauf ist noch nicht gelaufen." in said


def test_the_slack_to_the_walls_and_the_pace_are_told(visited: Visited) -> None:
    said = text(visited("2018-03-05 07:00").open())
    assert "Ende der verfügbaren Zeit (enge Lesart: August) (31. August 2018): nach „Erste Sitzung" in said
    assert "bleiben 14 Tage, davon 9 Arbeitstage." in said
    assert "Gespräche in den Stadt- und Kreisverbänden:" in said


def test_an_english_plan_has_english_pages(visited: Visited) -> None:
    pages = visited("2026-09-20 07:00", place=CHOIR)
    page = pages.open()
    assert '<html lang="en">' in page
    assert "To do today" in text(page)
    german = {"Heute", "Wer:", "Tageslauf", "Termine", "Sitzung"} & set(text(page).split())
    assert not german


def test_every_answer_says_that_nobody_keeps_it_and_what_it_may_load(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    for address in (f"/{pages.plan}/", f"/{pages.plan}/nothing", "/unknown/", "/pages/style.css"):
        answer = pages.browser.get(address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert pages.browser.get("/unknown/").status_code == 404
    assert "Unter dieser Adresse gibt es nichts." in pages.browser.get(f"/{pages.plan}/nothing").text


def test_a_form_that_is_too_long_or_no_form_is_refused_in_a_sentence(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    for body in (b"a" * 4_000_001, b"\xff=1", b"&".join(b"a=1" for _ in range(501))):
        answer = pages.browser.post(f"/{pages.plan}/", content=body)
        assert answer.status_code == 409
        assert "Es ist nichts eingetragen." in text(answer.text)
    assert pages.runs.asked == []


def test_a_plan_that_cannot_be_read_is_a_sentence(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    (pages.root / "plan.toml").write_text("[plan", encoding="utf-8")
    answer = pages.browser.get("/akte/")
    assert answer.status_code == 503
    assert "plan.toml" in text(answer.text)


def test_nothing_on_a_page_is_younger_than_the_moment_shown(visited: Visited) -> None:
    assert "Stand: 10. Januar 2018, 07:00 Uhr" in text(visited("2018-01-10 07:00").open())


def test_a_clock_in_doubt_comes_before_everything_else(tmp_path: Path) -> None:
    root = create(PARTY, tmp_path / "akte", now=BIRTH).root
    DirectExecutor().daily_pass(str(root), at("2017-12-16 07:00"))
    first = pages_of(root, "2018-02-20 07:00").open().partition('<ol class="first">')[2].partition("</li>")[0]
    assert "Uhr" in text(first)
    assert 'href="/mitgliederarbeit-2018/settings#clock"' in first
    assert "Uhr" not in text(
        pages_of(root, "2017-12-17 06:00").open().partition('<ol class="first">')[2].partition("</li>")[0]
    )
