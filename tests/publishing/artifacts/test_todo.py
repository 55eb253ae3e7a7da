"""Today's work from journal and plan alone, as `staffelstab status` says it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from staffelstab.ledger.quick_read import quick_read
from staffelstab.publishing.artifacts.todo import KINDS, Todo, three_lines, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.decide import sender
from staffelstab.submissions.case.left_lying import NOTHING
from staffelstab.workspace import find
from tasks.artifacts import collected
from tests.conftest import at
from tests.publishing.outbox.cases import example
from tests.service.small_folder import folder, put, run_at
from tests.year import DirectExecutor


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def keys(root: Path, moment: str) -> list[tuple[str, bool]]:
    run = run_at(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        return [(item.key, item.urgent) for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]


def test_what_cannot_wait_comes_first(root: Path) -> None:
    """Nothing ran since 10 January; on the 20th the paper of the 19th is not frozen."""
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))

    found = keys(root, "2018-01-20 08:00")

    assert found[:2] == [("freeze", True), ("stale", True)]
    assert [urgent for _, urgent in found] == sorted((urgent for _, urgent in found), reverse=True)


def test_two_days_without_a_pass_are_not_yet_too_many(root: Path) -> None:
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))

    assert ("stale", True) not in keys(root, "2018-01-12 07:00:00")
    assert ("not_today", False) in keys(root, "2018-01-12 07:00:00")
    assert ("stale", True) in keys(root, "2018-01-12 07:00:01")
    assert ("not_today", False) not in keys(root, "2018-01-12 07:00:01")


def test_a_session_is_to_be_recorded_until_it_is(root: Path) -> None:
    DirectExecutor().daily_pass(str(root), at("2018-01-17 07:00"))

    assert "decide_today" in [key for key, _ in keys(root, "2018-01-19 08:00")]
    assert "decide" in [key for key, _ in keys(root, "2018-01-20 08:00")]


def test_what_was_not_complete_is_said_by_the_pass_and_by_status_until_it_is_taken(root: Path) -> None:
    """A file put down five seconds before the pass: the overview says so, then status, and the next pass takes it."""
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", at("2018-01-10 06:59:55"))
    with collected() as shown:
        DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    assert "\n- 1 Datei im Posteingang ist noch nicht vollständig" in shown[-1].markdown
    assert ("waiting", False) in keys(root, "2018-01-10 08:00")

    with collected() as shown:
        DirectExecutor().daily_pass(str(root), at("2018-01-10 09:00"))
    assert "vollständig" not in shown[-1].markdown
    assert ("waiting", False) not in keys(root, "2018-01-10 10:00")
    with run_at(root, "2018-01-10 10:00").workspace.open(read_only=True) as ledger:
        passes = [(entry.facts["new"], entry.facts.get("waiting", 0)) for entry in ledger.entries("pass")]
    assert passes == [(0, 1), (1, 0)]


def test_three_lines_always_say_what_comes_next(root: Path) -> None:
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    run = run_at(root, "2018-01-20 08:00")
    with run.workspace.open(read_only=True) as ledger:
        found = three_lines(run.plan, run.now, ledger.entries(*KINDS, until=run.now))

    lines = [item.text for item in found]
    assert len(lines) == 3
    assert lines[0] == "Die Vorlage für die Sitzung am 19. Januar 2018 soll feststehen: den Tageslauf starten."
    assert lines[1] == "Der letzte Tageslauf war am 10. Januar 2018, 07:00 Uhr. Bitte nachsehen, ob der Rechner läuft."
    assert lines[2].startswith("Nächster Termin: ")


def test_a_session_without_a_certain_day_is_not_spoken_of_as_certain(root: Path) -> None:
    run = run_at(root, "2018-08-12 08:00")
    with run.workspace.open(read_only=True) as ledger:
        texts = [item.text for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]

    expected = (
        "Die Vorlage für die Sitzung, voraussichtlich am 17. August 2018, soll feststehen: den Tageslauf starten."
    )
    assert expected in texts


def test_a_day_that_is_nobodys_word_is_to_be_confirmed_when_it_comes_close(root: Path) -> None:
    """R45, R53: four weeks before, and for an office until somebody says that it is filled."""
    assert [key for key, _ in keys(root, "2018-04-02 08:00")].count("confirm_office") == 0
    assert ("confirm_office", False) in keys(root, "2018-04-03 08:00")
    assert ("confirm_office", False) in keys(root, "2018-12-03 08:00")
    asked = {
        day: ("confirm_session", False) in keys(root, f"2018-{day} 08:00")
        for day in ("07-19", "07-20", "08-17", "08-18")
    }
    assert asked == {"07-19": False, "07-20": True, "08-17": True, "08-18": False}


def found(root: Path, moment: str) -> dict[str, Todo]:
    """What `status` would find, by its key."""
    run = run_at(root, moment)
    entries = quick_read(run.workspace.ledger, *KINDS, until=run.now)
    return {item.key: item for item in todo(run.plan, run.now, entries, look(run.workspace))}


def test_nothing_to_do_is_not_said_while_letters_lie_in_the_outbox_or_a_pass_is_missing(root: Path) -> None:
    """It was said on the day after a folder was made, with the call and the resolution still to be sent."""
    assert found(root, "2017-12-18 06:00").keys() == {"never_ran", "next"}
    DirectExecutor().daily_pass(str(root), at("2017-12-18 07:00"))
    assert found(root, "2017-12-18 08:00").keys() == {"letters", "questions", "next"}
    for path in (root / "outbox").glob("*.eml"):
        path.unlink()

    assert found(root, "2017-12-19 08:00").keys() == {"not_today", "questions", "next"}


def test_letters_count_until_they_are_taken_out_of_the_outbox(root: Path) -> None:
    """Whoever has sent one enters that, or takes it out."""
    DirectExecutor().daily_pass(str(root), at("2017-12-18 07:00"))
    (root / "outbox/eigener-brief.eml").write_text("Not one of ours.", encoding="utf-8")

    line = found(root, "2017-12-20 08:00")["letters"]
    assert (line.text, line.urgent) == (
        "Im Postausgang liegen 3 Briefe, der älteste seit dem 18. Dezember 2017. Bitte freigeben, oder selbst "
        "verschicken und dort „Ist verschickt“ eintragen.",
        True,
    )
    assert line.details == (
        "2017-12-15-call-call-1.eml",
        "2017-12-15-distribution-resolution.eml",
        "2017-12-15-publicity-resolution.eml",
    )

    sent = root / "outbox/verschickt"
    sent.mkdir()
    for name in line.details[:2]:
        (root / "outbox" / name).rename(sent / name)
    DirectExecutor().daily_pass(str(root), at("2017-12-20 09:00"))
    one = found(root, "2017-12-20 10:00")["letters"]
    assert one.text.startswith("Im Postausgang liegt seit dem 18. Dezember 2017 1 Brief.")
    assert one.details == ("2017-12-15-publicity-resolution.eml",)


def test_appointments_that_passed_without_a_pass_are_named(root: Path) -> None:
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))

    line = found(root, "2018-01-20 08:00")["missed"]
    assert line.text == "Seit dem letzten Tageslauf sind 5 Termine verstrichen; bitte den Tageslauf starten."
    assert line.details == (
        "12. Januar 2018: Erinnerung: Call for Papers",
        "14. Januar 2018: Ende der Phase „Take-Off“",
        "14. Januar 2018: Einsendeschluss: Call for Papers",
        "17. Januar 2018: Vorlage steht fest: Sitzung des Landesvorstands",
        "19. Januar 2018: Sitzung des Landesvorstands",
    )
    assert "missed" not in found(root, "2018-01-12 08:00")


def test_questions_say_which_where_and_when_they_were_counted(root: Path) -> None:
    """And after something was recorded, that they were counted before it."""
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-16 10:00"))
    DirectExecutor().daily_pass(str(root), at("2017-12-18 07:00"))

    line = found(root, "2017-12-18 09:00")["questions"]
    assert line.text == (
        "Phase 0 (Take-Off): 2 Fragen sind zu klären (gezählt am 18. Dezember 2017, 07:00 Uhr); nachzulesen in "
        "sessions/2018-01-19."
    )
    assert line.details == (
        "Von 20 Angeschriebenen haben 20 noch nichts geschickt.",
        "Von wem Beitrag B01 stammt, ist nicht bekannt. Zuordnen: staffelstab record sender B01 AMT",
    )
    assert (root / "sessions/2018-01-19").is_dir()

    sender(run_at(root, "2017-12-18 10:00"), "B01", "Beisitz 3")
    assert found(root, "2017-12-18 11:00")["questions"].details[-1] == (
        "Seither ist etwas eingetragen worden; neu gezählt wird beim nächsten Tageslauf."
    )
    DirectExecutor().daily_pass(str(root), at("2017-12-18 12:00"))
    assert found(root, "2017-12-18 12:00")["questions"].text == (
        "Phase 0 (Take-Off): 1 Frage ist zu klären; nachzulesen in sessions/2018-01-19."
    )


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"blocks": [], "questions": ["Eine zu wenig."]}'])
def test_what_is_open_is_counted_also_without_its_words(root: Path, damage: str) -> None:
    """The sentences are a help; the count comes from the journal, and words that do not fit it are not shown."""
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-16 10:00"))
    DirectExecutor().daily_pass(str(root), at("2017-12-18 07:00"))
    (root / ".open/phase-0.json").write_text(damage, encoding="utf-8")

    line = found(root, "2017-12-18 09:00")["questions"]
    assert ("2 Fragen" in line.text, line.details) == (True, ())


def test_a_long_line_of_details_ends_with_how_many_more(root: Path) -> None:
    line = found(root, "2018-01-20 08:00")["never_ran"]
    assert (len(line.details), line.details[-1]) == (6, "und 5 weitere")


@pytest.mark.parametrize(
    ("meanwhile", "day", "line"),
    [
        ("", "2018-08-20", "Bis zum 24. August 2018 läuft keine Phase; wer zuständig ist, sagt der Zeitplan nicht."),
        ("koordination", "2018-08-18", "Bis zum 24. August 2018 läuft keine Phase; zuständig ist: Wahlkampfmanager."),
        ("koordination", "2018-08-17", ""),
        ("koordination", "2018-08-25", ""),
    ],
)
def test_while_no_phase_runs_it_says_who_is_in_charge(meanwhile: str, day: str, line: str) -> None:
    """R41: only the check read `meanwhile`."""
    plan = example()
    phases = [msgspec.structs.replace(item, meanwhile=meanwhile if item.number == 5 else "") for item in plan.phases]
    found = todo(msgspec.structs.replace(plan, phases=tuple(phases)), at(f"{day} 08:00"), [])
    assert [item.text for item in found if item.key.startswith("gap")] == ([line] if line else [])


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        '{"things": [{"name": "a", "reason": "link", "since": "2018-01-01T00:00:00"}]}',
        '{"things": [{"name": "a", "reason": "link", "since": "0001-01-01T00:00:00+14:00"}]}',
        '{"papers": 1e999, "sentences": []}',
        '{"papers": 1, "sentences": 5}',
        '{"blocks": {}, "questions": null}',
        "\ud800",
        "",
    ],
)
def test_what_somebody_made_of_our_own_notes_stops_neither_status_nor_the_next_pass(root: Path, text: str) -> None:
    for name in ("inbox.json", "papers.json", "phase-1.json"):
        (root / ".open").mkdir(exist_ok=True)
        (root / ".open" / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    (root / "inbox" / "beitraege" / "a.txt").symlink_to("/etc/hostname")
    assert look(find(root)).left_lying == NOTHING
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    assert [item.name for item in look(find(root)).left_lying.things] == ["beitraege/a.txt"]


@pytest.mark.attack("FUZZ")
def test_status_waits_for_no_pipe_among_our_notes(root: Path) -> None:
    (root / ".open").mkdir()
    os.mkfifo(root / ".open" / "phase-1.json")
    (root / ".open" / "papers.json").symlink_to("/dev/zero")
    assert look(find(root)).cautions.papers == 0
