"""The drop folder: every file in it that is complete and ordinary, and a reason for each that is not (cases 7, 8, 20, 21).

Nothing is followed, moved or changed. Files of the system (`.DS_Store`, `Thumbs.db`, anything hidden) are passed over in silence.
"""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import os
import signal
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from staffelstab.errors import StaffelstabError

SkipReason = Literal[
    "device",  # a device or socket
    "directory_depth",  # folders within folders within folders …
    "fifo",  # a named pipe
    "link",  # a symbolic link, or a file with a second name
    "no_permission",  # may not be read
    "partial",  # still being downloaded or open in an office program, says its name
    "settling",  # changed only a moment ago
    "still_writing",  # somebody has it open for writing
    "too_large",
    "vanished",  # gone between seeing and opening it
]

SETTLE = dt.timedelta(seconds=10)
SIZE_LIMIT = 200 << 20  # bytes
DEPTH = 8  # folders below the drop folder

_AHEAD = dt.timedelta(hours=1)
"""A file this much newer than `now` is being written while we look; one from further ahead comes from a wrong clock."""

_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "$recycle.bin", "__macosx"})
_PARTIAL_ENDS = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", ".opdownload")
_PARTIAL_STARTS = ("~$", ".~lock.", "~wrl")
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A complete file. `path` is relative to the folder, "/" between, NFC, and data; `modified` is in UTC."""

    path: str
    content: bytes
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """A complete file that was not read: what can be told of it from outside, `modified` as in Found."""

    path: str
    size: int
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken, with a reason below `intake.skipped.` of the catalogue."""

    path: str
    reason: SkipReason


def sweep(
    folder: Path,
    now: dt.datetime,
    settle: dt.timedelta = SETTLE,
    size_limit: int = SIZE_LIMIT,
    known: Callable[[Seen], bool] = lambda _: False,
) -> Iterator[Found | Seen | Skipped]:
    """Everything in `folder` and its subfolders at `now` (aware), sorted by path.

    A file changed exactly `settle` ago is taken; one that is `known` is not read and comes back as Seen. Raises StaffelstabError
    if `folder` itself cannot be opened.
    """
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        raise StaffelstabError("intake.error.no_folder", folder=folder.name) from None
    try:
        yield from _Sweep(now, settle, size_limit, known).folder(root, "", 0)
    finally:
        os.close(root)


class _Skip(Exception):  # noqa: N818 -- not an error, an outcome
    def __init__(self, reason: SkipReason) -> None:
        super().__init__(reason)
        self.reason: SkipReason = reason


@dataclass(frozen=True, slots=True)
class _Sweep:
    now: dt.datetime
    settle: dt.timedelta
    size_limit: int
    known: Callable[[Seen], bool]

    def folder(self, at: int, prefix: str, depth: int) -> Iterator[Found | Seen | Skipped]:
        for name in sorted(os.listdir(at), key=lambda name: (_shown(name), os.fsencode(name))):
            if not _is_silent(name):
                yield from self._entry(at, name, prefix + _shown(name), depth)

    def _entry(self, at: int, name: str, path: str, depth: int) -> Iterator[Found | Seen | Skipped]:
        try:
            kind = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
            if stat.S_ISDIR(kind):
                yield from self._subfolder(at, name, path, depth + 1)
            else:
                _refuse(kind, name)
                yield self._file(at, name, path)
        except _Skip as skip:
            yield Skipped(path, skip.reason)
        except OSError as error:
            yield Skipped(path, _denied(error))

    def _subfolder(self, at: int, name: str, path: str, depth: int) -> Iterator[Found | Seen | Skipped]:
        if depth > DEPTH:
            raise _Skip("directory_depth")
        inner = os.open(name, _OPEN | os.O_DIRECTORY, dir_fd=at)
        try:
            yield from self.folder(inner, f"{path}/", depth)
        finally:
            os.close(inner)

    def _file(self, at: int, name: str, path: str) -> Found | Seen:
        opened = os.open(name, _OPEN, dir_fd=at)
        try:
            before = os.fstat(opened)
            modified = self._checked(before)
            if _has_writer(opened):
                raise _Skip("still_writing")
            if self.known(seen := Seen(path, before.st_size, modified)):
                return seen
            content = _content(opened, self.size_limit)
            after = os.fstat(opened)
        finally:
            os.close(opened)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
            raise _Skip("still_writing")
        return Found(path, content, modified)

    def _checked(self, found: os.stat_result) -> dt.datetime:
        """When the open file was changed last. It is looked at again: what was seen by name may have been exchanged."""
        _refuse(found.st_mode, "")
        if found.st_nlink != 1:
            raise _Skip("link")
        if found.st_size > self.size_limit:
            raise _Skip("too_large")
        modified = dt.datetime.fromtimestamp(found.st_mtime_ns // 1000 / 1_000_000, dt.UTC)
        if -_AHEAD < self.now - modified < self.settle:
            raise _Skip("settling")
        return modified


def _refuse(mode: int, name: str) -> None:
    if stat.S_ISLNK(mode):
        raise _Skip("link")
    if stat.S_ISFIFO(mode):
        raise _Skip("fifo")
    if not stat.S_ISREG(mode):
        raise _Skip("device")
    if name.lower().endswith(_PARTIAL_ENDS) or name.lower().startswith(_PARTIAL_STARTS):
        raise _Skip("partial")


def _content(opened: int, limit: int) -> bytes:
    found = bytearray()
    while chunk := os.read(opened, _CHUNK):
        found += chunk
        if len(found) > limit:
            raise _Skip("too_large")
    return bytes(found)


def _has_writer(opened: int) -> bool:
    """Whether somebody has the file open for writing (Linux: a read lease is refused then). False where that cannot be asked."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)  # a broken lease would send SIGIO, which ends a process
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    return False


def _denied(error: OSError) -> SkipReason:
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no_permission"
    return "link" if error.errno == errno.ELOOP else "vanished"


def _shown(name: str) -> str:
    """The name as NFC text that can be stored; bytes that are no UTF-8 appear as \\xNN, so that two names stay two."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _is_silent(name: str) -> bool:
    return name.lower() in _SYSTEM or (name.startswith(".") and not name.startswith(("..", *_PARTIAL_STARTS)))
