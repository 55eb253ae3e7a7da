"""A ledger does not go where two computers could lock it at once."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from staffelstab.ledger.file_systems import file_system, is_remote

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


def test_the_folder_of_these_tests_is_on_this_computer(tmp_path: Path) -> None:
    assert not is_remote(tmp_path)
