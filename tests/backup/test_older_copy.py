"""An older copy put back is noticed: of the ledger, and of the whole folder with everything that was kept in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.backup.restoring import restore
from staffelstab.errors import LedgerError
from staffelstab.ledger.heads import kept_elsewhere
from staffelstab.workspace import create
from tests.acceptance.cli import staffelstab
from tests.backup.small_backups import NOON, back_up, enter
from tests.commands.conftest import Said, command
from tests.conftest import at
from tests.year import PARTY

__all__ = ["command"]
Command = Callable[..., Said]

pytestmark = pytest.mark.attack("H3")
ACCEPT = ("--accept-restored", "--by", "Landesvorstand", "--reason", "Die Platte ist kaputt.")
NOW = ("--now", "2018-01-09T09:00")


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", "de")


@pytest.fixture
def rolled_back(akte: Path, tmp_path: Path) -> Path:
    """Five entries were written after the whole folder was copied, heads and all; now the copy lies in its place."""
    enter(akte, 1)
    shutil.copytree(akte, tmp_path / "kopie")
    enter(akte, 5, 1)
    shutil.rmtree(akte)
    return (tmp_path / "kopie").rename(akte)


def test_a_pass_refuses_and_writes_nothing(rolled_back: Path) -> None:
    """A process of its own, as it is started every morning."""
    before = (rolled_back / "ledger.db").read_bytes()
    done = staffelstab("run", rolled_back, *NOW)
    assert (done.returncode, "ältere Fassung" in done.stderr) == (3, True)
    assert (rolled_back / "ledger.db").read_bytes() == before


def test_verify_says_so_until_somebody_accepts_it(rolled_back: Path, command: Command) -> None:
    code, out, _ = command("verify", rolled_back)
    assert (code, "Früher bestätigt" in out) == (1, True)
    assert command("verify", rolled_back, *ACCEPT, *NOW)[0] == 0
    assert command("verify", rolled_back)[0] == 0
    assert command("clock", rolled_back, "--confirm", *NOW)[0] == 0


def test_without_what_is_kept_outside_nobody_could_tell(rolled_back: Path, command: Command) -> None:
    elsewhere = kept_elsewhere(rolled_back)
    assert elsewhere is not None
    elsewhere.unlink()
    assert command("verify", rolled_back)[0] == 0


def test_a_copy_in_another_place_is_another_folder(akte: Path, tmp_path: Path, command: Command) -> None:
    copy = shutil.copytree(akte, tmp_path / "probe")
    enter(akte, 3)
    enter(copy, 2, 10)
    enter(akte, 1, 20)
    assert [command("verify", root)[0] for root in (akte, copy)] == [0, 0]


def test_a_new_folder_where_another_one_lay_is_new(akte: Path, command: Command) -> None:
    enter(akte, 3)
    shutil.rmtree(akte)
    create(PARTY, akte, now=at("2017-12-15"))
    enter(akte, 1)
    assert command("verify", akte)[0] == 0


def test_a_rehearsal_is_remembered_nowhere_else(tmp_path: Path) -> None:
    workspace = create(PARTY, tmp_path / "probe", now=at("2017-12-15"), seed="x")
    elsewhere = kept_elsewhere(workspace.root)
    assert (workspace.heads.elsewhere, elsewhere is not None and elsewhere.exists()) == (None, False)


@pytest.mark.parametrize("home", ["", "/dev/null", "relativ"])
def test_without_a_home_that_can_be_written_to_everything_else_works(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", home)
    create(PARTY, tmp_path / "akte", now=at("2017-12-15"))
    enter(tmp_path / "akte", 2)
    assert back_up(tmp_path / "akte", tmp_path / "disk").damage == ()


def test_a_backup_restored_where_more_was_known_says_so(akte: Path, tmp_path: Path, command: Command) -> None:
    made = back_up(akte, tmp_path / "disk")
    enter(akte, 4)
    shutil.rmtree(akte)

    code, out, _ = command("restore", made.path, akte)
    last = made.manifest.entry
    assert (code, f"endet mit Eintrag {last}" in out, f"Eintrag {last + 4} bestätigt" in out) == (0, True, True)
    assert command("run", akte, *NOW)[0] == 3
    assert command("verify", akte, *ACCEPT, *NOW)[0] == 0
    assert command("verify", akte)[0] == 0


def test_the_newest_backup_restored_in_its_place_needs_no_word(akte: Path, tmp_path: Path) -> None:
    made = back_up(akte, tmp_path / "disk")
    shutil.rmtree(akte)
    assert restore(made.path, akte).later is None
    enter(akte, 1)


def test_the_disk_knows_too_when_folder_and_home_were_put_back(
    akte: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """And no older folder pushes out the newer backups, until somebody says that it is to go on from there."""
    shutil.copytree(akte, tmp_path / "kopie")
    enter(akte, 3)
    made = back_up(akte, tmp_path / "disk")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "anderer-rechner"))
    code, _, err = command("backup", tmp_path / "disk", tmp_path / "kopie", "--keep", "1")
    head = made.manifest.head
    assert (code, f'--known "{head.seq} {head.hash}"' in err) == (3, True)
    assert [path.name for path in (tmp_path / "disk").glob("*.tar")] == [made.path.name]

    known = ("--known", f"{head.seq} {head.hash}")
    assert command("verify", tmp_path / "kopie", *ACCEPT, *NOW)[0] == 3  # of what would it be?
    assert command("verify", tmp_path / "kopie", *ACCEPT, *known, *NOW)[0] == 0
    assert back_up(tmp_path / "kopie", tmp_path / "disk", at("2018-01-09 10:00")).damage == ()


def test_a_ledger_that_was_put_back_is_not_backed_up(akte: Path, tmp_path: Path) -> None:
    shutil.copy(akte / "ledger.db", tmp_path / "alt")
    enter(akte, 3)
    shutil.copy(tmp_path / "alt", akte / "ledger.db")
    with pytest.raises(LedgerError, match=r"ledger\.behind"):
        back_up(akte, tmp_path / "disk", NOON)
    assert list((tmp_path / "disk").iterdir()) == []
