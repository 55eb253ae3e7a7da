"""Dates: what is open first, each day with its sentence, and the forms that confirm and move as the commands do."""

from __future__ import annotations

import re

from staffelstab.ledger.sqlite_file import opened
from staffelstab.ledger.values import Entry
from staffelstab.service.decide import sender
from staffelstab.service.phase_run import open_run
from tests.conftest import at
from tests.pages.conftest import Pages, Visited
from tests.pages.reading import hidden, text
from tests.service.small_folder import changes, put, run_at
from tests.year import CHOIR

NOW = "2018-01-10 07:00"
AUGUST = "dates/lv-2018-08-17"
APRIL = "dates/lv-2018-04-13"
CONFIRM = {"kind": "confirm", "candidate": "2018-08-17", "by": "landesvorstand", "do": "preview"}
MOVE = {
    "kind": "move",
    "new_day": "2018-04-20",
    "new_by": "landesvorstand",
    "reason": "Der Saal ist belegt.",
    "do": "preview",
}


def entries(pages: Pages) -> list[Entry]:
    return changes(pages.root)


def enter(pages: Pages, path: str, **fields: str) -> str:
    return pages.send(path, **hidden(pages.send(path, **fields)), do="enter")


def test_what_is_open_stands_first_then_what_comes_then_what_is_over(visited: Visited) -> None:
    page = visited(NOW).open("dates")
    said = text(page)
    assert re.search(r"Noch zu bestätigen: \d+ Auswertung der Wahlen des Jahres 2019 noch unbekannt", said)
    assert said.index("Noch zu bestätigen") < said.index("Was kommt") < said.index("Vorbei:")
    assert "Freitag, 19. Januar 2018 Sitzung des Landesvorstands" in said
    assert (
        "Freitag, 17. August 2018 Erste Sitzung des Landesvorstands nach der Sommerpause (noch zu bestätigen)" in said
    )
    assert "<blockquote>In seiner ersten Sitzung nach der Sommerpause" in page
    assert "Call for Papers: Erinnerung (folgt aus anderen Terminen)" in said
    assert (
        "Freitag, 6. April 2018 Sitzung des Landesvorstands: Vorlage steht fest "
        "(abgeleitet: 7 Tage vor „Sitzung des Landesvorstands“)" in said
    )
    assert (
        "9. Mai 2018 (abgeleitet: 2 Tage vor „Sitzung des Landesvorstands am 18. Mai 2018: Vorlage steht fest“)" in said
    )


def test_calendars_are_downloads_and_nothing_else_of_the_folder_is(visited: Visited) -> None:
    pages = visited(NOW)
    assert f'href="/{pages.plan}/calendar/timetable.ics"' in pages.open("dates")
    found = pages.browser.get(f"/{pages.plan}/calendar/timetable.ics")
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    assert found.content.startswith(b"BEGIN:VCALENDAR")
    for name in ("timetable.png", "..%2Fledger.db", "milestones.ics"):
        assert pages.browser.get(f"/{pages.plan}/calendar/{name}").status_code == 404


def test_a_date_says_what_holds_why_and_who_decides(visited: Visited) -> None:
    said = text(visited(NOW).open(AUGUST))
    assert "Gerechnet als 7 Tage vor „3. Tagung des 14. Landesparteitags“" in said
    assert "Darüber entscheidet Landesvorstand" in said
    assert "Der Satz im Beschluss In seiner ersten Sitzung nach der Sommerpause" in said
    assert "Freitag, 17. August 2018 Samstag, 18. August 2018 ein anderer Tag" in said


def test_a_confirmation_is_shown_with_what_follows_and_entered_once(visited: Visited) -> None:
    pages = visited(NOW)
    preview = pages.send(AUGUST, **CONFIRM)
    assert "Es gilt der 17. August 2018 Entschieden hat: Landesvorstand" in text(preview)
    assert entries(pages) == []
    sent = hidden(preview)
    after = text(pages.send(AUGUST, **sent, do="enter"))
    assert "Eingetragen. Die Kalender sind neu geschrieben" in after
    assert "Bestätigt am 10. Januar 2018 durch: Landesvorstand." in after
    assert "ein zweites Mal wurde nichts eingetragen" in text(pages.send(AUGUST, **sent, do="enter"))
    [entry] = entries(pages)
    assert (entry.kind, entry.facts["date"], entry.facts["by"]) == ("confirmed", "2018-08-17", "landesvorstand")
    assert pages.runs.asked == [f"amended-{entry.hash[:16]}"]


def test_another_day_than_the_candidates_is_taken_and_said(visited: Visited) -> None:
    pages = visited(NOW)
    preview = pages.send(AUGUST, **{**CONFIRM, "candidate": "other"}, day="2018-08-16")
    assert "Dieser Tag war nicht unter den Vorschlägen" in text(preview)
    pages.send(AUGUST, **hidden(preview), do="enter")
    assert entries(pages)[0].facts["date"] == "2018-08-16"


def test_a_proposed_audience_is_confirmed_without_a_day(visited: Visited) -> None:
    pages = visited(NOW)
    path = "dates/call-2.audience"
    assert "Eingetragen." in text(enter(pages, path, kind="confirm", by="landesvorstand", do="preview"))
    assert entries(pages)[0].subject == "call-2.audience"
    assert "Bestätigt am 10. Januar 2018" in text(pages.open(path))


def test_mistakes_of_a_confirmation_stand_at_their_fields(visited: Visited) -> None:
    pages = visited(NOW)
    page = pages.send(AUGUST, kind="confirm", candidate="", day="gestern", by="", do="preview")
    assert "2 Angaben fehlen oder passen nicht" in text(page)
    assert re.search(r'<input id="day"[^>]*aria-describedby="day-mistake"', page)
    assert re.search(r'<select id="by"[^>]*aria-describedby="by-mistake"', page)
    stranger = pages.send(AUGUST, **{**CONFIRM, "by": "bautzen"})
    assert "Darüber entscheidet nicht „Bautzen“; zuständig ist: Landesvorstand." in text(stranger)
    assert "--" not in text(stranger)
    assert entries(pages) == []


def test_a_move_is_shown_with_every_consequence_and_entered_with_its_draft(visited: Visited) -> None:
    pages = visited(NOW)
    preview = pages.send(APRIL, **MOVE)
    said = text(preview)
    assert "vom 13. April 2018 auf den 20. April 2018" in said
    assert "Begründung: Der Saal ist belegt." in said
    assert "Sitzung des Landesvorstands: Vorlage steht fest Fr 06.04.2018 Fr 13.04.2018 +7 Tage, folgt" in said
    assert "Wer davon erfahren muss" in said
    assert "staffelstab" not in said
    assert "--with" not in said
    assert entries(pages) == []
    after = pages.send(APRIL, **hidden(preview), do="enter")
    assert "Verlegt; der bisherige Tag bleibt sichtbar." in text(after)
    assert "Verlegt am 10. Januar 2018 durch: Landesvorstand, vom 13. April 2018 auf den 20. April 2018." in text(after)
    [entry] = entries(pages)
    assert pages.runs.asked == [f"amended-{entry.hash[:16]}"]
    [draft] = set(re.findall(rf'href="/{pages.plan}/([^"]+aenderungsbeschluss\.md)"', after))
    found = pages.browser.get(f"/{pages.plan}/{draft}")
    assert b"Der Saal ist belegt" in found.content
    folder = draft.split("/")[2]
    for address in (f"{APRIL}/{folder}/x", f"{APRIL}/../ledger.db", f"{AUGUST}/{folder}/aenderungsbeschluss.md"):
        assert pages.browser.get(f"/{pages.plan}/{address}").status_code == 404


def test_what_could_move_along_is_offered_and_shown_again_before_it_is_entered(visited: Visited) -> None:
    pages = visited(NOW)
    preview = pages.send(APRIL, **MOVE)
    assert "Ende von Phase 2 „Auswertung“: bleibt beim 13. April 2018." in text(preview)
    along = {"along.phase-2.end": "2018-04-20"}
    again = pages.send(APRIL, **hidden(preview), **along, do="enter")
    assert entries(pages) == []
    assert re.search(r'name="along.phase-2.end" value="2018-04-20" checked', again)
    assert "Ende von Phase 2 „Auswertung“ Fr 13.04.2018 Fr 20.04.2018" in text(again)
    pages.send(APRIL, **hidden(again), **along, do="enter")
    assert {entry.subject for entry in entries(pages)} == {"lv-2018-04-13", "phase-2.end"}


def test_a_move_without_a_reason_or_beyond_a_wall_is_refused_at_its_field(visited: Visited) -> None:
    pages = visited(NOW)
    page = pages.send(APRIL, **{**MOVE, "reason": "", "new_day": ""})
    assert "2 Angaben fehlen" in text(page)
    assert re.search(r'<textarea id="reason"[^>]*aria-describedby="reason-hint reason-mistake"', page)
    beyond = pages.send(APRIL, **{**MOVE, "new_day": "2018-12-01"})
    assert re.search(r'<p class="mistake" id="new_day-mistake">[^<]*1. Dezember 2018', beyond)
    past = pages.send(APRIL, **{**MOVE, "new_day": "2017-12-31"})
    assert "liegt vor dem heutigen Tag" in text(past)
    assert "Der Saal ist belegt.</textarea>" in past
    assert "zu lang für einen Brief" in text(pages.send(APRIL, **{**MOVE, "reason": "x" * 5001}))
    assert entries(pages) == []


def test_a_move_sent_twice_is_one_and_of_two_browsers_the_second_is_told(visited: Visited) -> None:
    pages = visited(NOW)
    mine, yours = (hidden(pages.send(APRIL, **{**MOVE, "new_day": day})) for day in ("2018-04-20", "2018-04-27"))
    pages.send(APRIL, **mine, do="enter")
    assert "ein zweites Mal wurde nichts eingetragen" in text(pages.send(APRIL, **mine, do="enter"))
    assert "Inzwischen ist etwas eingetragen worden" in text(pages.send(APRIL, **yours, do="enter"))
    assert len(entries(pages)) == 1


def test_an_entry_of_another_kind_since_the_preview_is_told(visited: Visited) -> None:
    pages = visited(NOW, passed=False)
    put(pages.root, "beitraege/ohne.txt", "Ohne Absender.\n", at("2018-01-08"))
    pages.passed(NOW)
    sent = hidden(pages.send(APRIL, **MOVE))
    sender(run_at(pages.root, NOW), "B01", "lv-beisitz-03")
    assert "Inzwischen ist etwas eingetragen worden" in text(pages.send(APRIL, **sent, do="enter"))
    assert entries(pages) == []


def test_while_something_else_holds_the_ledger_nothing_is_moved_and_what_was_typed_stays(visited: Visited) -> None:
    pages = visited(NOW)
    sent = hidden(pages.send(APRIL, **MOVE))
    other = opened(pages.root / "ledger.db", read_only=False)
    other.execute("BEGIN IMMEDIATE")
    page = pages.send(APRIL, **sent, do="enter")
    other.execute("ROLLBACK")
    other.close()
    assert "greift gerade ein anderes Programm zu" in text(page)
    assert "Der Saal ist belegt.</textarea>" in page
    assert entries(pages) == []


def test_a_hostile_reason_is_text(visited: Visited) -> None:
    pages = visited(NOW)
    preview = pages.send(APRIL, **{**MOVE, "reason": "<img src=x onerror=alert(1)>\u202e"})
    assert "<img" not in preview
    assert "‹U+202E›" in preview
    page = pages.send(APRIL, **hidden(preview), do="enter")
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_what_is_no_date_of_the_plan_is_not_there_and_a_foreign_form_is_refused(visited: Visited) -> None:
    pages = visited(NOW)
    assert pages.browser.get(f"/{pages.plan}/dates/nothing").status_code == 404
    assert "nicht zu verstehen" in text(pages.send(APRIL, kind="burn", do="enter"))
    for fields in ({"along.x": "y"}, {"along.lv-2018-05-18": "bald"}, {"along.": ""}):
        page = pages.send(APRIL, **MOVE, **fields)
        assert "Noch nichts eingetragen" in text(page)


def test_what_cannot_be_moved_says_why(visited: Visited) -> None:
    pages = visited("2018-01-22 07:00")
    said = text(pages.open("dates/lv-2018-01-19"))
    assert "Die Sitzung am 19. Januar 2018 hat schon stattgefunden und lässt sich nicht mehr verlegen." in said


def test_an_english_plan_has_english_dates(visited: Visited) -> None:
    pages = visited("2026-09-20 07:00", place=CHOIR)
    page = pages.open("dates")
    first = re.findall(r'href="/[^"]+/(dates/[^"/#]+)"', page)
    assert first
    for said in (text(page), *(text(pages.open(path)) for path in dict.fromkeys(first))):
        assert not {"Sitzung", "Vorlage", "noch", "und", "nicht", "Termine"} & set(said.split())
    assert open_run(pages.root, pages.now).plan.language == "en"
