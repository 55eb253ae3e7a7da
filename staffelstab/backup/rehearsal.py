"""A restore rehearsed: into a passing folder, which is verified, asked what is to be done, and removed again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from staffelstab.backup.locked import NO_KEYS, Keys, decrypt, is_encrypted
from staffelstab.backup.manifest import Manifest
from staffelstab.backup.room import refuse_full, room_for
from staffelstab.backup.tar_reading import check, extract
from staffelstab.errors import BackupError
from staffelstab.files import PRIVATE_FILE, make_private
from staffelstab.ledger.heads import state_folder
from staffelstab.ledger.quick_read import quick_read
from staffelstab.publishing.artifacts.todo import KINDS, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.inspection import Findings, inspect
from staffelstab.temporary import private_folder
from staffelstab.timetable.plan.load import PLAN
from staffelstab.workspace import Workspace, seed_of


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A restore that was tried out: what the backup says of itself, what `verify` found, and how many lines `status` has.

    `made`: when the backup was made, in the zone of the plan; `language`: that of the plan.
    """

    manifest: Manifest
    findings: Findings
    todo: int
    made: dt.datetime
    language: str

    @property
    def damage(self) -> tuple[str, ...]:
        """What `verify` found, as sentences."""
        return self.findings.damage


def rehearse(file: Path, keys: Keys = NO_KEYS) -> Rehearsed:
    """Restore a backup into a passing folder, look at it, and remove it. Raises BackupError if it cannot be restored."""
    with _place() as stage, opened(file, keys, stage) as stream:
        return rehearse_tar(stream, stage / "rehearsal")


def _place() -> AbstractContextManager[Path]:
    """A private folder in the user's home, which the next rehearsal tidies if this one is killed."""
    place = state_folder()
    with suppress(OSError):
        if place:
            make_private(place)
            return private_folder(place)
    return private_folder(Path(os.devnull))


def rehearse_tar(stream: BinaryIO, into: Path) -> Rehearsed:
    """The same of a tar file that is open already, into a new folder."""
    checked = check(stream)
    refuse_full(into.parent, room_for(checked.manifest))
    try:
        extract(stream, checked, into)
        return looked_at(into, checked.manifest)
    finally:
        shutil.rmtree(into, ignore_errors=True)


def looked_at(root: Path, manifest: Manifest) -> Rehearsed:
    """A restored folder, verified and asked. Raises BackupError if it is no working folder or not the state it is said to be."""
    workspace = restored_at(root)
    plan = workspace.adopted()
    findings = inspect(workspace, plan)
    if findings.head is not None and findings.head != manifest.head:
        raise BackupError("backup.foreign")
    made = manifest.made.astimezone(plan.zone)
    lines = 0 if findings.damage else _status(workspace, made)
    return Rehearsed(manifest, findings, lines, made, plan.language)


def _status(workspace: Workspace, now: dt.datetime) -> int:
    """How many lines `status` had at that moment."""
    entries = quick_read(workspace.ledger, *KINDS, until=now)
    return len(todo(workspace.plan(now), now, entries, look(workspace)))


def restored_at(root: Path) -> Workspace:
    """The working folder that was restored at `root`; its ledger is the file, wherever others lie. Raises BackupError."""
    if not (root / PLAN).is_file() or not (root / "inbox").is_dir():
        raise BackupError("backup.foreign")
    return Workspace(root, seed=seed_of(root))


@contextmanager
def opened(file: Path, keys: Keys, stage: Path) -> Iterator[BinaryIO]:
    """The tar file of a backup, decrypted if need be into the private folder `stage`. Raises BackupError."""
    with file.open("rb") as stream:
        if not is_encrypted(stream):
            yield stream
            return
        plain = stage / "plain.tar"
        plain.touch(PRIVATE_FILE, exist_ok=False)
        try:
            with plain.open("w+b") as decrypted:
                decrypt(stream, decrypted, keys)
                yield decrypted
        finally:
            plain.unlink(missing_ok=True)
