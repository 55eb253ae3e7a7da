"""Restore a backup: into a new or empty folder only, and only what was checked to the last byte before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from staffelstab.backup.last import LastBackup, note_backup
from staffelstab.backup.locked import NO_KEYS, Keys, is_encrypted
from staffelstab.backup.rehearsal import Rehearsed, looked_at, opened, restored_at
from staffelstab.backup.room import refuse_full, room_for
from staffelstab.backup.tar_reading import check, extract
from staffelstab.errors import BackupError
from staffelstab.files import PRIVATE_FOLDER, make_private, sync_folder
from staffelstab.ledger.heads import Head
from staffelstab.timetable.plan.load import PLAN
from staffelstab.workspace import Workspace

STAGE = ".restoring"
"""In the folder: what is not yet checked and verified."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A folder that was restored, and what `verify` says of it.

    `later` is an entry that had been confirmed in this very place and is not in the backup.
    """

    workspace: Workspace
    looked: Rehearsed
    later: Head | None = None


def restore(file: Path, folder: Path, keys: Keys = NO_KEYS) -> Restored:
    """Restore the backup `file` as the working folder `folder`.

    Raises BackupError if something lies there, or the backup is damaged, locked or none; the folder is then as it was.
    """
    with _stage(folder) as stage:
        with opened(file, keys, stage) as stream:
            checked = check(stream)
            refuse_full(stage, room_for(checked.manifest))
            extract(stream, checked, stage / "folder")
        manifest = checked.manifest
        looked = looked_at(stage / "folder", manifest)
        with file.open("rb") as locked:
            encrypted = is_encrypted(locked)
        last = LastBackup(manifest.made, file.name, str(file.resolve().parent), manifest.entry, encrypted)
        note_backup(stage / "folder", last)
        os.sync()
        _move_up(stage / "folder", folder)
    return _restored(folder, looked)


def _restored(folder: Path, looked: Rehearsed) -> Restored:
    workspace = restored_at(folder)
    last = looked.manifest.head
    known = max(workspace.heads.read(), default=last)
    return Restored(workspace, looked, known if known.seq > last.seq else None)


@contextmanager
def _stage(folder: Path) -> Generator[Path]:
    """A private folder within the one to be restored, which must be new or empty; gone after the block, as is a new folder."""
    new = not folder.exists()
    stage = folder / STAGE
    if not new and (not folder.is_dir() or any(path.name != STAGE for path in folder.iterdir())):
        raise BackupError("backup.occupied", folder=str(folder))
    make_private(folder)
    folder.chmod(PRIVATE_FOLDER)
    shutil.rmtree(stage, ignore_errors=True)  # left by a restore that was killed
    stage.mkdir(mode=PRIVATE_FOLDER)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if new and not any(folder.iterdir()):
            folder.rmdir()


def _move_up(restored: Path, folder: Path) -> None:
    """The plan comes last: a folder with a plan is a whole working folder."""
    for path in sorted(restored.iterdir(), key=lambda path: (path.name == PLAN, path.name)):
        path.rename(folder / path.name)
    sync_folder(folder)
