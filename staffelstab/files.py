"""Writing files: private, and so that neither a reader, a crash nor a full disk ever leaves half of one."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

T = TypeVar("T")
Moment = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A moment as our own files hold it, with its zone."""

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
BESIDE = 5_000_000
"""So many bytes a file that lies beside a plan may have."""

_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER = _FILE | os.O_DIRECTORY


class NotPrivateError(Exception):
    """A file that holds secrets, and that others may read."""


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only; an equal one is left untouched.

    On return it is on disk under its name. Whoever reads meanwhile finds the former file or the new one.
    """
    make_private(path.parent)
    if path.is_file() and path.read_bytes() == data:
        return
    draft = path.with_name(f".{path.name}.part")
    with alone_in(path.parent):
        draft.unlink(missing_ok=True)  # left by a process that was killed
        try:
            write_new(draft, data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet, readable by its owner only, and wait for the disk; its folder is not synced."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def read_inside(folder: Path, path: str, limit: int) -> bytes | None:
    """The bytes of an ordinary file in `folder`, or None: no link is followed, and no more than `limit` bytes are read.

    `path` is relative to the folder, "/" between; it may come from a file that a stranger wrote.
    """
    *folders, name = path.split("/")
    if "\0" in path or {"", ".", ".."} & {*folders, name}:
        return None
    try:
        at = os.open(folder, _FOLDER & ~os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        for inner in folders:
            at, outer = os.open(inner, _FOLDER, dir_fd=at), at
            os.close(outer)
        return _bounded(at, name, limit)
    except OSError:
        return None
    finally:
        os.close(at)


def read_private(path: Path, limit: int) -> bytes | None:
    """The bytes of a file that holds secrets, None if there is none: an ordinary one, no link, for its owner's eyes only.

    Raises NotPrivateError if others may read it, OSError if it cannot be read, ValueError if it is longer than `limit` bytes.
    """
    try:
        opened = os.open(path, _FILE)
    except FileNotFoundError:
        return None
    with os.fdopen(opened, "rb") as stream:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISREG(mode) or mode & 0o077:
            raise NotPrivateError(path)
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ValueError("too long")
    return data


def read_values(folder: Path, path: str, kind: type[T]) -> T | None:
    """What a JSON file in `folder` says as values of a struct; None if there is none, or whatever else it says."""
    data = read_inside(folder, path, BESIDE)
    try:
        return None if data is None else msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def within_reach(moment: dt.datetime) -> None:
    """Raise ValueError for a moment so far away that another zone may have no day for it; for `__post_init__` of what is read."""
    if not 1900 <= moment.year < 3000:
        raise ValueError("moment")


def is_plain_name(name: str) -> bool:
    """Whether this names a file in a folder, on any system, and no way to anywhere else."""
    return name not in {"", ".", ".."} and name.isprintable() and not set(name) & set('/\\:"<>|?*') and len(name) <= 200


def _bounded(folder: int, name: str, limit: int) -> bytes | None:
    opened = os.open(name, _FILE, dir_fd=folder)
    with os.fdopen(opened, "rb") as stream:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return None
        data = stream.read(limit + 1)
    return data if len(data) <= limit else None


def make_private(folder: Path) -> None:
    """Make a folder and whatever is missing above it, for its owner only; one that is there keeps its rights."""
    if folder.is_dir():
        return
    make_private(folder.parent)
    folder.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    sync_folder(folder.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time change what lies in `folder`; after the block the names in it are on disk."""
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
        _sync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can say so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network file systems know no such thing
            raise
