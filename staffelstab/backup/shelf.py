"""The folder that backups are put in: on another disk, we hope. What we put there is written down beside it.

TARGET/
  <plan>-2026-11-27T1430.tar       a backup; `.tar.age` if it is encrypted
  <plan>-1a2b3c4d.backups          which backups of this ledger we put here, with their hashes and the last entry in each
  .<plan>-….part                   one that is being written

The list says what may be removed later, and up to which entry this ledger had come: also if the whole folder, and the home of
whoever works with it, were put back to an older day.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from staffelstab.errors import BackupError
from staffelstab.files import PRIVATE_FILE, Moment, alone_in, read_values, within_reach, write_new
from staffelstab.ledger.heads import Head

PLAIN, LOCKED = ".tar", ".tar.age"
_PART = ".part"


class Kept(msgspec.Struct, frozen=True):
    """A backup that we put there: its file, size and SHA-256, when it was made, and the last entry of the ledger in it."""

    file: str
    size: int
    sha256: str
    made: Moment
    entry: int
    hash: str

    def __post_init__(self) -> None:
        within_reach(self.made)

    @property
    def head(self) -> Head:
        """The last entry of the ledger in it."""
        return Head(self.entry, self.hash)


class _List(msgspec.Struct, frozen=True):
    backups: tuple[Kept, ...] = ()


class Keep(msgspec.Struct, frozen=True):
    """Which backups stay: the `newest`, and the newest of each of the last `weeks` and `months` of which there is one."""

    newest: int
    weeks: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder, for the backups of one ledger: `plan` is the id of its plan, `ledger` the hash of its first entry."""

    folder: Path
    plan: str
    ledger: str

    @property
    def list(self) -> Path:
        """The file that says what we put here."""
        return self.folder / f"{self.plan}-{self.ledger[:8]}.backups"

    def kept(self) -> tuple[Kept, ...]:
        """What we put here, the oldest first; nothing if the list is gone or damaged."""
        found = read_values(self.folder, self.list.name, _List)
        return tuple(sorted(found.backups, key=lambda one: one.made)) if found else ()

    @contextmanager
    def draft(self) -> Generator[tuple[BinaryIO, Path]]:
        """A new file to write a backup into; gone after the block, unless it was put under its name.

        What a process left here that was killed while it wrote is removed first.
        """
        self._tidy()
        path = self.folder / f".{self.plan}-{os.getpid()}{_PART}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            with os.fdopen(handle, "w+b") as stream:
                with suppress(OSError):  # not every file system knows locks
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield stream, path
        finally:
            path.unlink(missing_ok=True)

    def put(self, draft: Path, made: Kept, ending: str, stem: str) -> Kept:
        """Give a whole draft its name: `stem`, or the first of `stem-2` … that is free."""
        with alone_in(self.folder):
            number, name = 1, f"{stem}{ending}"
            while os.path.lexists(self.folder / name):
                number += 1
                name = f"{stem}-{number}{ending}"
            made = msgspec.structs.replace(made, file=name)
            self._write_list((*self.kept(), made))  # first: what has a name is in the list
            draft.rename(self.folder / name)
        return made

    def rotate(self, keep: Keep, zone: dt.tzinfo, last: Kept) -> tuple[str, ...]:
        """Remove the backups that need not stay, none but those we put here ourselves; their names.

        The `last` one stays, whatever the clock showed when it was made.
        """
        with alone_in(self.folder):
            there = [one for one in self.kept() if self._is_there(one)]
            staying = [*stay(there, keep, zone), last]
            gone = [one for one in there if one not in staying and self._is_ours(one)]
            for one in gone:
                (self.folder / one.file).unlink()
            self._write_list([one for one in there if one not in gone])
        return tuple(one.file for one in gone)

    def _is_there(self, one: Kept) -> bool:
        path = self.folder / one.file
        plain = "/" not in one.file and one.file.startswith(f"{self.plan}-") and one.file.endswith((PLAIN, LOCKED))
        return plain and path.is_file() and not path.is_symlink() and path.stat().st_size == one.size

    def _is_ours(self, one: Kept) -> bool:
        with (self.folder / one.file).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == one.sha256

    def _write_list(self, backups: Iterable[Kept]) -> None:
        draft = self.list.with_name(f".{self.list.name}{_PART}")
        draft.unlink(missing_ok=True)
        write_new(draft, msgspec.json.format(msgspec.json.encode(_List(tuple(backups))), indent=1) + b"\n")
        draft.replace(self.list)

    def _tidy(self) -> None:
        """Remove drafts of this plan that no living process holds."""
        for left in self.folder.glob(f".{self.plan}-*{_PART}"):
            if left.name.removeprefix(f".{self.plan}-").removesuffix(_PART).isdecimal():
                _remove_if_dead(left)


def _remove_if_dead(left: Path) -> None:
    with suppress(OSError):
        handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
        finally:
            os.close(handle)


def stay(there: Sequence[Kept], keep: Keep, zone: dt.tzinfo) -> list[Kept]:
    """Which of the backups stay."""
    newest_first = sorted(there, key=lambda one: one.made)[::-1]
    staying = newest_first[: keep.newest]
    for most, span in ((keep.weeks, "%G-%V"), (keep.months, "%Y-%m")):
        newest: dict[str, Kept] = {}
        for one in newest_first:
            newest.setdefault(one.made.astimezone(zone).strftime(span), one)
        staying += list(newest.values())[:most]
    return staying


def shelf_in(folder: Path, root: Path, plan: str, ledger: str) -> Shelf:
    """The folder for backups. Raises BackupError if it is not there, or lies in the folder that is to be backed up."""
    if not folder.is_dir():
        raise BackupError("backup.no_target", folder=str(folder))
    if folder.resolve().is_relative_to(root.resolve()):
        raise BackupError("backup.inside", folder=str(folder))
    return Shelf(folder.resolve(), plan, ledger)
