"""The tar file of a backup is one that every program reads, and only the one form of it is ours."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.backup.tar import BLOCK, END, Member, next_member, padding
from staffelstab.errors import BackupError

NAMES = (
    "plan.toml",
    "a" * 100,
    "b" * 101,
    "sehr/" * 60 + "tief",
    "Bedürfnisse.txt",
    os.fsdecode(b"alt-\xe4.txt"),
    "a b",
    "x=1\ny",
)


def archive(*members: tuple[Member, bytes]) -> bytes:
    return b"".join(member.header + data + padding(len(data)) for member, data in members) + END


def parsed(data: bytes) -> list[Member]:
    stream, found = io.BytesIO(data), []
    while (member := next_member(stream)) is not None:
        found.append(member)
        stream.seek(member.size + len(padding(member.size)), os.SEEK_CUR)
    return found


def test_what_is_written_is_read_by_us_and_by_python() -> None:
    members = [Member("folder/"), *(Member(name, len(name), 1_515_400_000) for name in NAMES)]
    data = archive(*((member, b"x" * member.size) for member in members))
    assert parsed(data) == members
    with tarfile.open(fileobj=io.BytesIO(data)) as found:
        assert [(item.name, item.size, item.mode) for item in found] == [
            ("folder", 0, 0o700),
            *((name, len(name), 0o600) for name in NAMES),
        ]


def test_the_tar_of_the_system_unpacks_it(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(archive((Member("Bedürfnisse.txt", 4, 1_515_400_000), b"Text")))
    subprocess.run(["tar", "xf", "a.tar"], cwd=tmp_path, check=True)
    unpacked = tmp_path / "Bedürfnisse.txt"
    assert (unpacked.read_text("utf-8"), unpacked.stat().st_mtime) == ("Text", 1_515_400_000)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_name_comes_back(name: str) -> None:
    assert parsed(archive((Member(name), b""))) == [Member(name)]


def test_a_size_that_the_old_header_has_no_room_for_comes_back() -> None:
    huge = Member("huge", 9 << 30, 5)
    stream = io.BytesIO(huge.header)
    assert (next_member(stream), stream.tell(), len(huge.header)) == (huge, 3 * BLOCK, 3 * BLOCK)
    with tarfile.open(fileobj=io.BytesIO(huge.header + END)) as found:
        [item] = [found.next()]
    assert item is not None
    assert item.size == 9 << 30


@pytest.mark.parametrize("kind", ["SYMTYPE", "LNKTYPE", "CHRTYPE", "FIFOTYPE"])
@pytest.mark.attack("backup")
def test_links_and_devices_are_refused(kind: str) -> None:
    info = tarfile.TarInfo("folder/inbox/a")
    info.type, info.linkname, info.mode = getattr(tarfile, kind), "/etc/passwd", 0o600
    with pytest.raises(BackupError):
        parsed(info.tobuf(tarfile.USTAR_FORMAT) + END)


@pytest.mark.attack("backup")
def test_no_byte_of_a_header_can_be_another_one() -> None:
    """Refused, or the record of the name says another one, which the manifest does not know."""
    whole = archive((Member("Bedürfnisse.txt", 0, 1_515_400_000), b""))
    for at in range(3 * BLOCK):
        changed = bytearray(whole)
        changed[at] ^= 0x20
        try:
            found = parsed(bytes(changed))
        except BackupError:
            continue
        assert BLOCK <= at < 2 * BLOCK
        assert found != parsed(whole)
