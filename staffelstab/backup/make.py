"""Make a backup: pack it, give it its name, remove older ones, and write down that it was made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffelstab.backup.consistent import Job, packed, packed_and_locked, sha256_of
from staffelstab.backup.last import LastBackup, note_backup
from staffelstab.backup.locked import Lock
from staffelstab.backup.manifest import Manifest
from staffelstab.backup.rehearsal import Rehearsed
from staffelstab.backup.shelf import LOCKED, PLAIN, Keep, Kept, Shelf, shelf_in
from staffelstab.errors import BackupError, LedgerError, StaffelstabError
from staffelstab.service.accept_restored import RESTORED
from staffelstab.service.outside_ledger import baton_heads
from staffelstab.temporary import private_folder
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace


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


def make_backup(workspace: Workspace, target: Path, now: dt.datetime, wish: Wish) -> Made:
    """Back up a working folder into the folder `target`.

    Raises BackupError, also if there is not enough room; LedgerError if the ledger is not the one that was kept here.
    """
    plan, root = workspace.adopted(), workspace.root.resolve()
    shelf = shelf_in(target, root, plan.id, _refuse_foreign_ledger(workspace, plan))
    _refuse_older_ledger(workspace, shelf)
    with private_folder(root) as stage, shelf.draft() as (stream, draft):
        return _make(Job(workspace, plan, shelf, stage, now, wish.rehearsed), wish, stream, draft)


def _make(job: Job, wish: Wish, stream: BinaryIO, draft: Path) -> Made:
    lock = wish.lock
    done = packed_and_locked(job, stream, lock) if lock else packed(job, stream, job.shelf.folder)
    manifest, size = done.written.manifest, draft.stat().st_size
    open_to_all = lock is None and bool(draft.stat().st_mode & 0o077)
    kept = _put(job, draft, lock, Kept("", size, sha256_of(stream), manifest.made, manifest.entry, manifest.hash))
    removed = job.shelf.rotate(wish.keep, job.plan.zone, kept) if wish.keep and done.is_whole else ()
    return Made(
        job.shelf.folder / kept.file,
        size,
        manifest,
        done.written.skipped,
        done.written.unfinished,
        done.damage,
        removed,
        job.shelf.folder.stat().st_dev == job.workspace.root.stat().st_dev,
        open_to_all,
        done.rehearsed,
    )


def _put(job: Job, draft: Path, lock: Lock | None, made: Kept) -> Kept:
    """Give the backup its name, and write down in the working folder that it was made."""
    ending = LOCKED if lock else PLAIN
    kept = job.shelf.put(draft, made, ending, f"{job.plan.id}-{job.now.astimezone(job.plan.zone):%Y-%m-%dT%H%M}")
    last = LastBackup(kept.made, kept.file, str(job.shelf.folder), kept.entry, lock is not None)
    note_backup(job.workspace.root, last)
    return kept


def _refuse_foreign_ledger(workspace: Workspace, plan: Plan) -> str:
    """The hash of the ledger's first entry. Raises LedgerError if it is not the ledger that was kept here."""
    with workspace.open(read_only=True) as ledger:
        ledger.check((*workspace.heads.read(), *baton_heads(workspace, plan)), joined=True)
        return ledger.entries("genesis")[0].hash


def _refuse_older_ledger(workspace: Workspace, shelf: Shelf) -> None:
    """Raises BackupError if backups of this ledger know entries that it has not, unless somebody has accepted that since."""
    with workspace.open(read_only=True) as ledger:
        restored = [entry.at for entry in ledger.entries(RESTORED)]
        known = [one.head for one in shelf.kept() if not any(at >= one.made for at in restored)]
        try:
            ledger.check(known)
        except LedgerError:
            there = {(entry.seq, entry.hash) for entry in ledger.entries()}
            lost = max((head for head in known if (head.seq, head.hash) not in there), default=None)
            if lost is None:
                raise
            raise BackupError(
                "backup.knows_more", folder=str(shelf.folder), root=str(workspace.root), seq=lost.seq, hash=lost.hash
            ) from None
