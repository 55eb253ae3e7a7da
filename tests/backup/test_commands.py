"""The commands: what they say, what they return, and where they take what is secret from."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyrage import x25519

from staffelstab.workspace import create
from tests.acceptance.cli import COMMAND, environment, staffelstab
from tests.commands.conftest import Said, command
from tests.conftest import ROOT, at
from tests.year import PARTY

__all__ = ["command"]
Command = Callable[..., Said]

NOW = ("--now", "2018-01-08T12:00")
LATER = ("--now", "2018-01-20T12:00")


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", "de")


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def secret(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "geheim"
    path.touch(0o600)
    path.write_text(text, encoding="utf-8")
    return path


def test_backed_up_rehearsed_and_restored(akte: Path, disk: Path, tmp_path: Path, command: Command) -> None:
    code, out, err = command("backup", disk, akte, "--check", *NOW)
    [file] = disk.glob("*.tar")
    assert (code, err, out.startswith(f"Gesichert: {file} (Dateien: ")) == (0, "", True)
    assert "Ausprobiert: Sie lässt sich wiederherstellen" in out
    assert "auf demselben Datenträger" in out

    code, out, err = command("restore", "--rehearse", file)
    assert (code, err, "8. Januar 2018, 12:00 Uhr" in out, "Übergaben: 0" in out) == (0, "", True, True)
    state = Path(os.environ["XDG_STATE_HOME"]) / "staffelstab"
    assert not (state / ".tmp").exists()

    code, out, err = command("restore", file, tmp_path / "neu")
    assert (code, err) == (0, "")
    assert f"staffelstab status {tmp_path / 'neu'}" in out
    assert command("verify", tmp_path / "neu")[0] == 0
    assert "Letzte Sicherung: 8. Januar 2018, 12:00 Uhr" in command("status", tmp_path / "neu", *NOW)[1]


def test_for_programs(akte: Path, disk: Path, command: Command) -> None:
    code, out, _ = command("backup", disk, akte, "--json", *NOW)
    found = json.loads(out)
    assert code == 0
    assert {
        name: found[name] for name in ("skipped", "unfinished", "removed", "open_to_all", "damage", "rehearsed")
    } == {
        "skipped": 0,
        "unfinished": 0,
        "removed": [],
        "open_to_all": False,
        "damage": [],
        "rehearsed": False,
    }
    assert (found["size"], Path(found["file"]).name) == (
        Path(found["file"]).stat().st_size,
        "mitgliederarbeit-2018-2018-01-08T1200.tar",
    )


def test_status_says_when_the_last_backup_was_made(akte: Path, disk: Path, tmp_path: Path, command: Command) -> None:
    (akte / ".backup").unlink(missing_ok=True)
    assert "Eine Sicherung gibt es noch nicht." in command("status", akte, *NOW)[1]
    assert json.loads(command("status", akte, "--json", *NOW)[1])["backup"] is None
    command("backup", disk, akte, *NOW)
    assert f"Letzte Sicherung: 8. Januar 2018, 12:00 Uhr, in {disk}." in command("status", akte, *NOW)[1]
    assert "Die letzte Sicherung ist 12 Tage alt" in command("status", akte, *LATER)[1]
    assert json.loads(command("status", akte, "--json", *LATER)[1])["backup"] == {
        "made": "2018-01-08T11:00:00+00:00",
        "days": 12,
        "place": str(disk),
    }
    create(PARTY, tmp_path / "probe", now=at("2017-12-15"), seed="x")
    assert "Sicherung" not in command("status", tmp_path / "probe", *NOW)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--keep", "0"), "--keep"),
        (("--weeks", "3"), "--keep"),
        (("--keep", "3", "--months", "-1"), "--keep"),
        (("--recipient", "age1falsch"), "age1falsch"),
        (("--passphrase",), "kein Terminal"),
        (("--passphrase-file", "fehlt"), "fehlt"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    words: tuple[str, ...], said: str, akte: Path, disk: Path, command: Command
) -> None:
    code, _, err = command("backup", disk, akte, *words)
    assert (code, said in err, list(disk.iterdir())) == (3, True, [])


def test_restore_wants_a_folder_or_a_rehearsal(backup: Path, tmp_path: Path, command: Command) -> None:
    assert command("restore", backup)[0] == 3
    assert command("restore", backup, tmp_path / "neu", "--rehearse")[0] == 3
    assert command("restore", tmp_path / "fehlt.tar", tmp_path / "neu")[0] == 3
    assert not (tmp_path / "neu").exists()


def test_a_secret_that_others_can_read_is_not_used(akte: Path, disk: Path, tmp_path: Path, command: Command) -> None:
    file = secret(tmp_path, "Pferd Batterie\n")
    file.chmod(0o640)
    code, _, err = command("backup", disk, akte, "--passphrase-file", file)
    assert (code, "chmod 600" in err, list(disk.iterdir())) == (3, True, [])
    file.chmod(0o600)
    file.write_text("\n", encoding="utf-8")
    assert command("backup", disk, akte, "--passphrase-file", file)[0] == 3


def test_by_a_passphrase_in_a_file(akte: Path, disk: Path, tmp_path: Path, command: Command) -> None:
    file = secret(tmp_path, "Pferd Batterie Heftklammer\n")
    assert command("backup", disk, akte, "--passphrase-file", file, *NOW)[0] == 0
    [made] = disk.glob("*.tar.age")
    assert command("restore", "--rehearse", made, "--passphrase-file", file)[0] == 0
    code, _, err = command("restore", "--rehearse", made)
    assert (code, "kein Terminal" in err) == (3, True)
    wrong = secret(tmp_path, "Pferd\n")
    assert command("restore", "--rehearse", made, "--passphrase-file", wrong)[0] == 3


def test_to_a_key(akte: Path, disk: Path, tmp_path: Path, command: Command) -> None:
    identity = x25519.Identity.generate()
    assert command("backup", disk, akte, "--recipient", str(identity.to_public()), *NOW)[0] == 0
    [made] = disk.glob("*.tar.age")
    code, _, err = command("restore", "--rehearse", made)
    assert (code, "--identity" in err) == (3, True)
    assert command("restore", made, tmp_path / "neu", "--identity", secret(tmp_path, f"{identity}\n"))[0] == 0


def test_a_passphrase_typed_twice_is_shown_nowhere(akte: Path, disk: Path) -> None:
    """At a terminal of its own, as a person types it."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "backup", str(disk), str(akte), "--passphrase"],
        cwd=ROOT,
        env=environment(),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    seen = b""
    for question in (b"Kennwort:", b"Noch einmal:"):
        while question not in seen:
            seen += os.read(controller, 1000)
        assert b"Batterie" not in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        os.write(controller, b"Pferd Batterie\n")
    assert process.wait() == 0
    os.close(controller)
    assert b"Batterie" not in seen
    assert len(list(disk.glob("*.tar.age"))) == 1


def test_a_pass_goes_on_in_what_was_restored(akte: Path, disk: Path, tmp_path: Path) -> None:
    """In processes of their own, on a machine that knows nothing of the folder."""
    elsewhere = {"XDG_STATE_HOME": str(tmp_path / "anderer-rechner")}
    assert staffelstab("backup", disk, akte, *NOW).returncode == 0
    shutil.rmtree(akte)
    [file] = disk.glob("*.tar")
    assert staffelstab("restore", file, akte, **elsewhere).returncode == 0
    done = staffelstab("run", akte, "--now", "2018-01-09T07:00", **elsewhere)
    assert (done.returncode, "Neu eingegangen: 2" in done.stdout) == (0, True)
