"""Sessions: how each paper stands and why it is not final yet, what was decided, and the form for a result."""

from __future__ import annotations

import logging
import re
import threading

import pytest

from staffelstab.ledger.sqlite_file import opened
from staffelstab.service.decide import record_decision
from staffelstab.service.phase_run import open_run
from staffelstab.submissions.case.contents import Decision
from staffelstab.workspace import SEED, find
from tests.conftest import at
from tests.pages.conftest import Pages, Visited
from tests.pages.reading import hidden, text
from tests.service.small_folder import put, run_at
from tests.year import CHOIR

FIRST = "sessions/lv-2018-01-19"
AFTER = "2018-01-22 07:00"
FORM = {"outcome": "discussed", "yes": "12", "no": "", "abstentions": "1", "points": "Mehr fragen\n- Früher einladen"}


def decision(pages: Pages, session: str = "lv-2018-01-19") -> Decision | None:
    run = open_run(pages.root, at("2020-01-01"))
    with run.workspace.open(read_only=True) as ledger:
        return run.case(ledger).decision(session)


def enter(pages: Pages, **fields: str) -> str:
    """The form, its preview, and the entry."""
    return pages.send(FIRST, **hidden(pages.send(FIRST, **fields, do="preview")), do="enter")


def test_the_list_says_what_comes_next_and_what_was_decided_last(visited: Visited) -> None:
    pages = visited("2018-02-20 07:00")
    said = text(pages.open("sessions"))
    assert "Die nächste Sitzung Sitzung des Landesvorstands, 9. März 2018 Vorlage: Entwurf, Stand 20. Februar" in said
    assert (
        "Warum die Vorlage noch nicht feststeht: Weil ihr Tag noch nicht da ist: "
        "2. März 2018 (abgeleitet: 7 Tage vor „Sitzung des Landesvorstands“)." in said
    )
    assert "Noch ist kein Ergebnis eingetragen." in said
    assert "Hier fehlt noch das Ergebnis Sitzung des Landesvorstands, 19. Januar 2018" in said
    record_decision(run_at(pages.root, "2018-02-20 07:00"), "lv-2018-01-19", "noted", notes=["Gut"])
    again = text(pages.open("sessions"))
    assert (
        "Zuletzt entschieden Sitzung des Landesvorstands, 19. Januar 2018: zur Kenntnis genommen Phase 0 Take-Off Gut"
        in again
    )
    assert "1 Punkt aus der Aussprache" in again


def test_a_draft_says_why_it_is_not_final_and_what_is_open_with_a_link_in_place_of_a_command(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00", passed=False)
    put(pages.root, "beitraege/ohne.txt", "Ein Beitrag ohne Absender.\n", at("2018-01-08"))
    pages.passed("2018-01-10 07:00")
    page = pages.open(FIRST)
    said = text(page)
    assert "Warum sie noch nicht feststeht Weil ihr Tag noch nicht da ist: 17. Januar 2018" in said
    assert "An diesem Tag stellt der Tageslauf sie fest" in said
    assert "Zu klären: Von wem Beitrag B01 stammt, ist nicht bekannt. B01 ansehen" in said
    assert f'href="/{pages.plan}/submissions/B01"' in page
    assert "staffelstab" not in said.casefold()


def test_the_paper_is_read_in_the_browser_and_saved_and_nothing_else_of_the_folder_is(visited: Visited) -> None:
    pages = visited("2018-01-10 07:00")
    (pages.root / "sessions" / "2018-01-19" / "notizen.txt").write_text("geheim", encoding="utf-8")
    found = pages.browser.get(f"/{pages.plan}/{FIRST}/dossier.md")
    assert found.headers["content-disposition"] == 'attachment; filename="2018-01-19-dossier.md"'
    assert found.content == (pages.root / "sessions" / "2018-01-19" / "dossier.md").read_bytes()
    for name in ("notizen.txt", "dossier.pdf", "..%2F..%2Fledger.db", "dossier..%2Fx", ".dossier.md.part"):
        assert pages.browser.get(f"/{pages.plan}/{FIRST}/{name}").status_code == 404
    assert pages.browser.get(f"/{pages.plan}/sessions/nobody").status_code == 404
    assert pages.browser.get(f"/{pages.plan}/sessions/nobody/dossier.md").status_code == 404


def test_a_result_is_checked_whole_shown_and_entered_and_a_pass_is_asked_for_as_the_form_in_prefect_does(
    visited: Visited,
) -> None:
    pages = visited(AFTER)
    preview = pages.send(FIRST, **FORM, do="preview")
    said = text(preview)
    assert "Noch ist nichts eingetragen." in said
    assert "diskutiert Stimmen: 12 Ja-Stimmen und 1 Enthaltung; Nein-Stimmen sind nicht überliefert" in said
    assert "Mehr fragen Früher einladen" in said
    assert "Phase 0 „Take-Off“ übergibt mit dem nächsten Tageslauf an Phase 1 „Analyse“." in said
    assert "Briefe werden dadurch nicht fällig." in said
    assert decision(pages) is None
    after = text(pages.send(FIRST, **hidden(preview), do="enter"))
    assert "Eingetragen. Der Tageslauf ist bestellt" in after
    assert "diskutiert" in after
    entered = decision(pages)
    assert entered is not None
    assert (entered.outcome, entered.vote.yes, entered.vote.no, entered.notes) == (
        "discussed",
        12,
        None,
        ("Mehr fragen", "Früher einladen"),
    )
    with find(pages.root).open(read_only=True) as ledger:
        [entry] = ledger.entries("decided")
    assert pages.runs.asked == [f"decided-{entry.hash[:16]}"]


def test_mistakes_stand_at_their_fields_all_at_once_and_what_was_typed_stays(visited: Visited) -> None:
    pages = visited(AFTER)
    page = pages.send(FIRST, yes="zwölf", no="-1", abstentions="2", points="Ein Punkt", do="preview")
    assert "Noch nichts eingetragen: 3 Angaben fehlen oder passen nicht" in text(page)
    assert re.search(r'<fieldset id="outcome"[^>]*aria-describedby="outcome-mistake"[^>]*aria-invalid', page)
    assert re.search(r'<input id="yes"[^>]*value="zwölf"[^>]*aria-describedby="yes-mistake"', page)
    assert re.search(r'<p class="mistake" id="yes-mistake">„zwölf“ ist keine Anzahl.', page)
    assert '<a href="#no">' in page
    assert re.search(r'<textarea id="points"[^>]*>\s*Ein Punkt</textarea>', page)
    assert re.search(r'role="alert" tabindex="-1" autofocus', page)
    assert decision(pages) is None
    assert pages.runs.asked == []


def test_going_back_keeps_what_was_typed(visited: Visited) -> None:
    pages = visited(AFTER)
    page = pages.send(FIRST, **hidden(pages.send(FIRST, **FORM, do="preview")), do="change")
    assert re.search(r'value="discussed" checked', page)
    assert re.search(r'<input id="yes"[^>]*value="12"', page)
    assert "- Früher einladen</textarea>" in page


def test_sent_twice_it_is_one_entry(visited: Visited) -> None:
    pages = visited(AFTER)
    sent = hidden(pages.send(FIRST, **FORM, do="preview"))
    pages.send(FIRST, **sent, do="enter")
    assert "ein zweites Mal wurde nichts eingetragen" in text(pages.send(FIRST, **sent, do="enter"))
    with find(pages.root).open(read_only=True) as ledger:
        assert len(ledger.entries("decided")) == 1
    assert len(pages.runs.asked) == 1


def test_of_two_browsers_at_once_the_second_is_told(visited: Visited) -> None:
    pages = visited(AFTER)
    mine = hidden(pages.send(FIRST, **FORM, do="preview"))
    yours = hidden(pages.send(FIRST, outcome="returned", do="preview"))
    pages.send(FIRST, **mine, do="enter")
    second = pages.send(FIRST, **yours, do="enter")
    assert "ist schon eingetragen: diskutiert" in text(second)
    assert re.search(r'value="returned" checked', second)
    found = decision(pages)
    assert found is not None
    assert found.outcome == "discussed"


def test_two_corrections_at_the_very_same_moment_do_not_overwrite_each_other(visited: Visited) -> None:
    pages = visited(AFTER)
    enter(pages, **FORM)
    both = [
        hidden(pages.send(FIRST, **{**FORM, "outcome": outcome}, correction="1", do="preview"))
        for outcome in ("noted", "returned")
    ]
    threads = [threading.Thread(target=pages.send, args=(FIRST,), kwargs={**sent, "do": "enter"}) for sent in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with find(pages.root).open(read_only=True) as ledger:
        assert len(ledger.entries("decided")) == 2


def test_a_correction_needs_its_box_and_keeps_what_stood_there(visited: Visited) -> None:
    pages = visited(AFTER)
    assert 'name="correction"' not in pages.open(FIRST)
    enter(pages, **FORM)
    assert 'name="correction"' in pages.open(FIRST)
    refused = pages.send(FIRST, **{**FORM, "outcome": "noted"}, do="preview")
    assert "bitte „Berichtigt, was schon eingetragen ist“ ankreuzen" in text(refused)
    preview = pages.send(FIRST, **{**FORM, "outcome": "noted"}, correction="1", do="preview")
    assert "Es berichtigt: diskutiert (bei 12 Ja-Stimmen und 1 Enthaltung)." in text(preview)
    after = text(pages.send(FIRST, **hidden(preview), do="enter"))
    assert "Berichtigt. Was vorher dort stand, bleibt in der Akte." in after
    assert "Vorher stand hier: diskutiert" in after


def test_what_was_written_into_the_folder_is_in_the_form(visited: Visited) -> None:
    pages = visited(AFTER)
    (pages.root / "sessions" / "2018-01-19" / "notizen.txt").write_text("- Aus dem Ordner\n", encoding="utf-8")
    assert "Aus dem Ordner</textarea>" in pages.open(FIRST)


def test_hostile_points_are_text(visited: Visited) -> None:
    pages = visited(AFTER)
    nasty = "<script>alert(1)</script>\n{{ 7 * 7 }} \u202egnp.exe\x1b[2J\n\n" + "x" * 5000
    preview = pages.send(FIRST, outcome="noted", points=nasty, do="preview")
    assert "<script" not in preview
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in preview
    assert "‹U+202E›gnp.exe‹U+001B›" in preview
    page = pages.send(FIRST, **hidden(preview), do="enter")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    found = decision(pages)
    assert found is not None
    assert found.notes[0] == "<script>alert(1)</script>"
    assert "\u202e" in found.notes[1]


def test_ten_thousand_points_are_taken_and_shown_folded(visited: Visited) -> None:
    pages = visited(AFTER)
    preview = pages.send(FIRST, outcome="noted", points="\n".join(f"Punkt {n}" for n in range(10_000)), do="preview")
    assert "und 9980 weitere Punkte" in text(preview)
    pages.send(FIRST, **hidden(preview), do="enter")
    found = decision(pages)
    assert found is not None
    assert len(found.notes) == 10_000


def test_points_far_too_long_come_back_as_they_were_typed(visited: Visited) -> None:
    pages = visited(AFTER)
    page = pages.send(FIRST, outcome="noted", points="Ein Punkt\n" * 150_000, do="preview")
    assert re.search(r'<p class="mistake" id="points-mistake">Das ist mehr, als das Formular auf einmal fasst', page)
    assert page.count("Ein Punkt\n") >= 149_000


def test_points_that_are_too_long_to_be_sent_twice_are_refused_at_their_field(visited: Visited) -> None:
    pages = visited(AFTER)
    page = pages.send(FIRST, outcome="noted", points="ü" * 165_500, do="preview")
    assert re.search(r'<p class="mistake" id="points-mistake">Das ist mehr, als das Formular auf einmal fasst', page)
    preview = pages.send(FIRST, outcome="noted", points="ü" * 164_500, do="preview")
    assert "Eingetragen." in text(pages.send(FIRST, **hidden(preview), do="enter"))


def test_a_session_to_come_has_no_form_and_takes_no_result(visited: Visited) -> None:
    pages = visited("2018-01-18 07:00")
    assert "Am Sitzungstag steht hier das Formular" in text(pages.open(FIRST))
    assert 'name="outcome"' not in pages.open(FIRST)
    assert "hat noch nicht begonnen" in text(pages.send(FIRST, outcome="noted", do="preview"))
    assert "hat noch nicht begonnen" in text(pages.send(FIRST, outcome="noted", seen="0", do="enter"))
    assert decision(pages) is None


def test_while_something_else_holds_the_ledger_the_form_says_so_and_keeps_what_was_typed(visited: Visited) -> None:
    pages = visited(AFTER)
    sent = hidden(pages.send(FIRST, **FORM, do="preview"))
    other = opened(pages.root / "ledger.db", read_only=False)
    other.execute("BEGIN IMMEDIATE")
    page = pages.send(FIRST, **sent, do="enter")
    other.execute("ROLLBACK")
    other.close()
    assert "greift gerade ein anderes Programm zu" in text(page)
    assert re.search(r'<input id="yes"[^>]*value="12"', page)
    assert decision(pages) is None
    assert "Eingetragen." in text(pages.send(FIRST, **sent, do="enter"))


def test_a_server_that_takes_no_pass_up_is_told(visited: Visited) -> None:
    pages = visited(AFTER)
    pages.runs.there = False
    assert "Der Tageslauf ließ sich nicht bestellen" in text(enter(pages, **FORM))


def test_an_entry_of_another_kind_meanwhile_is_told_too(visited: Visited) -> None:
    pages = visited(AFTER)
    sent = hidden(pages.send(FIRST, **FORM, do="preview"))
    record_decision(run_at(pages.root, AFTER), "lv-2018-01-19", "discussed", notes=[])
    assert "ist schon eingetragen" in text(pages.send(FIRST, **sent, do="enter"))


def test_a_pass_between_preview_and_entry_is_told_too(visited: Visited) -> None:
    """It may have frozen the paper, handed over or drafted the letters that the preview spoke of."""
    pages = visited(AFTER)
    sent = hidden(pages.send(FIRST, **FORM, do="preview"))
    put(pages.root, "beitraege/spaet.txt", "Von: Beisitz 3\n\nNoch ein Beitrag.\n", at("2018-01-22 08:00"))
    pages.passed("2018-01-22 09:00")
    assert "Inzwischen" in text(pages.send(FIRST, **sent, do="enter"))
    assert decision(pages) is None
    assert "Eingetragen." in text(enter(pages, **FORM))


def test_what_was_typed_is_in_no_log_no_header_and_no_address(
    visited: Visited, caplog: pytest.LogCaptureFixture
) -> None:
    pages = visited(AFTER)
    with caplog.at_level(logging.DEBUG):
        preview = pages.send(FIRST, outcome="noted", points="Zeisig sagt Kanari", do="preview")
        answer = pages.browser.post(f"/{pages.plan}/{FIRST}", data={**hidden(preview), "do": "enter"})
        pages.send(FIRST, outcome="Kanari", yes="Kanari", points="Kanari", seen="Kanari", do="enter")
    said = [caplog.text, *(f"{item.url} {item.headers}" for item in (*answer.history, answer))]
    assert "Kanari" in answer.text
    assert not [text for text in said if "Kanari" in text]


def test_an_english_plan_has_english_pages(visited: Visited) -> None:
    pages = visited("2026-09-20 07:00", place=CHOIR)
    page = pages.open("sessions")
    [first] = set(re.findall(r'href="/[^"]+/(sessions/[^"/#]+)"', page)[:1])
    for said in (text(page), text(pages.open(first))):
        assert not {"Sitzung", "Vorlage", "Stand", "noch", "und", "nicht"} & set(said.split())


@pytest.mark.attack("C5")
def test_nothing_is_entered_while_the_clock_is_in_doubt(visited: Visited) -> None:
    """The folder of a rehearsal is asked nothing; this one is for real, and nothing has run for three months."""
    pages = visited("2018-03-12 09:00", passed=False)
    (pages.root / SEED).unlink()
    assert "Die Uhr steht auf 12. März 2018, 09:00 Uhr" in text(enter(pages, **FORM))
    assert decision(pages) is None
