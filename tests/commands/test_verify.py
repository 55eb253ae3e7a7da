"""A ledger that was exchanged is told by `verify` and by the next run; whoever restored a backup on purpose says so and goes on."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.service.decide import record_decision
from staffelstab.service.move_dates import move
from staffelstab.simulation.inputs import deliveries
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from staffelstab.workspace import Workspace, create, find
from tests.commands.conftest import Said
from tests.conftest import BERLIN, at
from tests.ledger.test_heads import recomputed
from tests.service.small_folder import put, run_at
from tests.year import PARTY, DirectExecutor, markdown_drafts

Command = Callable[..., Said]

NOW = ("--now", "2018-01-20T09:00")
ACCEPT = ("--accept-restored", "--by", "Landesvorstand", "--reason", "Die Platte ist kaputt.", *NOW)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """January: backups of the ledger of each day, a frozen paper, a decision, a hand-over."""
    root = tmp_path_factory.mktemp("january") / "akte"
    workspace = create(PARTY, root, now=at("2017-12-15"))
    for item in deliveries(workspace.adopted(), PARTY):
        if item.path.startswith("beitraege/") and item.at < at("2018-01-14"):
            path = root / "inbox" / item.path
            path.write_bytes(item.content)
    with markdown_drafts():
        for day in ("2018-01-05", "2018-01-17", "2018-01-19", "2018-01-20"):
            if day == "2018-01-20":
                record_decision(run_at(root, "2018-01-19 21:30"), "lv-2018-01-19", "noted")
            DirectExecutor().daily_pass(str(root), at(f"{day} 07:00"))
            shutil.copy(root / "ledger.db", root / f"backup-{day}")
    return root


@pytest.fixture
def akte(played: Path, tmp_path: Path) -> Path:
    return shutil.copytree(played, tmp_path / "akte")


def restore(akte: Path, day: str) -> None:
    shutil.copy(akte / f"backup-{day}", akte / "ledger.db")


def damage(command: Command, akte: Path) -> list[str]:
    code, out, _ = command("verify", akte, "--json")
    found = json.loads(out)
    assert (code, found["intact"]) == (int(bool(found["damage"])), not found["damage"])
    return list(found["damage"])


def kinds(akte: Path) -> list[str]:
    with find(akte).open(read_only=True) as ledger:
        return [entry.kind for entry in ledger.entries()]


def test_the_played_folder_is_whole(akte: Path, command: Command) -> None:
    assert damage(command, akte) == []
    assert (akte / "batons" / "0-call").is_dir()
    assert "Ledger-Head: " in (akte / "batons" / "0-call" / "bag-info.txt").read_text(encoding="utf-8")


@pytest.mark.attack("H3")
@pytest.mark.parametrize("day", ["2018-01-05", "2018-01-17", "2018-01-19"])
def test_an_older_ledger_under_newer_papers_is_told(akte: Path, command: Command, day: str) -> None:
    restore(akte, day)
    before = kinds(akte)

    assert any("Früher bestätigt" in item for item in damage(command, akte))
    code, _, err = command("run", akte, *NOW)
    assert (code, "ältere Fassung" in err) == (3, True)
    code, _, err = command("record", "decision", "lv-2018-01-19", "noted", akte, *NOW)
    assert (code, "ältere Fassung" in err) == (3, True)
    assert kinds(akte) == before


@pytest.mark.attack("H3")
@pytest.mark.parametrize(("day", "said"), [("2018-01-17", "Übergabe „0-call“"), ("2018-01-05", "Übergabe „0-call“")])
def test_batons_tell_as_well_where_the_heads_are_gone(akte: Path, command: Command, day: str, said: str) -> None:
    restore(akte, day)
    (akte / ".heads").unlink()

    assert any(said in item for item in damage(command, akte))
    assert command("run", akte, *NOW)[0] == 3


@pytest.mark.attack("H3")
def test_history_written_anew_is_told_by_the_batons_alone(akte: Path, command: Command) -> None:
    """The chain is in order, the hand-over is in it, the heads are gone; but the entry the baton was made of is another."""
    recomputed(akte / "ledger.db", lambda line: line._replace(office="another") if line.seq == 3 else line)
    (akte / ".heads").unlink()

    assert [item for item in damage(command, akte) if "Früher bestätigt" in item]
    code, _, err = command("run", akte, *NOW)
    assert (code, "umgeschrieben" in err) == (3, True)


@pytest.mark.attack("H3")
def test_a_baton_of_an_earlier_version_tells_the_next_run(akte: Path, command: Command) -> None:
    """It names no entry; that the ledger knows nothing of it is enough."""
    restore(akte, "2018-01-17")
    (akte / ".heads").unlink()
    info = akte / "batons" / "0-call" / "bag-info.txt"
    lines = info.read_text(encoding="utf-8").splitlines(keepends=True)
    info.write_text("".join(line for line in lines if not line.startswith("Ledger-Head")), encoding="utf-8")

    code, _, err = command("run", akte, *NOW)
    assert (code, "weiß nichts von der Übergabe „0-call“" in err) == (3, True)


@pytest.mark.attack("H3")
def test_a_frozen_paper_tells_as_well(akte: Path, command: Command) -> None:
    """Neither heads nor batons are left: the paper that lies in the session's folder is unknown to the ledger."""
    restore(akte, "2018-01-05")
    (akte / ".heads").unlink()
    shutil.rmtree(akte / "batons" / "0-call")

    assert any("sessions/2018-01-19/dossier.docx" in item for item in damage(command, akte))
    code, _, err = command("run", akte, *NOW)
    assert (code, "dossier.docx" in err) == (3, True)


@pytest.mark.attack("H3")
def test_a_note_of_the_state_kept_anywhere_tells_the_rest(akte: Path, command: Command) -> None:
    state = json.loads(command("verify", akte, "--json")[1])["head"]
    assert command("verify", akte, "--known", state)[0] == 0

    connection = sqlite3.connect(akte / "ledger.db")
    connection.execute("DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)")
    connection.commit()
    connection.close()
    (akte / ".heads").unlink()

    assert command("verify", akte)[0] == 0  # the limit of what the folder itself can tell
    assert command("verify", akte, "--known", state)[0] == 1
    code, _, err = command("verify", akte, "--known", "4711")
    assert (code, "ist kein Stand" in err) == (3, True)


@pytest.mark.attack("H3")
@pytest.mark.parametrize("name", ["dossier.pdf", "dossier.md"])
def test_a_frozen_paper_that_was_changed_or_lost_is_told(akte: Path, command: Command, name: str) -> None:
    paper = akte / "sessions" / "2018-01-19" / name
    paper.write_bytes(paper.read_bytes() + b" ")
    [said] = damage(command, akte)
    assert f"sessions/2018-01-19/{name}" in said
    paper.unlink()
    [said] = damage(command, akte)
    assert "liegt nicht mehr da" in said


def test_a_frozen_paper_of_a_session_that_was_moved_since_is_where_it_was(
    played: Path, tmp_path: Path, command: Command
) -> None:
    """Frozen on the 17th, moved on the 18th: until the next pass it lies in the folder of the former day."""
    akte = shutil.copytree(played, tmp_path / "akte")
    restore(akte, "2018-01-17")
    shutil.rmtree(akte / "batons" / "0-call")
    (akte / ".heads").unlink()
    move(
        run_at(akte, "2018-01-18 10:00"),
        Wish("lv-2018-01-19", dt.date(2018, 1, 26)),
        Authority("Landesvorstand"),
        "Verlegt.",
    )
    assert damage(command, akte) == []
    (akte / "sessions" / "2018-01-19" / "dossier.pdf").unlink()
    assert len(damage(command, akte)) == 1


def test_a_damaged_line_of_the_heads_is_told_and_stops_nothing(akte: Path, command: Command) -> None:
    heads = akte / ".heads"
    heads.write_bytes(b"x" + heads.read_bytes()[1:])
    [said] = damage(command, akte)
    assert ".heads" in said
    with find(akte).open() as ledger:
        ledger.append("note", at=at("2018-01-20 08:00"))


# -- restored on purpose -----------------------------------------------------------------------------------------------


@pytest.mark.attack("H3")
@pytest.mark.parametrize("heads", [True, False])
def test_a_backup_restored_on_purpose_is_accepted_and_goes_on(akte: Path, command: Command, heads: bool) -> None:
    restore(akte, "2018-01-17")
    if not heads:
        (akte / ".heads").unlink()

    code, out, err = command("verify", akte, *ACCEPT)

    assert (code, err, "set-aside/2018-01-20T090000" in out) == (0, "", True)
    assert (akte / "set-aside" / "2018-01-20T090000" / "batons" / "0-call").is_dir()
    with find(akte).open(read_only=True) as ledger:
        [entry] = ledger.entries("restored")
        assert (entry.facts["by"], ledger.content(str(entry.object))) == ("landesvorstand", b"Die Platte ist kaputt.")
    assert damage(command, akte) == []
    record_decision(run_at(akte, "2018-01-20 09:01"), "lv-2018-01-19", "noted")
    with markdown_drafts():
        DirectExecutor().daily_pass(str(akte), at("2018-01-20 09:05"))
    assert kinds(akte).count("handed_over") == 1
    assert damage(command, akte) == []


def test_a_frozen_paper_the_backup_does_not_know_is_set_aside_and_made_anew(akte: Path, command: Command) -> None:
    restore(akte, "2018-01-05")
    assert command("verify", akte, *ACCEPT)[0] == 0
    assert not (akte / "sessions" / "2018-01-19" / "dossier.docx").exists()
    with markdown_drafts():
        DirectExecutor().daily_pass(str(akte), at("2018-01-20 09:05"))
    assert (akte / "sessions" / "2018-01-19" / "dossier.docx").is_file()
    assert damage(command, akte) == []


def test_nothing_is_accepted_without_need_name_or_reason(akte: Path, command: Command) -> None:
    before = kinds(akte)
    assert "Anzunehmen ist nichts" in command("verify", akte, *ACCEPT)[2]
    restore(akte, "2018-01-17")
    assert "steht nicht im Zeitplan" in command("verify", akte, *ACCEPT, "--by", "Klabautermann")[2]
    assert "gehört in die Akte" in command("verify", akte, *ACCEPT, "--reason", " ")[2]
    restore(akte, "2018-01-20")
    assert kinds(akte) == before


@pytest.mark.attack("H3")
def test_a_ledger_that_contradicts_its_own_baton_is_not_accepted(akte: Path, command: Command) -> None:
    """Rewritten before the hand-over with a chain in order; that would be no backup."""
    recomputed(akte / "ledger.db", lambda line: line._replace(office="another") if line.seq == 3 else line)
    code, _, err = command("verify", akte, *ACCEPT)
    assert (code, "widerspricht einer Übergabe" in err) == (3, True)


# -- the clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.attack("C5")
def test_the_clock_is_asked_about_confirmed_and_corrected_by_command(akte: Path, command: Command) -> None:
    far, now = ("--now", "2038-01-19T07:00"), ("--now", "2018-01-21T07:00")
    put(akte, "beitraege/neu.txt", "Noch ein Beitrag.", at("2018-01-20 20:00"))
    before = kinds(akte)
    code, _, err = command("run", akte, *far)
    assert (code, "Die Uhr steht auf 19. Januar 2038" in err, kinds(akte)) == (3, True, before)
    assert "19. Januar 2038" in command("clock", akte, *far)[1]

    assert command("clock", akte, "--confirm", *far)[0] == 0
    assert "--correct" in command("clock", akte, "--confirm", *now)[2]
    code, out, _ = command("clock", akte, "--correct", "--by", "Landesvorstand", *now)
    assert (code, "21. Januar 2018" in out) == (0, True)
    assert "nichts" in command("clock", akte, "--correct", *now)[2]
    with find(akte).open(read_only=True) as ledger:
        assert ledger.latest_time().astimezone(BERLIN) == at("2018-01-21 07:00")


def test_a_folder_of_an_earlier_version_begins_to_keep_heads(workspace: Workspace, command: Command) -> None:
    heads = workspace.heads
    assert heads.elsewhere is not None
    for path in (heads.path, heads.elsewhere):
        path.unlink()
    assert command("verify", workspace.root)[0] == 0
    with workspace.open() as ledger:
        ledger.append("note", at=at("2017-12-15 08:00"))
    assert len(set(heads.read())) == 1
