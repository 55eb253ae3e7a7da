"""The worker's own folder: locked while its parent lives, and cleared away by the next one if the parent was killed.

The lock belongs to the parent's open folder, so the system lets go of it whatever ends the parent. A folder bears its final name
only once it is locked; one without a lock under that name has nobody left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX, _FRESH = "staffelstab-reader-", "staffelstab-new-"
_ABANDONED = 60.0
"""Seconds after which a folder that never got its final name belongs to nobody."""


class ScratchFolder:
    """An empty folder (0700) for one worker; whatever lies in it goes with it."""

    def __init__(self) -> None:
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH))
        clear_away(fresh.stat().st_mtime)
        self._lock = _open(fresh)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.path = fresh.rename(fresh.with_name(_PREFIX + fresh.name.removeprefix(_FRESH)))

    def remove(self) -> None:
        """Let it go, with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def clear_away(now: float) -> None:
    """Remove our own folders in the system's place for temporary files that nobody holds any more at `now` (its clock)."""
    place = Path(tempfile.gettempdir())
    for folder in (*place.glob(f"{_PREFIX}*"), *place.glob(f"{_FRESH}*")):
        with suppress(OSError):
            _clear(folder, now)


def _clear(folder: Path, now: float) -> None:
    seen = folder.lstat()
    is_ours = stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.getuid()
    if not is_ours or (folder.name.startswith(_FRESH) and now - seen.st_mtime < _ABANDONED):
        return
    lock = _open(folder)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: somebody works in it
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
