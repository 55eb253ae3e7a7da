"""Writing a backup's tar file: the folder, the ledger as it was copied, the manifest, and the line that seals it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from staffelstab import __version__
from staffelstab.backup.collecting import HEADS, LEDGER, Found, collect
from staffelstab.backup.manifest import FORMAT, INSIDE, MANIFEST, SEAL, Manifest, Packed, encoded, sealed
from staffelstab.backup.tar import END, Member, padding, whole_seconds
from staffelstab.ledger.heads import Head

TRIES = 3
"""So often a file is read that changes while it is read."""
CHUNK = 1 << 20
_SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """What is packed: the folder, a copy of its ledger, the ledger's id and last entry, and whose plan it is."""

    root: Path
    ledger: Path
    id: str
    head: Head
    heads: tuple[Head, ...]
    plan: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was packed; how many things were left out that are no files or folders, and how many were just being written."""

    manifest: Manifest
    skipped: int
    unfinished: int


@dataclass(slots=True)
class _Pack:
    stream: BinaryIO
    folders: list[str] = field(default_factory=list)
    files: list[Packed] = field(default_factory=list)
    skipped: int = 0
    unfinished: int = 0

    def folder(self, path: str) -> None:
        self.stream.write(Member(f"{INSIDE}{path}/" if path else INSIDE).header)
        if path:
            self.folders.append(path)

    def data(self, path: str, data: bytes, seconds: int) -> None:
        self.stream.write(Member(path, len(data), seconds).header + data + padding(len(data)))

    def own(self, path: str, data: bytes, seconds: int) -> None:
        self.data(INSIDE + path, data, seconds)
        self.files.append(Packed(path, len(data), seconds * _SECOND, hashlib.sha256(data).hexdigest()))

    def file(self, path: str, opened: int) -> None:
        begin = self.stream.tell()
        for _ in range(TRIES):
            before = os.fstat(opened)
            size, changed = before.st_size, before.st_mtime_ns
            self.stream.write(Member(INSIDE + path, size, whole_seconds(changed)).header)
            sha256 = self._content(opened, size)
            after = os.fstat(opened)
            if sha256 and (after.st_size, after.st_mtime_ns) == (size, changed):
                self.stream.write(padding(size))
                self.files.append(Packed(path, size, changed, sha256))
                return
            self.stream.seek(begin)
            self.stream.truncate()
        self.unfinished += 1

    def _content(self, opened: int, size: int) -> str | None:
        digest, at = hashlib.sha256(), 0
        while at < size:
            chunk = os.pread(opened, min(CHUNK, size - at), at)
            if not chunk:
                return None
            digest.update(chunk)
            self.stream.write(chunk)
            at += len(chunk)
        return digest.hexdigest()


def write_tar(stream: BinaryIO, source: Source, now: dt.datetime) -> Written:
    """Write the backup from where the stream stands. Files that vanish meanwhile were taken out, and are left out."""
    pack, seconds = _Pack(stream), int(now.timestamp())
    pack.folder("")
    _ledger(pack, source, seconds)
    for found in collect(source.root):
        _add(pack, found)
    made = now.astimezone(dt.UTC)
    manifest = Manifest(
        FORMAT,
        __version__,
        source.plan,
        made,
        source.id,
        source.head.seq,
        source.head.hash,
        tuple(pack.folders),
        tuple(pack.files),
    )
    data = encoded(manifest)
    pack.data(MANIFEST, data, seconds)
    pack.data(SEAL, sealed(data), seconds)
    stream.write(END)
    return Written(manifest, pack.skipped, pack.unfinished)


def _ledger(pack: _Pack, source: Source, seconds: int) -> None:
    opened = os.open(source.ledger, os.O_RDONLY | os.O_CLOEXEC)
    try:
        pack.file(LEDGER, opened)
    finally:
        os.close(opened)
    lines = "".join(f"{head.line}\n" for head in _until(source.heads, source.head))
    pack.own(HEADS, lines.encode(), seconds)


def _until(heads: Iterable[Head], last: Head) -> Iterator[Head]:
    """The heads that the copied ledger holds, each once."""
    yield from sorted({head for head in heads if head.seq <= last.seq} | {last})


def _add(pack: _Pack, found: Found) -> None:
    if found.is_folder:
        pack.folder(found.path)
    elif not found.is_file:
        pack.skipped += 1
    elif (opened := found.open()) is not None:
        try:
            pack.file(found.path, opened)
        finally:
            os.close(opened)
