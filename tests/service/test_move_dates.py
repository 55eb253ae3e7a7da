"""Moving in a working folder: what is written, once, and what follows from it (F08, F09)."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.service.changes import Done
from staffelstab.service.confirm_dates import confirm
from staffelstab.service.decide import record_decision
from staffelstab.service.move_dates import move
from staffelstab.service.named_session import with_day
from staffelstab.service.phase_run import Run, open_run
from staffelstab.service.reasons import reason_file
from staffelstab.service.settle import settle
from staffelstab.service.survey import gather_case, survey_of
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from staffelstab.timetable.lint.changes_since import history
from staffelstab.timetable.plan.when import When
from staffelstab.workspace import find
from tests.conftest import at
from tests.service.small_folder import changes, drafts, folder, run_at
from tests.timetable.amend.previews import CLUB
from tests.year import CHOIR

Day = dt.date
SESSION, REASON = "lv-2018-03-09", "Am 9. März tagt Leuchtturmwärterin Kanari im Bundesausschuss."
DESK = "2018-01-20 10:00"
BOARD = Authority("landesvorstand")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "akte")


def moved(root: Path, *others: str, moment: str = DESK) -> Done:
    return move(run_at(root, moment), Wish(SESSION, Day(2018, 3, 16), others), Authority("Landesvorstand"), REASON)


def test_a_moved_session_keeps_its_old_day_and_takes_along_what_hangs_on_it(root: Path) -> None:
    """F08."""
    moved(root, "phase-1.end")
    plan = find(root).plan(at("2018-01-21"))
    assert plan.session(SESSION).date == When(Day(2018, 3, 16), "amended", former=Day(2018, 3, 9))
    assert plan.session(SESSION).papers_due.date == Day(2018, 3, 9)
    assert plan.phase(1).end.former == Day(2018, 3, 9)
    assert find(root).plan(at("2018-01-20 09:59")).session(SESSION).date == When(Day(2018, 3, 9))
    assert find(root).adopted().session(SESSION).date == When(Day(2018, 3, 9))


def test_a_moved_sessions_id_is_never_printed_without_the_day_that_holds_now(root: Path) -> None:
    moved(root)
    plan = find(root).plan(at("2018-01-21"))
    assert with_day(plan, SESSION) == "lv-2018-03-09 (16. März 2018)"
    with pytest.raises(RecordError) as refused:
        record_decision(run_at(root, "2018-01-21 10:00"), "lv-2018-03-16", "noted")
    assert "lv-2018-01-19 (19. Januar 2018), lv-2018-03-09 (16. März 2018), " in refused.value.text("de")


def test_one_entry_per_item_in_one_chain_and_the_reason_is_a_content(root: Path) -> None:
    done = moved(root, "phase-1.end")
    first, second = changes(root)
    assert (first, second) == done.entries
    assert first.facts == {
        "date": "2018-03-16",
        "from": "2018-03-09",
        "by": "landesvorstand",
        "session": "",
        "group": first.key,
        "told": ["landesvorstand", "koordination", "kreisverbaende", "lwz"],
    }
    assert second.facts == {
        "date": "2018-03-16",
        "from": "2018-03-09",
        "by": "landesvorstand",
        "session": "",
        "group": first.key,
    }
    assert (second.subject, second.object) == ("phase-1.end", None)
    with find(root).open(read_only=True) as ledger:
        assert ledger.content(str(first.object)) == REASON.encode()


def test_nothing_of_the_reason_stands_in_the_journal_or_in_a_name(root: Path) -> None:
    moved(root)
    words = ("Leuchtturm", "Kanari", "Bundesausschuss")
    told = [repr(entry) for entry in changes(root)] + [path.as_posix() for path in root.rglob("*")]
    assert [text for text in told if any(word in text for word in words)] == []


def test_said_twice_it_is_one_and_the_drafts_are_the_same_bytes(root: Path) -> None:
    first = moved(root, "phase-1.end")
    before = drafts(root)
    again = moved(root, "phase-1.end", moment="2018-01-21")
    assert (again.repeated, again.entries, again.files) == (True, first.entries, first.files)
    assert drafts(root) == before
    assert len(changes(root)) == 2


def test_said_again_with_more_it_is_not_the_same(root: Path) -> None:
    """What is asked for and not done is never called done."""
    moved(root)
    for other in ("phase-1.end", "phase-1.end=2018-03-15"):
        with pytest.raises(RecordError) as raised:
            moved(root, other, moment="2018-01-21")
        assert raised.value.key == "amend.error.same_day"
    assert len(changes(root)) == 1


def test_said_again_along_with_another_day_it_is_not_the_same(root: Path) -> None:
    moved(root, "phase-1.end=2018-03-15")
    assert moved(root, "phase-1.end=2018-03-15", moment="2018-01-21").repeated
    with pytest.raises(RecordError):
        moved(root, "phase-1.end=2018-03-16", moment="2018-01-21")


def test_to_today_it_can_still_be_moved_and_not_to_yesterday(root: Path) -> None:
    run = run_at(root, "2018-03-05 23:59")
    with pytest.raises(RecordError) as raised:
        move(run, Wish("phase-1.end", Day(2018, 3, 4)), BOARD, REASON)
    assert raised.value.key == "amend.error.past"
    assert not move(run, Wish("phase-1.end", Day(2018, 3, 5)), BOARD, REASON).repeated


def test_killed_after_the_entry_and_before_the_files_it_is_asked_once_more(root: Path) -> None:
    moved(root)
    wanted = drafts(root)
    shutil.rmtree(root / "amendments")
    shutil.rmtree(root / "calendar")
    assert moved(root, moment="2018-01-21").repeated
    assert drafts(root) == wanted


def test_moved_twice_the_day_that_was_adopted_is_still_known(root: Path) -> None:
    moved(root)
    move(run_at(root, "2018-01-22"), Wish(SESSION, Day(2018, 3, 23)), BOARD, "Noch einmal.")
    assert find(root).plan(at("2018-01-23")).session(SESSION).date == When(
        Day(2018, 3, 23), "amended", former=Day(2018, 3, 9)
    )
    back = move(run_at(root, "2018-01-24"), Wish(SESSION, Day(2018, 3, 9)), BOARD, "Doch nicht.")
    assert [entry.facts["from"] for entry in back.entries] == ["2018-03-23"]
    assert len(changes(root)) == 3


def wall(run: Run) -> Done:
    return move(run, Wish("lpt", Day(2018, 9, 1)), BOARD, REASON)


def without_reason(run: Run) -> Done:
    return move(run, Wish(SESSION, Day(2018, 3, 16)), BOARD, "  ")


def half(run: Run) -> Done:
    return move(run, Wish(SESSION, Day(2018, 3, 16), ("phase-4.end=2018-01-01",)), BOARD, REASON)


def proposed(run: Run) -> Done:
    return move(run, Wish("lv-2018-08-17", Day(2018, 8, 18)), BOARD, REASON)


@pytest.mark.parametrize("attempt", [wall, without_reason, half, proposed])
def test_all_or_nothing(root: Path, attempt: Callable[[Run], Done]) -> None:
    with pytest.raises(StaffelstabError):
        attempt(run_at(root, DESK))
    assert (changes(root), drafts(root)) == ([], {})


def test_the_form_knows_only_item_and_day_and_takes_the_reason_from_the_folder(root: Path) -> None:
    run = run_at(root, DESK)
    with pytest.raises(RecordError) as raised:
        settle(run, SESSION, Day(2018, 3, 16), BOARD)
    assert "amendments/begruendung-lv-2018-03-09-2018-03-16.txt" in raised.value.text("de")
    path = reason_file(run, SESSION, Day(2018, 3, 16))
    path.parent.mkdir()
    path.write_text(f"{REASON}\n", encoding="utf-8")
    settle(run, SESSION, Day(2018, 3, 16), BOARD)
    settle(run, "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    assert [entry.kind for entry in changes(root)] == ["amended", "confirmed"]


def test_who_may_not_decide_writes_nothing_and_whoever_was_authorised_says_so_in_journal_and_draft(
    tmp_path: Path,
) -> None:
    root = folder(tmp_path / "verein", CLUB)
    run, wish = open_run(root, at("2026-11-22")), Wish("mitgliederversammlung-2027", Day(2027, 3, 20))
    for by in ("grimma", "koordination", "vorstand"):
        with pytest.raises(RecordError) as raised:
            move(run, wish, Authority(by), REASON)
        assert raised.value.key == "amend.error.not_theirs_resolved"
    assert (changes(root), drafts(root)) == ([], {})
    done = move(run, wish, Authority("vorstand", authorised=True), REASON)
    assert {name: done.entries[0].facts[name] for name in ("by", "authorised")} == {
        "by": "vorstand",
        "authorised": True,
    }
    assert move(run, wish, Authority("vorstand", authorised=True), REASON).repeated
    draft = next(path for path in done.files if path.suffix == ".md").read_text(encoding="utf-8").replace("\\", "")
    assert "**Beschluss:** Das Gremium „Vorstand“ beschließt, den Zeitplan" in draft
    assert "**Ermächtigt durch:** Mitgliederversammlung, Beschluss vom ____" in draft
    adopted, now = find(root).adopted(), find(root).changes(at("2026-11-23"))
    [letter] = [
        letter for letter in due_letters(gather_case(open_run(root, at("2026-11-23")))) if letter.occasion == "moved"
    ]
    assert "Entschieden hat darüber: Vorstand (ermächtigt durch: Mitgliederversammlung);" in " ".join(
        letter.body.split()
    )
    assert [sentence.partition(", durch: ")[2] for sentence in history(adopted, now)] == [
        "Vorstand (ermächtigt durch: Mitgliederversammlung)"
    ]


def test_said_again_by_another_body_it_is_not_the_same(tmp_path: Path) -> None:
    root = folder(tmp_path / "verein", CLUB)
    run, wish = open_run(root, at("2026-11-22")), Wish("vorstand-februar", Day(2027, 2, 18))
    move(run, wish, Authority("vorstand"), REASON)
    assert move(run, wish, Authority("Vorstand"), REASON).repeated
    with pytest.raises(RecordError) as raised:
        move(run, wish, Authority("mitgliederversammlung"), REASON)
    assert raised.value.key == "amend.error.same_day"
    assert len(changes(root)) == 1


def test_the_form_refuses_as_the_command_does(tmp_path: Path) -> None:
    root = folder(tmp_path / "verein", CLUB)
    run = open_run(root, at("2026-11-22"))
    with pytest.raises(RecordError) as raised:
        settle(run, "vorstand-maerz", Day(2027, 3, 12), Authority("grimma"))
    assert raised.value.key == "amend.error.not_theirs_open"
    assert settle(run, "vorstand-maerz", Day(2027, 3, 12), Authority("vorstand")).entries[0].facts["by"] == "vorstand"
    assert settle(run, "call-2.audience", None, Authority("vorstand", authorised=True)).entries[0].facts == {
        "date": None,
        "by": "vorstand",
        "from": None,
        "session": "",
        "authorised": True,
    }


def test_a_draft_says_nothing_of_an_authorisation_that_nobody_named(root: Path) -> None:
    first = moved(root)
    text = next(path for path in first.files if path.suffix == ".md").read_text(encoding="utf-8")
    assert "Ermächtigt" not in text
    assert "authorised" not in first.entries[0].facts


# -- what follows ------------------------------------------------------------------------------------------------------


def test_the_draft_has_the_resolutions_own_form_and_leaves_open_what_nobody_knows(root: Path) -> None:
    """R01–R17."""
    text = next(path for path in moved(root, "phase-1.end").files if path.suffix == ".md").read_text(encoding="utf-8")
    plain = text.replace("\\", "")
    wanted = [
        "# Änderung des Zeitplans",
        "**Entwurf eines Beschlusses**",
        "**Beschluss:** Der Landesvorstand beschließt, den Zeitplan",
        "| Sitzung des Landesvorstands | 9. März 2018 | 16. März 2018 |",
        "| Ende von Phase 1 „Analyse“ | 9. März 2018 | 16. März 2018 |",
        "Daraus folgt:",
        "| Sitzung des Landesvorstands: Vorlage steht fest | 2. März 2018 | 9. März 2018 |",
        "**Begründung:**",
        REASON,
        "**Maßnahmen der Öffentlichkeitsarbeit:** Veröffentlichung im Internet (www.dielinke-sachsen.de)",
        "**Weitere Maßnahmen:** Entsprechend der Zeitplanung",
        "**Finanzen:** -",
        "**Die Vorlage wurde abgestimmt mit:** -",
        "**Den Beschluss sollen erhalten:** Landesvorstandsmitglieder, Landesratsmitglieder,",
        "Landesweite Zusammenschlüsse, Jugendkoordinator, Wahlkampfmanager",
        "**Abstimmungsergebnis:** ____ Ja",
        "**f.d.R.**",
    ]
    places = [plain.find(line) for line in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)


def test_the_draft_is_there_to_write_in(root: Path) -> None:
    made = {path.suffix: path for path in moved(root).files}
    assert set(made) == {".md", ".docx", ".odt"}
    assert made[".docx"].parent.name == f"2018-01-20-{SESSION}"
    for suffix, part in ((".docx", "word/document.xml"), (".odt", "content.xml")):
        with zipfile.ZipFile(made[suffix]) as archive:
            assert "Abstimmungsergebnis" in archive.read(part).decode()


def test_two_drafts_of_one_day_lie_in_two_folders(root: Path) -> None:
    """Somebody may have written in the first."""
    first = moved(root)
    second = move(run_at(root, "2018-01-20 11:00"), Wish(SESSION, Day(2018, 3, 23)), BOARD, "Noch einmal.")
    assert {path.parent.name for path in first.files} == {f"2018-01-20-{SESSION}"}
    assert {path.parent.name for path in second.files} == {f"2018-01-20-{SESSION}-2"}
    assert all(path.is_file() for path in (*first.files, *second.files))


def test_whoever_had_the_old_day_gets_a_letter_once(root: Path) -> None:
    """F09."""
    last_seq = moved(root, "phase-1.end").preview
    letters = [letter for letter in _letters(root, "2018-01-21") if letter.occasion == "moved"]
    [letter] = letters
    assert last_seq is not None
    assert letter.to == last_seq.receivers
    assert [actor.id for actor in letter.to] == [
        *("landesvorstand", "kreisverbaende", "lwz"),
        *(f"recipient-{number:02d}" for number in (2, 4, 5, 6, 7, 8, 9, 10, 12)),
    ]
    assert letter.subject == "Termin verlegt: Sitzung des Landesvorstands, jetzt 16. März 2018"
    assert "bisher Freitag, 9. März 2018; jetzt\n  Freitag, 16. März 2018" in letter.body
    said = " ".join(letter.body.split())
    assert (
        "wird verlegt. Entschieden hat darüber: Landesvorstand; festgehalten ist es seit dem 20. Januar 2018." in said
    )
    assert "lag an diesem Tag als Entwurf vor." in said
    assert f"Begründung: {REASON}" in said
    assert letter.attachments == ("calendar/timetable.ics",)


def test_a_letter_that_was_overtaken_is_not_written_late(root: Path) -> None:
    moved(root)
    move(run_at(root, "2018-01-22"), Wish(SESSION, Day(2018, 3, 23)), BOARD, "Noch einmal.")
    subjects = [letter.subject for letter in _letters(root, "2018-01-23") if letter.occasion == "moved"]
    assert subjects == ["Termin verlegt: Sitzung des Landesvorstands, jetzt 23. März 2018"]


def test_of_what_was_moved_together_only_what_was_overtaken_is_left_out(root: Path) -> None:
    moved(root, "phase-1.end")
    move(run_at(root, "2018-01-22"), Wish(SESSION, Day(2018, 3, 23)), BOARD, "Noch einmal.")
    letters = [letter for letter in _letters(root, "2018-01-23") if letter.occasion == "moved"]
    assert [letter.subject for letter in letters] == [
        "Termin verlegt: Ende von Phase 1 „Analyse“, jetzt 16. März 2018",
        "Termin verlegt: Sitzung des Landesvorstands, jetzt 23. März 2018",
    ]
    assert "Sitzung" not in letters[0].body


def test_what_was_moved_along_and_then_again_is_told_as_it_is(root: Path) -> None:
    moved(root, "phase-1.end")
    move(run_at(root, "2018-01-22"), Wish("phase-1.end", Day(2018, 3, 14)), BOARD, "Früher.")
    bodies = [letter.body for letter in _letters(root, "2018-01-23") if letter.occasion == "moved"]
    assert ["Ende von Phase 1" in body for body in bodies] == [False, True]


def _letters(root: Path, moment: str) -> tuple[Letter, ...]:
    return due_letters(gather_case(run_at(root, moment)))


def test_the_run_is_another_edition_and_the_calendar_counts_up(root: Path) -> None:
    before = run_at(root, DESK).edition
    moved(root)
    assert run_at(root, "2018-01-21").edition != before
    entries = (root / "calendar/timetable.ics").read_bytes().replace(b"\r\n ", b"").split(b"BEGIN:VEVENT")
    [session] = [entry for entry in entries if b"UID:lv-2018-03-09.session@" in entry]
    assert b"DTSTART;VALUE=DATE:20180316" in session
    assert b"SEQUENCE:1" in session


def test_the_next_paper_says_what_was_moved_and_confirmed_since(root: Path) -> None:
    confirm(run_at(root, DESK), "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    moved(root)
    run = run_at(root, "2018-01-21", 1)
    case = gather_case(run)
    markdown = dossier(case, survey_of(run, case), run.plan.session(SESSION), final=False).markdown.replace("\\", "")
    assert "Seither bestätigt oder verlegt:" in markdown
    assert "| Sitzung des Landesvorstands | 9. März 2018 | 16. März 2018 | verlegt am 20. Januar 2018 |" in markdown
    assert "| 17. August 2018 | 17. August 2018 | bestätigt am 20. Januar 2018 |" in markdown
    assert "| 16. März 2018 (ursprünglich 9. März 2018) | Sitzung des Landesvorstands |" in markdown


def test_the_choirs_amending_resolution_is_english(tmp_path: Path) -> None:
    root = folder(tmp_path / "choir", CHOIR)
    done = move(
        run_at(root, "2025-12-15"),
        Wish("committee-january", Day(2026, 2, 6)),
        Authority("committee"),
        "The hall is taken.",
    )
    text = next(path for path in done.files if path.suffix == ".md").read_text(encoding="utf-8").replace("\\", "")
    with pytest.raises(RecordError) as raised:
        settle(run_at(root, "2025-12-16"), "committee-january", None, Authority("committee"))
    assert raised.value.text("en").endswith(f"staffelstab move {root} committee-january YYYY-MM-DD")
    assert "**Resolution:** The Committee resolves to amend the timetable “A new statute:" in text
    assert "| Committee meeting in January | 30 January 2026 | 6 February 2026 |" in text
    assert "**Publicity:** To be read out at rehearsals and printed in the autumn newsletter." in text
