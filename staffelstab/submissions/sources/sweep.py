"""Walking through a drop folder: every file that is complete and ordinary, and a reason for each that is not (cases 7, 8, 20, 21).

Nothing is followed, moved or changed. What the operating system leaves lying (`.DS_Store`, `Thumbs.db`) is told apart from what a
person may have hidden.

Two names are two files, whatever they look like: what was found is known by its name as the system has it.
"""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from staffelstab.documents.extraction.file_names import is_system_file
from staffelstab.errors import StaffelstabError
from staffelstab.submissions.sources.arrival import Skipped, SkipReason, shown

SETTLE = dt.timedelta(seconds=10)
SIZE_LIMIT = 200 << 20  # bytes
DEPTH = 8  # folders below the drop folder

_AHEAD = dt.timedelta(hours=1)
"""A file this much newer than `now` is being written while we look; one from further ahead comes from a wrong clock."""

_FIRST, _LAST = (dt.datetime(year, 6, 1, tzinfo=dt.UTC) for year in (1, 9999))
_PARTIAL_ENDS = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", ".opdownload")
_PARTIAL_STARTS = ("~$", ".~lock.", "~wrl")
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A complete file as it can be told from outside.

    `name` is the path below the folder as the system has it, "/" between; `modified` is in UTC. `placed` is when the file was last
    given its name, content or times here (UTC); nobody can set that, a copy or move renews it.
    """

    name: str
    size: int
    modified: dt.datetime
    placed: dt.datetime

    @property
    def path(self) -> str:
        """The path as people may be shown it: NFC, and text."""
        return shown(self.name)


class _Skip(Exception):  # noqa: N818 -- not an error, an outcome
    def __init__(self, reason: SkipReason, until: dt.datetime | None = None) -> None:
        super().__init__(reason)
        self.reason: SkipReason = reason
        self.until = until


@dataclass(frozen=True, slots=True)
class Sweep:
    """One walk at `now` (aware) through the folder that is open as `root`. A file changed exactly `settle` ago is taken."""

    root: int
    now: dt.datetime
    settle: dt.timedelta = SETTLE
    size_limit: int = SIZE_LIMIT

    @classmethod
    @contextmanager
    def of(
        cls, folder: Path, now: dt.datetime, settle: dt.timedelta = SETTLE, size_limit: int = SIZE_LIMIT
    ) -> Iterator[Sweep]:
        """A walk through `folder`, which is open inside the block. Raises StaffelstabError if it cannot be opened."""
        try:
            root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            raise StaffelstabError("intake.error.no_folder", folder=folder.name) from None
        try:
            yield cls(root, now, settle, size_limit)
        finally:
            os.close(root)

    def files(self) -> Iterator[Seen | Skipped]:
        """Everything in the folder and its subfolders, sorted by path; no file is read."""
        yield from self._folder(self.root, "", 0)

    def content(self, file: Seen) -> bytes | None:
        """The bytes of a file that was seen; None if by now it is another, is being written or cannot be read."""
        *folders, name = file.name.split("/")
        at = os.dup(self.root)
        try:
            for folder in folders:
                at, outer = os.open(folder, _OPEN | os.O_DIRECTORY, dir_fd=at), at
                os.close(outer)
            with self._complete(at, name) as (opened, size, modified):
                return self._read(opened) if (size, modified) == (file.size, file.modified) else None
        except (_Skip, OSError):
            return None
        finally:
            os.close(at)

    def _folder(self, at: int, prefix: str, depth: int) -> Iterator[Seen | Skipped]:
        for name in sorted(os.listdir(at), key=lambda name: (shown(name), os.fsencode(name))):
            yield from self._entry(at, name, prefix + name, depth)

    def _entry(self, at: int, name: str, path: str, depth: int) -> Iterator[Seen | Skipped]:
        try:
            _refuse_hidden(name)
            kind = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
            if stat.S_ISDIR(kind):
                yield from self._subfolder(at, name, path, depth + 1)
            else:
                _refuse(kind, name)
                with self._complete(at, name) as (opened, size, modified):
                    yield Seen(path, size, modified, _placed(opened))
        except _Skip as skip:
            yield Skipped(path, skip.reason, skip.until)
        except OSError as error:
            yield Skipped(path, _denied(error))

    def _subfolder(self, at: int, name: str, path: str, depth: int) -> Iterator[Seen | Skipped]:
        if depth > DEPTH:
            raise _Skip("directory_depth")
        inner = os.open(name, _OPEN | os.O_DIRECTORY, dir_fd=at)
        try:
            yield from self._folder(inner, f"{path}/", depth)
        finally:
            os.close(inner)

    @contextmanager
    def _complete(self, at: int, name: str) -> Iterator[tuple[int, int, dt.datetime]]:
        """The file, opened, its size and when it was changed last; nobody has it open for writing."""
        opened = os.open(name, _OPEN, dir_fd=at)
        try:
            found = os.fstat(opened)
            modified = self._checked(found)
            if _has_writer(opened):
                raise _Skip("still_writing")
            yield opened, found.st_size, modified
        finally:
            os.close(opened)

    def _read(self, opened: int) -> bytes | None:
        before = os.fstat(opened)
        content = _content(opened, self.size_limit)
        after = os.fstat(opened)
        same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
        return content if same and len(content) == after.st_size else None

    def _checked(self, found: os.stat_result) -> dt.datetime:
        """When the open file was changed last. It is looked at again: what was seen by name may have been exchanged."""
        _refuse(found.st_mode, "")
        if found.st_nlink == 0:
            raise _Skip("vanished")  # another file has taken its name meanwhile
        if found.st_nlink > 1:
            raise _Skip("second_name")
        if found.st_size > self.size_limit:
            raise _Skip("too_large")
        modified = _moment(found.st_mtime_ns)
        if -_AHEAD < self.now - modified < self.settle:
            raise _Skip("settling", modified + self.settle)
        return modified


def _placed(opened: int) -> dt.datetime:
    return _moment(os.fstat(opened).st_ctime_ns)


def _moment(nanoseconds: int) -> dt.datetime:
    """A file's time in UTC. One that no calendar has is the last (or first) that there is: it is far from now in any case."""
    try:
        return dt.datetime.fromtimestamp(nanoseconds // 1000 / 1_000_000, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return _LAST if nanoseconds > 0 else _FIRST


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


def _refuse_hidden(name: str) -> None:
    if is_system_file(name):
        raise _Skip("system")
    if name.startswith(".") and not name.startswith(("..", *_PARTIAL_STARTS)):
        raise _Skip("hidden")
