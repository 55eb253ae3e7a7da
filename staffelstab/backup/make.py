"""Make a backup: one file, consistent while others write, checked by reading it back, and only then under its name.

The ledger is copied first, in one instant; the files that are made from it come after. So a backup may hold a newer draft than the
ledger knows, never a ledger that knows more than the folder. What would contradict the copied ledger (a dossier frozen meanwhile,
a hand-over, a ledger restored) makes everything be packed once more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffelstab.backup.last import LastBackup, note_backup
from staffelstab.backup.locked import Lock, encrypt
from staffelstab.backup.manifest import Manifest
from staffelstab.backup.reading import check
from staffelstab.backup.rehearsal import Rehearsed, rehearse_tar
from staffelstab.backup.room import refuse_full, room_of
from staffelstab.backup.shelf import LOCKED, PLAIN, Keep, Kept, Shelf, shelf_in
from staffelstab.backup.writing import Source, Written, write_tar
from staffelstab.errors import BackupError, StaffelstabError
from staffelstab.ledger.copying import copy_ledger
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.service.accept_restored import RESTORED
from staffelstab.service.outside_ledger import baton_heads, changed_dossiers
from staffelstab.temporary import temporary_inside
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace

TRIES = 5
"""So often everything is packed, if a dossier is frozen or handed over each time."""
PATIENCE = 10.0
"""Seconds for a pass to write to the disk what it has just frozen."""
MOVING = ("sealed", "frozen", "printed", RESTORED, "clock")
"""Entries after which the folder may hold what the ledger copied before them contradicts."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wish:
    """How a backup is to be made: to whom it is encrypted, which older ones stay, whether it is rehearsed at once."""

    lock: Lock | None = None
    keep: Keep | None = None
    rehearsed: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    `damage` is what was wrong in the folder already; older backups then stay. `same_disk`: it lies on the disk of the working
    folder; `open_to_all`: others on this machine can read it, which the disk does not allow to forbid.
    """

    path: Path
    size: int
    manifest: Manifest
    skipped: int
    unfinished: int
    damage: tuple[StaffelstabError, ...]
    removed: tuple[str, ...]
    same_disk: bool
    open_to_all: bool
    rehearsed: Rehearsed | None


@dataclass(frozen=True, slots=True)
class _Packed:
    written: Written
    damage: tuple[StaffelstabError, ...]


def make_backup(workspace: Workspace, target: Path, now: dt.datetime, wish: Wish) -> Made:
    """Back up a working folder into the folder `target`.

    Raises BackupError, also if there is not enough room; LedgerError if the ledger is not the one that was kept here.
    """
    plan, root = workspace.adopted(), workspace.root.resolve()
    shelf = shelf_in(target, root, plan.id, _refuse_foreign_ledger(workspace, plan))
    _refuse_older_ledger(workspace, shelf)
    with temporary_inside(root), shelf.draft() as (stream, draft):
        stage = Path(tempfile.mkdtemp(prefix="backup-"))
        try:
            return _make(workspace, plan, shelf, stage, stream, draft, now, wish)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _make(
    workspace: Workspace,
    plan: Plan,
    shelf: Shelf,
    stage: Path,
    stream: BinaryIO,
    draft: Path,
    now: dt.datetime,
    wish: Wish,
) -> Made:
    if wish.lock is None:
        packed = _pack(workspace, shelf, stage, (stream, shelf.folder), now)
        rehearsed = rehearse_tar(stream, stage / "rehearsal") if wish.rehearsed else None
    else:
        with (stage / "plain.tar").open("w+b") as plain:
            packed = _pack(workspace, shelf, stage, (plain, stage), now)
            rehearsed = rehearse_tar(plain, stage / "rehearsal") if wish.rehearsed else None
        refuse_full(shelf.folder, (stage / "plain.tar").stat().st_size)
        _encrypt(stage / "plain.tar", stream, wish.lock)
    manifest, damage = packed.written.manifest, packed.damage
    size, sha256 = _on_disk(stream, draft)
    open_to_all = wish.lock is None and bool(draft.stat().st_mode & 0o077)
    kept = shelf.put(
        draft,
        Kept("", size, sha256, manifest.made, manifest.entry, manifest.hash),
        LOCKED if wish.lock else PLAIN,
        f"{plan.id}-{now.astimezone(plan.zone):%Y-%m-%dT%H%M}",
    )
    damaged = damage or (rehearsed and rehearsed.damage)
    removed = shelf.rotate(wish.keep, plan.zone) if wish.keep and not damaged else ()
    note_backup(
        workspace.root,
        LastBackup(manifest.made, kept.file, str(shelf.folder), manifest.entry, encrypted=wish.lock is not None),
    )
    return Made(
        shelf.folder / kept.file,
        size,
        manifest,
        packed.written.skipped,
        packed.written.unfinished,
        damage,
        removed,
        shelf.folder.stat().st_dev == workspace.root.stat().st_dev,
        open_to_all,
        rehearsed,
    )


def _refuse_foreign_ledger(workspace: Workspace, plan: Plan) -> str:
    """The hash of the ledger's first entry. Raises LedgerError if it is not the ledger that was kept here."""
    with workspace.open(read_only=True) as ledger:
        ledger.check((*workspace.heads.read(), *baton_heads(workspace, plan)), joined=True)
        return ledger.entries("genesis")[0].hash


def _refuse_older_ledger(workspace: Workspace, shelf: Shelf) -> None:
    """Raises LedgerError if backups of this ledger know more than it does, unless somebody has accepted that since."""
    with workspace.open(read_only=True) as ledger:
        restored = [entry.at for entry in ledger.entries(RESTORED)]
        ledger.check(one.head for one in shelf.kept() if not any(at >= one.made for at in restored))


def _pack(workspace: Workspace, shelf: Shelf, stage: Path, into: tuple[BinaryIO, Path], now: dt.datetime) -> _Packed:
    """Pack everything into a file that lies in a folder."""
    (stream, place), copy = into, stage / "ledger.db"
    for _ in range(TRIES):
        for left in stage.glob("ledger.db*"):
            left.unlink()
        copy_ledger(workspace.ledger, copy)
        refuse_full(place, room_of(workspace.root, copy.stat().st_size))
        with Ledger.open(copy, read_only=True) as ledger:
            head = ledger.newest()
            damage = _settled(workspace, ledger)
        stream.seek(0)
        stream.truncate()
        source = Source(workspace.root, copy, shelf.ledger, head, workspace.heads.read(), shelf.plan)
        written = write_tar(stream, source, now)
        if not _overtaken(workspace, head):
            _refuse_unreadable(stream, written)
            return _Packed(written, damage)
    raise BackupError("backup.restless")


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
    if check(stream).manifest != written.manifest:
        raise BackupError("backup.unwritten")


def _encrypt(plain: Path, stream: BinaryIO, lock: Lock) -> None:
    """Encrypt into `stream`. Raises BackupError unless the disk then has what the encryption made."""
    into = _Hashing(stream)
    encrypt(plain, into, lock)  # type: ignore[arg-type]  # all that is asked of it is to take bytes
    _to_disk(stream)
    if _sha256(stream) != into.digest.hexdigest():
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


def _on_disk(stream: BinaryIO, draft: Path) -> tuple[int, str]:
    return draft.stat().st_size, _sha256(stream)


def _sha256(stream: BinaryIO) -> str:
    """Of everything in the file."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
