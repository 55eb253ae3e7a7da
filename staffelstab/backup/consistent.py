"""Packing a backup: consistent while others write, and read back from the disk before anybody relies on it.

The ledger is copied first, in one instant; the files that are made from it come after. So a backup may hold a newer draft than the
ledger knows, never a ledger that knows more than the folder. What would contradict the copied ledger (a dossier frozen meanwhile,
a hand-over, a ledger restored) makes everything be packed once more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffelstab.backup.locked import Lock, encrypt
from staffelstab.backup.rehearsal import Rehearsed, rehearse_tar
from staffelstab.backup.room import refuse_full, room_of
from staffelstab.backup.shelf import Shelf
from staffelstab.backup.tar_reading import check
from staffelstab.backup.tar_writing import Source, Written, write_tar
from staffelstab.errors import BackupError, StaffelstabError
from staffelstab.ledger.copying import copy_ledger
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.service.accept_restored import RESTORED
from staffelstab.service.outside_ledger import changed_dossiers
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace

TRIES = 5
"""So often everything is packed, if a dossier is frozen or handed over each time."""
PATIENCE = 10.0
"""Seconds for a pass to write to the disk what it has just frozen."""
MOVING = ("sealed", "frozen", "printed", "sent", RESTORED, "clock")
"""Entries after which the folder may hold what the ledger copied before them contradicts, or a file lies elsewhere."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """What is backed up and where to; `stage` is a private folder for what is needed meanwhile."""

    workspace: Workspace
    plan: Plan
    shelf: Shelf
    stage: Path
    now: dt.datetime
    rehearsed: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed, what was damaged in the folder, and what came of the rehearsal if one was wished for."""

    written: Written
    damage: tuple[StaffelstabError, ...]
    rehearsed: Rehearsed | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged."""
        return not (self.damage or (self.rehearsed and self.rehearsed.damage))


def packed(job: Job, stream: BinaryIO, place: Path) -> Packed:
    """Pack everything into a file that lies in the folder `place`, read it back, and rehearse it if that is wished for."""
    for _ in range(TRIES):
        source, damage = _copied(job)
        refuse_full(place, room_of(job.workspace.root, source.ledger.stat().st_size))
        stream.seek(0)
        stream.truncate()
        written = write_tar(stream, source, job.now)
        if not _overtaken(job.workspace, source.head):
            _refuse_unreadable(stream, written)
            rehearsed = rehearse_tar(stream, job.stage / "rehearsal") if job.rehearsed else None
            return Packed(written, damage, rehearsed)
    raise BackupError("backup.restless")


def _copied(job: Job) -> tuple[Source, tuple[StaffelstabError, ...]]:
    """The ledger, copied in one instant, and what it has frozen that does not lie in the folder."""
    workspace, copy = job.workspace, job.stage / "ledger.db"
    for left in job.stage.glob("ledger.db*"):
        left.unlink()
    copy_ledger(workspace.ledger, copy)
    with Ledger.open(copy, read_only=True) as ledger:
        head, damage = ledger.newest(), _settled(workspace, ledger)
    return Source(workspace.root, copy, job.shelf.ledger, head, workspace.heads.read(), job.plan.id), damage


def _settled(workspace: Workspace, ledger: Ledger) -> tuple[StaffelstabError, ...]:
    """Wait until what the copied ledger has frozen lies in the folder. What does not come is damage, and older than this backup."""
    plan, until = workspace.plan(ledger.latest_time()), time.monotonic() + PATIENCE
    while (damage := tuple(changed_dossiers(workspace, plan, ledger))) and time.monotonic() < until:
        time.sleep(0.2)
    return damage


def _overtaken(workspace: Workspace, head: Head) -> bool:
    """Whether something has been entered since that the folder may already show."""
    with workspace.open(read_only=True) as ledger:
        return any(entry.seq > head.seq for entry in ledger.entries(*MOVING))


def _refuse_unreadable(stream: BinaryIO, written: Written) -> None:
    """Read it back from the disk. Raises BackupError unless it holds what was packed."""
    _to_disk(stream)
    try:
        found = check(stream)
    except BackupError:
        raise BackupError("backup.unwritten") from None
    if found.manifest != written.manifest:
        raise BackupError("backup.unwritten")


def _encrypt(plain: Path, stream: BinaryIO, lock: Lock) -> None:
    """Encrypt into `stream`. Raises BackupError unless the disk then has what the encryption made."""
    into = _Hashing(stream)
    encrypt(plain, into, lock)  # type: ignore[arg-type]  # all that is asked of it is to take bytes
    _to_disk(stream)
    if sha256_of(stream) != into.digest.hexdigest():
        raise BackupError("backup.unwritten")


class _Hashing:
    """A file that is written to, and the hash of what was."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.stream.write(data)

    def flush(self) -> None:
        self.stream.flush()


def _to_disk(stream: BinaryIO) -> None:
    """Wait for the disk, and forget what the system still remembers: what is read next comes from there."""
    stream.flush()
    os.fsync(stream.fileno())
    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sha256_of(stream: BinaryIO) -> str:
    """Of everything in the file."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def packed_and_locked(job: Job, stream: BinaryIO, lock: Lock) -> Packed:
    """Pack everything, as `packed`, in the private folder, and encrypt it from there: only that reaches the other disk."""
    plain = job.stage / "plain.tar"
    with plain.open("w+b") as readable:
        done = packed(job, readable, job.stage)
    refuse_full(job.shelf.folder, plain.stat().st_size)
    _encrypt(plain, stream, lock)
    return done
