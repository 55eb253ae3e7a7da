"""The doctor: what is well, what is to be done, and that one check that fails keeps no other from being made."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from commands.checkup.checks import CHECKS
from deployments.server.ports import remember_port
from deployments.server.process import home_of
from staffelstab.language import LANGUAGES, Language
from staffelstab.workspace import Workspace
from tests.acceptance.cli import environment
from tests.commands.conftest import Said
from tests.conftest import ROOT

Command = Callable[..., Said]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def looked(command: Command, folder: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    code, out, err = command("doctor", folder, "--json")
    assert err == ""
    told = json.loads(out)
    assert told["sound"] is (code == 0)
    return code, {row["key"]: row for row in told["checks"]}


def test_a_new_folder_is_sound_and_says_what_is_still_to_do(workspace: Workspace, command: Command) -> None:
    code, rows = looked(command, workspace.root)
    assert code == 0
    assert rows.keys() == CHECKS.keys() - {"schedules", "helpers"}, (
        "nothing runs that could be asked, no workers are set"
    )
    assert rows["libraries"]["state"] == rows["ledger"]["state"] == rows["rights"]["state"] == "good"
    assert (rows["last_pass"]["state"], rows["clock"]["state"], rows["server"]["state"]) == ("note", "note", "note")
    assert rows["server"]["todo"].endswith(f"staffelstab up {workspace.root}")
    assert f"staffelstab clock {workspace.root} --confirm" in rows["clock"]["todo"]
    assert [key for key, row in rows.items() if row["state"] == "good" and row["todo"]] == []


def test_for_people_each_check_is_a_line_with_a_word(workspace: Workspace, command: Command) -> None:
    code, out, _ = command("doctor", workspace.root)
    assert code == 0
    assert "✓ gut      Fassung            Staffelstab " in out
    assert "! Hinweis  Oberfläche         Nichts läuft" in out
    assert f"    → Öffnen: staffelstab up {workspace.root}\n" in out


def test_a_terminal_of_ascii_is_enough(workspace: Workspace) -> None:
    told = environment(PYTHONIOENCODING="ascii")
    command = [sys.executable, "-m", "commands.main", "doctor", str(workspace.root)]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, check=True)
    lines = done.stdout.decode("ascii").splitlines()
    assert lines[0].startswith("+ gut      Fassung")
    assert any(line.startswith("    -> Oeffnen: ") for line in lines)


def test_where_there_is_no_working_folder_the_machine_is_looked_at(tmp_path: Path, command: Command) -> None:
    code, rows = looked(command, tmp_path)
    assert code == 1
    assert rows["folder"]["state"] == "bad"
    assert rows["disk"]["state"] == "good"
    assert "ledger" not in rows


def test_what_is_broken_is_named_and_the_rest_is_looked_at_too(workspace: Workspace, command: Command) -> None:
    with Path(workspace.ledger).open("r+b") as file:
        file.write(b"x" * 100)
    shutil.rmtree(workspace.inbox)
    workspace.inbox.write_text("")
    workspace.inbox.unlink()
    workspace.inbox.mkdir()
    workspace.inbox.rmdir()
    (workspace.root / "elsewhere").mkdir()
    workspace.inbox.symlink_to(workspace.root / "elsewhere")
    (workspace.root / "elsewhere").chmod(0o755)
    code, rows = looked(command, workspace.root)
    assert code == 1
    assert rows["plan"]["state"] == "bad"
    assert rows["ledger"]["state"] == "bad"
    assert (rows["rights"]["state"], rows["rights"]["said"]) == (
        "note",
        "Für andere auf diesem Rechner sind Dateien oder Ordner zugänglich (1).",
    )
    assert rows["port"]["state"] in {"good", "note"}


def test_a_plan_that_cannot_be_read_is_told_with_its_line(workspace: Workspace, command: Command) -> None:
    workspace.plan_file.write_text("x = [", encoding="utf-8")
    code, rows = looked(command, workspace.root)
    assert code == 1
    assert "Zeile 1" in rows["plan"]["said"]
    assert rows["ledger"]["state"] == "good"


def test_a_taken_port_and_a_service_without_its_program(workspace: Workspace, command: Command) -> None:
    assert command("up", workspace.root, "--install")[0] == 0
    unit = next(Path(os.environ["HOME"]).rglob("*.service"))
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        remember_port(home_of(workspace.root), listener.getsockname()[1])
        _, rows = looked(command, workspace.root)
        assert (rows["port"]["state"], rows["service"]["state"]) == ("note", "note")
    unit.write_text(unit.read_text().replace('ExecStart=:"', 'ExecStart=:"/nowhere'))
    code, rows = looked(command, workspace.root)
    assert (code, rows["service"]["state"], rows["port"]["state"]) == (1, "bad", "good")


def test_an_earlier_version_of_a_library_is_named(
    workspace: Workspace, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is installed is looked up where Python looks it up; there an older one is put before it."""
    fake = Path(os.environ["HOME"]) / "site" / "fastapi-0.155.0.dist-info"
    fake.mkdir(parents=True)
    (fake / "METADATA").write_text("Metadata-Version: 2.1\nName: fastapi\nVersion: 0.155.0\n")
    monkeypatch.syspath_prepend(str(fake.parent))
    code, rows = looked(command, workspace.root)
    assert code == 1
    assert "fastapi 0.155.0 (<0.151)" in rows["libraries"]["said"]


def test_somebody_who_cannot_be_told_is_said(workspace: Workspace, command: Command) -> None:
    home = home_of(workspace.root)
    home.mkdir()
    with (home / "running.json").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        code, rows = looked(command, workspace.root)
    assert code == 1
    assert "fuser -v" in rows["server"]["said"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_name(language: str) -> None:
    words = Language(language)
    assert [key for key in (*CHECKS, "folder") if not words.knows(f"doctor.name.{key}")] == []


def test_several_plans_are_looked_at_together(workspace: Workspace, command: Command, tmp_path: Path) -> None:
    """A plan that cannot be read, and a database that does not answer, keep nothing else from being looked at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    secret = "a-password-that-nobody-is-told"
    (tmp_path / "broken" / "inbox").mkdir(parents=True)
    (tmp_path / "broken" / "plan.toml").write_text("id = ", encoding="utf-8")
    file = tmp_path / "installation.toml"
    file.write_text(
        f'folders = ["{workspace.root}", "broken", "missing"]\n'
        f'database = "postgresql://somebody:{secret}@127.0.0.1:{port}/prefect"\n'
    )
    file.chmod(0o600)
    code, out, err = command("doctor", file, "--json")
    assert (code, err) == (1, "")
    rows = json.loads(out)["checks"]
    assert [(row["key"], row["state"]) for row in rows if row["key"] not in ("disk", "recognition", "walls")] == [
        ("installation", "good"),
        ("version", "good"),
        ("libraries", "good"),
        ("time", "good"),
        ("database", "bad"),
        ("server", "note"),
        ("member", "note"),
        ("member", "bad"),
        ("member", "bad"),
    ]
    assert secret not in out
    assert f"staffelstab up {file}" in next(row["todo"] for row in rows if row["key"] == "server")
    assert [row["todo"].rpartition(" ")[2] for row in rows[-2:]] == [
        str(tmp_path / name) for name in ("broken", "missing")
    ]

    file.chmod(0o644)
    code, out, _ = command("doctor", file)
    assert code == 1
    assert f"chmod 600 {file.name}" in out
    assert secret not in out
