"""Reading a backup: every byte compared with the manifest, and only then anything written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from staffelstab.backup.manifest import (
    DEEPEST,
    INSIDE,
    LONGEST,
    LONGEST_PATH,
    MANIFEST,
    SEAL,
    Manifest,
    Packed,
    decoded,
    sealed,
)
from staffelstab.backup.tar import Member, next_member, padding, whole_seconds
from staffelstab.errors import BackupError
from staffelstab.files import PRIVATE_FOLDER

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup every byte of which was read: its manifest, and where in the tar file each content begins."""

    manifest: Manifest
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    member: Member
    begin: int
    sha256: str


def check(stream: BinaryIO) -> Checked:
    """Read a whole backup. Raises BackupError unless each byte is what was written."""
    stream.seek(0)
    seen = list(_members(stream))
    if len(seen) < 3 or [item.member.name for item in seen[-2:]] != [MANIFEST, SEAL]:
        raise BackupError("backup.damaged")
    data, seal = (_content(stream, item) for item in seen[-2:])
    if seal != sealed(data):
        raise BackupError("backup.damaged")
    manifest = decoded(data)
    _compare(manifest, seen[:-2])
    _refuse_ways_out(manifest)
    return Checked(manifest, tuple(item.begin for item in seen[:-2] if not item.member.is_folder))


def extract(stream: BinaryIO, checked: Checked, into: Path) -> None:
    """Write what a backup holds into a new folder, for its owner only, with the times at which files were changed last.

    Raises BackupError if the file has changed since it was checked.
    """
    into.mkdir(mode=PRIVATE_FOLDER)
    for folder in checked.manifest.folders:
        (into / folder).mkdir(mode=PRIVATE_FOLDER)
    for packed, begin in zip(checked.manifest.files, checked.begins, strict=True):
        stream.seek(begin)
        _write(stream, packed, into / packed.path)


def _members(stream: BinaryIO) -> Iterator[_Seen]:
    while (member := next_member(stream)) is not None:
        begin, digest = stream.tell(), hashlib.sha256()
        for chunk in _chunks(stream, member.size):
            digest.update(chunk)
        if stream.read(len(padding(member.size))) != padding(member.size):
            raise BackupError("backup.damaged")
        yield _Seen(member, begin, digest.hexdigest())


def _chunks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            raise BackupError("backup.damaged")
        size -= len(chunk)
        yield chunk


def _content(stream: BinaryIO, seen: _Seen) -> bytes:
    if seen.member.size > LONGEST:
        raise BackupError("backup.damaged")
    stream.seek(seen.begin)
    return stream.read(seen.member.size)


def _compare(manifest: Manifest, seen: list[_Seen]) -> None:
    """What lies there is what the manifest lists, in the same order."""
    folders = [item.member for item in seen if item.member.is_folder]
    files = [(item.member, item.sha256) for item in seen if not item.member.is_folder]
    if folders != [Member(INSIDE), *(Member(f"{INSIDE}{path}/") for path in manifest.folders)] or files != [
        (Member(INSIDE + packed.path, packed.size, whole_seconds(packed.changed)), packed.sha256)
        for packed in manifest.files
    ]:
        raise BackupError("backup.damaged")


def _refuse_ways_out(manifest: Manifest) -> None:
    """Every path leads to a place of its own inside the folder, in a folder that is listed before."""
    folders = {""}
    for path in manifest.folders:
        _refuse_way_out(path, folders)
        folders.add(path)
    files = {packed.path for packed in manifest.files}
    for path in files:
        _refuse_way_out(path, folders)
    if len(files) != len(manifest.files) or files & folders:
        raise BackupError("backup.foreign")


def _refuse_way_out(path: str, folders: set[str]) -> None:
    parts = path.split("/")
    strange = {"", ".", ".."} & set(parts) or "\0" in path or PurePosixPath(path).is_absolute()
    unbounded = len(os.fsencode(path)) > LONGEST_PATH or len(parts) > DEEPEST
    if strange or unbounded or "/".join(parts[:-1]) not in folders or path in folders:
        raise BackupError("backup.foreign")


def _write(stream: BinaryIO, packed: Packed, path: Path) -> None:
    digest = hashlib.sha256()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as target:
        for chunk in _chunks(stream, packed.size):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        with suppress(OverflowError):  # a time that this system does not have
            os.utime(handle, ns=(packed.changed, packed.changed))
    if digest.hexdigest() != packed.sha256:
        raise BackupError("backup.damaged")
