"""Whatever one does wrong, the answer is a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commands.rehearse import clear, own_folder
from staffelstab.timetable.plan.load import load_plan
from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import CHOIR, PARTY, staffelstab
from tests.commands.conftest import Said
from tests.conftest import at

Command = Callable[..., Said]
NO_FOLDER = "ist kein Arbeitsordner von Staffelstab (plan.toml und inbox fehlen). Verändert wurde nichts."


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("init", "Es fehlt: PLAN, ORDNER. Getan wurde nichts. Hilfe: staffelstab init --help"),
        ("record", "Es fehlt: WAS. Getan wurde nichts. Hilfe: staffelstab record --help"),
        ("status --foo", "Das gehört nicht zu diesem Befehl: --foo. Getan wurde nichts. Hilfe: staffelstab --help"),
        ("rehearse --out", "Bei --out fehlt eine Angabe. Getan wurde nichts. Hilfe: staffelstab rehearse --help"),
        (
            "status . --now heute",
            "'heute' ist bei --now nicht zu verstehen. Ein Tag ist etwa 2018-03-05, ein Zeitpunkt 2018-03-05T07:00. "
            "Getan wurde nichts. Hilfe: staffelstab status --help",
        ),
        (
            "rehearse . --until 30.02.2018",
            "'30.02.2018' ist bei --until nicht zu verstehen. Ein Tag ist etwa 2018-03-05, ein Zeitpunkt "
            "2018-03-05T07:00. Getan wurde nichts. Hilfe: staffelstab rehearse --help",
        ),
        (
            "record decision lv-2018-08-17 adopted --abstentions drei",
            "'drei' ist bei --abstentions keine ganze Zahl; gemeint ist etwas wie 3. "
            "Getan wurde nichts. Hilfe: staffelstab record decision --help",
        ),
        (
            "record decision lv-2018-01-19 vertagt",
            "'vertagt' gibt es bei ERGEBNIS nicht. Möglich sind: 'noted', 'discussed', 'adopted', 'returned'. "
            "Getan wurde nichts. Hilfe: staffelstab record decision --help",
        ),
    ],
)
def test_a_command_called_wrongly(call: str, complaint: str, command: Command) -> None:
    code, out, err = command(*call.split())
    assert (code, out, err) == (2, "", f"{complaint}\n")


@pytest.mark.parametrize("name", ["status", "run", "verify"])
def test_a_folder_that_is_not_there_or_is_something_else(name: str, tmp_path: Path, command: Command) -> None:
    for folder in (tmp_path / "nirgends", tmp_path):
        code, out, err = command(name, folder)
        assert (code, out) == (3, "")
        assert err.startswith(f"{folder} {NO_FOLDER}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x = [", "Die Liste oder Klammer, die hier beginnt, wird nicht geschlossen"),
        (None, "Verändert wurde nichts. Bitte eine Plan-Datei angeben"),
    ],
)
def test_a_plan_that_cannot_be_used(content: str | None, said: str, tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    if content is not None:
        (folder / "plan.toml").write_text(content, encoding="utf-8")
    answers = {
        name: command(*call)
        for name, call in {
            "check": ("check", folder),
            "init": ("init", folder, tmp_path / "neu"),
            "rehearse": ("rehearse", folder, "--out", tmp_path / "probe"),
            "serve": ("serve", folder, "--out", tmp_path / "probe"),
        }.items()
    }
    assert {name: code for name, (code, _, _) in answers.items()} == {"check": 1, "init": 3, "rehearse": 3, "serve": 3}
    assert [name for name, (_, out, err) in answers.items() if out or said not in err] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan"]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("decision lv-2018-02-30 noted", "Eine Sitzung „lv-2018-02-30“ gibt es im Zeitplan nicht. Eingetragen wurde nichts."),
        ("decision lv-2018-01-19 noted", "Die Sitzung am 19. Januar 2018 hat noch nicht begonnen; eingetragen wurde nichts."),
        ("decision lv-2018-01-19 noted --now 2018-01-19 --no -3", "-3 Stimmen kann es nicht geben."),
        ("sender B01 Schatzmeister", "Einen Beitrag B01 gibt es nicht. Eingetragen wurde nichts."),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_taken(call: str, complaint: str, workspace: Workspace, command: Command) -> None:
    before = entries(workspace)
    kind, *rest = call.split()
    moment = [] if "--now" in rest else ["--now", "2018-01-10"]
    code, out, err = command("record", kind, *rest[:2], workspace.root, *rest[2:], *moment)
    assert (code, out) == (3, "")
    assert err.startswith(complaint)
    assert entries(workspace) == before


def entries(workspace: Workspace) -> list[str]:
    """The hashes of the journal."""
    with workspace.open(read_only=True) as ledger:
        return [entry.hash for entry in ledger.entries()]


def test_a_rehearsal_never_overwrites_what_is_no_rehearsal(
    workspace: Workspace, tmp_path: Path, command: Command
) -> None:
    note = tmp_path / "notiz.txt"
    note.write_text("bleibt", encoding="utf-8")
    for out in (tmp_path, workspace.root, note):
        code, _, err = command("rehearse", PARTY, "--out", out)
        assert (code, err) == (
            3,
            f"Der Ordner {out} enthält etwas, das keine Generalprobe ist. Verändert wurde nichts. "
            "Bitte mit --out einen anderen Ordner angeben.\n",
        )
    assert note.read_text(encoding="utf-8") == "bleibt"
    assert len(entries(workspace)) == 1


def test_the_rehearsal_of_another_plan_is_left_alone(tmp_path: Path, command: Command) -> None:
    """`rehearse my-plan` replaced the example's rehearsal without a word; `serve` would have, too."""
    out = tmp_path / "probe"
    other = create(CHOIR, out, now=at("2025-09-01"), seed=load_plan(CHOIR).id)
    before = sorted(path.name for path in out.iterdir())
    expected = (
        f"In {out} liegt die Generalprobe eines anderen Zeitplans: „{load_plan(CHOIR).title}“ (choir-statute). "
        "Verändert wurde nichts. Bitte mit --out einen anderen Ordner angeben; oder mit --overwrite, wenn sie ersetzt "
        "werden soll.\n"
    )

    for call in (("rehearse", PARTY, "--out", out), ("serve", PARTY, "--out", out)):
        code, _, err = command(*call)
        assert (code, err) == (3, expected)
    assert sorted(path.name for path in other.root.iterdir()) == before


def test_without_a_folder_two_plans_never_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    folders = [own_folder(None, "rehearsal", load_plan(plan)).name for plan in (PARTY, CHOIR)]
    assert folders == ["rehearsal-mitgliederarbeit-2018", "rehearsal-choir-statute"]
    assert own_folder(Path("probe"), "rehearsal", load_plan(PARTY)) == tmp_path / "probe"


@pytest.mark.parametrize(
    ("place", "overwrite", "sentence"),
    [
        (PARTY, False, "Die frühere Generalprobe dieses Zeitplans in {out} wird ersetzt.\n"),
        (CHOIR, True, "The rehearsal of “{title}” in {out} is being replaced, as --overwrite asks.\n"),
    ],
)
def test_a_rehearsal_that_is_replaced_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: Path, overwrite: bool, sentence: str
) -> None:
    """The same plan's may go, another one's only on demand; and the folder is free afterwards."""
    out, lies_there = tmp_path / "probe", load_plan(PARTY)
    create(PARTY, out, now=at("2017-12-15"), seed=lies_there.id)

    clear(out, load_plan(place), overwrite=overwrite)

    assert capsys.readouterr().out == sentence.format(out=out, title=lies_there.title)
    assert not out.exists()


def test_a_broken_rehearsal_of_another_plan_is_named_by_its_id(tmp_path: Path, command: Command) -> None:
    out = create(CHOIR, tmp_path / "probe", now=at("2025-09-01"), seed="choir-statute").root
    (out / "plan.toml").unlink()

    assert "„choir-statute“ (choir-statute)" in command("rehearse", PARTY, "--out", out)[2]


def test_papers_that_are_not_there(tmp_path: Path, command: Command) -> None:
    code, _, err = command("rehearse", PARTY, "--out", tmp_path / "probe", "--papers", tmp_path / "nichts")
    assert (code, err) == (
        3,
        f"Den Ordner {tmp_path / 'nichts'} mit Beiträgen gibt es nicht. Verändert wurde nichts.\n",
    )


def test_an_english_plan_is_complained_about_in_english(tmp_path: Path, command: Command) -> None:
    (tmp_path / "letter.txt").write_text("stays", encoding="utf-8")
    assert "holds something that is no rehearsal" in command("rehearse", CHOIR, "--out", tmp_path)[2]


def test_a_folder_that_holds_a_ledger_already(workspace: Workspace, command: Command) -> None:
    code, _, err = command("init", PARTY, workspace.root)
    assert (code, err.split(".")[0]) == (3, "Im Ordner akte liegt schon eine Akte")
    assert len(entries(workspace)) == 1


def test_a_folder_nobody_may_create(command: Command) -> None:
    code, _, err = command("init", PARTY, "/proc/akte")
    assert code == 3
    assert err.startswith("Auf /proc/akte lässt sich nicht so zugreifen, wie es nötig wäre (")


def test_a_prefect_server_that_does_not_answer(
    workspace: Workspace, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{listener.getsockname()[1]}/api")
        code, _, err = command("run", workspace.root, "--now", "2017-12-15T07:00")
    assert code == 3
    assert err.startswith(
        f"Der Prefect-Server unter {os.environ['PREFECT_API_URL']}, den PREFECT_API_URL nennt, antwortet nicht."
    )
    assert len(entries(workspace)) == 1


def test_a_port_that_is_taken(workspace: Workspace, command: Command) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        code, _, err = command("up", workspace.root, "--no-browser", "--port", str(port))
    assert code == 3
    assert f"am Anschluss {port}" in err or f"Anschluss {port}" in err


# -- damage ------------------------------------------------------------------------------------------------------------


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def replaced(path: Path) -> None:
    path.write_bytes(b"Das war einmal eine Akte." * 1000)


def gone(path: Path) -> None:
    path.unlink()


def forged(path: Path) -> None:
    """An entry changed by somebody who knows how to write SQL."""
    with closing(sqlite3.connect(path)) as database, database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in tables:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE entries SET office = 'nobody' WHERE seq = 1")


@pytest.mark.parametrize("damage", [empty, cut, replaced, gone, forged])
def test_a_damaged_ledger_is_found_and_left_alone(
    damage: Callable[[Path], None], workspace: Workspace, command: Command
) -> None:
    ledger = workspace.root / "ledger.db"
    damage(ledger)
    before = ledger.read_bytes() if ledger.exists() else None
    code, out, err = command("verify", workspace.root)
    assert (code, err) == (1, "")
    assert re.match(
        r"1 Schaden gefunden\. Verändert wurde nichts; die letzte Sicherung bitte nicht überschreiben\.\n\S", out
    )
    assert (ledger.read_bytes() if ledger.exists() else None) == before


@pytest.mark.parametrize("damage", [empty, cut, replaced, gone])
@pytest.mark.parametrize("name", ["status", "record", "run"])
def test_nothing_is_done_with_a_damaged_ledger(
    name: str, damage: Callable[[Path], None], workspace: Workspace, command: Command
) -> None:
    damage(workspace.root / "ledger.db")
    more = {"record": ("decision", "lv-2018-01-19", "noted"), "status": (), "run": ()}[name]
    code, out, err = command(name, *more, workspace.root, "--now", "2018-01-20")
    assert (code, out) == (3, "")
    assert re.fullmatch(r"[^\n]+\n", err)
    assert "ledger.db" in err


def test_a_user_sees_no_traceback_of_a_damaged_ledger(workspace: Workspace) -> None:
    cut(workspace.root / "ledger.db")
    done = staffelstab("run", workspace.root, "--now", "2018-01-20")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
