"""A ledger does not go where two computers could lock it at once."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger import file_systems
from staffelstab.ledger.file_systems import file_system, is_remote
from staffelstab.ledger.store import Ledger
from tests.ledger.conftest import NOON

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/lokal ext4 rw 0 0
//nas/amt /mnt/Geteilte\\040Ablage cifs rw 0 0
/dev/sda2 /srv ext4 rw 0 0
nas:/srv /srv nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/var/akten", "ext4"),
        ("/home/amt/akten", "nfs4"),
        ("/home/lokal/akten", "ext4"),
        ("/homes", "ext4"),
        ("/mnt/Geteilte Ablage/akten", "cifs"),
        ("/srv/akten", "nfs"),
    ],
)
def test_the_nearest_and_latest_mount_counts(folder: str, expected: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == expected


def test_broken_lines_are_passed_over() -> None:
    assert file_system(PurePosixPath("/x"), "\n/\n/dev/sda1 /\n") == ""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this computer says of its drives: a file of the test's own instead of /proc/mounts."""
    path = tmp_path / "mounts"
    monkeypatch.setattr(file_systems, "_MOUNTS", path)
    return path


def test_no_ledger_is_made_on_a_network_drive_and_nothing_is_left_there(tmp_path: Path, mounts: Path) -> None:
    folder = tmp_path / "Büro"
    folder.mkdir()
    lines = (
        b"/dev/sda1 / ext4 rw 0 0\n",
        b"nas:/\xfc ",
        f"{folder} nfs rw 0 0\n".encode(),
    )  # the server's name is no UTF-8
    mounts.write_bytes(b"".join(lines))

    assert is_remote(folder)
    assert is_remote(folder / "akten")
    assert not is_remote(tmp_path)
    with pytest.raises(LedgerError) as refused:
        Ledger.create(folder / "akte.db", plan="p", now=NOON)
    assert (refused.value.key, refused.value.facts["file"]) == ("ledger.network", "akte.db")
    assert list(folder.iterdir()) == []


def test_where_a_link_leads_counts_and_not_where_it_lies(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/ {tmp_path}/far cifs rw 0 0\n", encoding="utf-8")

    assert is_remote(tmp_path / "near")


def test_a_system_that_tells_nothing_of_its_drives_is_trusted(tmp_path: Path, mounts: Path) -> None:
    assert not mounts.exists()
    assert not is_remote(tmp_path)


def test_the_folder_of_these_tests_is_on_this_computer(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)
