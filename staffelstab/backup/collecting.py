"""What of a working folder goes into a backup: every file and folder, but what only the moment needs.

The ledger is not read here: while somebody writes to it, its file and its log are no whole.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from staffelstab.backup.last import NOTE
from staffelstab.backup.manifest import DEEPEST, LONGEST_PATH
from staffelstab.temporary import PLACE

LEDGER = "ledger.db"
HEADS = ".heads"
ALARMS, ADDRESS, MAIL = "alarms.toml", "ledger.url", "mail.toml"
_APART = frozenset(
    {LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", f"{LEDGER}-journal", HEADS, NOTE, PLACE, ALARMS, ADDRESS, MAIL}
)
"""What lies in the folder and is put into the backup in another way, or not at all: passwords of others' services stay here."""
_STRANGERS = "inbox"
_UNFINISHED = (".part", ".new")
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Found:
    """Something in the folder: a folder, a file with its size, or what is left out: a link, a device, what lies too deep."""

    path: str
    at: int
    name: str
    kind: int
    size: int

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder that is packed."""
        return stat.S_ISDIR(self.kind) and self._is_near

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file that is packed."""
        return stat.S_ISREG(self.kind) and self._is_near

    @property
    def _is_near(self) -> bool:
        return len(os.fsencode(self.path)) <= LONGEST_PATH and self.path.count("/") < DEEPEST

    def open(self) -> int | None:
        """A descriptor of the file, to be closed by the caller; None if it has gone or is something else now."""
        try:
            opened = os.open(self.name, _OPEN, dir_fd=self.at)
        except FileNotFoundError:
            return None
        if stat.S_ISREG(os.fstat(opened).st_mode):
            return opened
        os.close(opened)
        return None


def collect(root: Path) -> Iterator[Found]:
    """Everything in a working folder, folders before what is in them. Each is to be opened before the next is asked for."""
    at = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield from _inside(at, "")
    finally:
        os.close(at)


def _inside(at: int, prefix: str) -> Iterator[Found]:
    for name in sorted(os.listdir(at), key=os.fsencode):
        if not _is_wanted(prefix, name):
            continue
        try:
            seen = os.stat(name, dir_fd=at, follow_symlinks=False)
            found = Found(prefix + name, at, name, seen.st_mode, seen.st_size)
            inner = os.open(name, _OPEN | os.O_DIRECTORY, dir_fd=at) if found.is_folder else None
        except FileNotFoundError:
            continue  # gone meanwhile
        yield found
        if inner is not None:
            try:
                yield from _inside(inner, f"{prefix}{name}/")
            finally:
                os.close(inner)


def _is_wanted(prefix: str, name: str) -> bool:
    """Not what is being written just now under a passing name; what strangers called so is theirs, and stays."""
    if prefix.split("/")[0] == _STRANGERS:
        return True
    passing = name.startswith(".") and name.endswith(_UNFINISHED)
    return not passing and (prefix != "" or name not in _APART)
