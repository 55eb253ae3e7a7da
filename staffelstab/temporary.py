"""Temporary files lie in the working folder, where only its owner looks, and not where everybody's lie.

WORK/.tmp/ holds one folder for each process at work there, locked as long as that process lives. What a process left that was
killed is removed by the next one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from staffelstab.files import PRIVATE_FOLDER, alone_in

PLACE = ".tmp"


@contextmanager
def temporary_inside(root: Path) -> Generator[None]:
    """Within the block whatever asks Python for a temporary place gets one in the folder `root`, which must be there.

    Where that cannot be, on a full disk for example, the system's own place is used: what fails then says so itself.
    """
    place = root.resolve() / PLACE
    _tidy(place)
    if tempfile.tempdir and Path(tempfile.tempdir).parent == place:
        yield
        return
    with _own(place) as own:
        before = tempfile.tempdir
        tempfile.tempdir = str(own) if own else before
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextmanager
def private_folder(root: Path) -> Generator[Path]:
    """A temporary folder in the folder `root`, gone after the block; where that cannot be, in the system's place.

    Unlike `temporary_inside` it is nobody else's: threads may have one each.
    """
    place = root.resolve() / PLACE
    _tidy(place)
    with _own(place) as own:
        if own:
            yield own
            return
        with tempfile.TemporaryDirectory(prefix="staffelstab-") as elsewhere:
            yield Path(elsewhere)


@contextmanager
def _own(place: Path) -> Generator[Path | None]:
    try:
        place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        place.chmod(PRIVATE_FOLDER)
        with alone_in(place):  # nobody tidies between the two
            own = Path(tempfile.mkdtemp(prefix="pass-", dir=place))
            lock = _locked(own)
    except OSError:
        yield None
        return
    try:
        yield own
    finally:
        os.close(lock)
        shutil.rmtree(own, ignore_errors=True)
        with suppress(OSError):
            place.rmdir()


def _tidy(place: Path) -> None:
    """Remove what belongs to no living process."""
    with suppress(OSError), alone_in(place):
        for left in list(place.iterdir()):
            _remove_if_dead(left)


def _remove_if_dead(left: Path) -> None:
    try:
        os.close(_locked(left))
    except BlockingIOError:
        return  # at work
    except OSError:
        left.unlink(missing_ok=True)  # no folder
    shutil.rmtree(left, ignore_errors=True)


def _locked(folder: Path) -> int:
    """The folder, open and locked. Raises OSError, BlockingIOError if another process has it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened
