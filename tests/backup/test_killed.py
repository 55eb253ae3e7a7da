"""kill -9 at any moment of a backup: those before it are whole, nothing of it counts as one, and the next leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from pyrage import x25519

from staffelstab.backup.locked import Keys
from staffelstab.backup.rehearsal import rehearse
from staffelstab.backup.restoring import restore
from staffelstab.backup.shelf import Shelf
from staffelstab.workspace import find
from tests.acceptance.cli import COMMAND, environment
from tests.backup.other_processes import killed_backup
from tests.backup.small_backups import NOON, back_up, enter
from tests.conftest import ROOT

POINTS = 12


@pytest.mark.parametrize("encrypted", [False, True], ids=["readable", "encrypted"])
def test_killed_anywhere(encrypted: bool, akte: Path, tmp_path: Path) -> None:
    disk, minute, identity = tmp_path / "disk", dt.timedelta(minutes=1), x25519.Identity.generate()
    keys, recipient = Keys(str(identity).encode()), str(identity.to_public()) if encrypted else ""
    back_up(akte, disk)
    copy, other_disk = (shutil.copytree(folder, tmp_path / f"{folder.name}-2") for folder in (akte, disk))
    count = killed_backup(copy, other_disk, NOON, 0, recipient)
    assert count is not None
    died = 0
    for point in range(POINTS):
        enter(akte, 1, point)
        there = {path.name for path in disk.glob("*.tar*")}
        event = 1 + (count - 1) * point // POINTS
        died += killed_backup(akte, disk, NOON + (1 + point) * minute, event, recipient) is None
        names = {path.name for path in disk.glob("*.tar*")}
        assert all(rehearse(disk / name, keys).damage == () for name in names)
        assert names >= there or len(there) > 2  # one that was made whole may have pushed out an older one
    assert died > POINTS // 2

    last = back_up(akte, disk, NOON + 99 * minute)
    assert rehearse(last.path).damage == ()
    assert [path.name for path in disk.glob(".*")] == []
    assert not (akte / ".tmp").exists()
    with find(akte).open(read_only=True) as ledger:
        assert ledger.newest() == last.manifest.head


def test_a_killed_command_leaves_the_backup_before_it(akte: Path, tmp_path: Path) -> None:
    """While a large file is copied."""
    (akte / "inbox" / "gross.bin").write_bytes(os.urandom(60_000_000))
    first = back_up(akte, tmp_path / "disk")
    command = [*COMMAND, "backup", str(tmp_path / "disk"), str(akte)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL) as process:
        while not [left for left in (tmp_path / "disk").glob(".*.part") if left.stat().st_size > 5_000_000]:
            assert process.poll() is None
            time.sleep(0.001)  # between two looks
        process.send_signal(signal.SIGKILL)
    assert [path.name for path in (tmp_path / "disk").glob("*.tar")] == [first.path.name]
    assert rehearse(first.path).damage == ()
    back_up(akte, tmp_path / "disk")
    assert list((tmp_path / "disk").glob(".*")) == []
    assert not (akte / ".tmp").exists()


def test_a_backup_beside_a_living_one_leaves_its_draft_alone(akte: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    shelf = Shelf(tmp_path / "disk", "mitgliederarbeit-2018", "0" * 64)
    with shelf.draft() as (_, draft):
        other = draft.rename(draft.with_name(".mitgliederarbeit-2018-999999.part"))
        back_up(akte, tmp_path / "disk")
        assert other.exists()
    back_up(akte, tmp_path / "disk")
    assert not other.exists()


def test_a_restore_that_was_killed_is_begun_anew(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "neu" / ".restoring" / "folder").mkdir(parents=True)
    assert restore(backup, tmp_path / "neu").looked.damage == ()
