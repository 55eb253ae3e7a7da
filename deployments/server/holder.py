"""One process at a time opens a working folder. Whoever comes later asks the first to end, and begins when it has ended.

A lock file in the server's folder names the process. The process and its server hold the lock together, so that it is free once
both have gone, however they ended: then the port is free too and the database is nobody's. A process is only asked to end if it is
the very one that wrote the file: a number alone may be somebody else's by now, so its start is compared as well.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from staffelstab.errors import StaffelstabError
from staffelstab.files import make_private

LOCK_FILE = "running.json"
END_SECONDS = 45.0
"""So long a process may take to end: a run that is under way is stopped, and the server says goodbye."""
LOOK_SECONDS = 0.1
_LONGEST = 4000


class Holder(msgspec.Struct, frozen=True):
    """The process that has a working folder open: its number and its start, which together name one process of one boot.

    `since`: when it was started; `address`: where it is found, once it is open; `beside`: that is a server of somebody else;
    `installation`: the file that names this working folder among several which the process has open together.
    """

    pid: int
    start: int
    boot: str
    since: dt.datetime
    address: str = ""
    beside: bool = False
    installation: str = ""


class Lock(msgspec.Struct, frozen=True):
    """The lock while we have it: `descriptor` is for the server, which holds it too."""

    descriptor: int
    holder: Holder

    def opened(self, address: str, *, beside: bool = False) -> None:
        """Say where we are found now."""
        _write(self.descriptor, msgspec.structs.replace(self.holder, address=address, beside=beside))


def holder(home: Path) -> Holder | None:
    """Who has the working folder open whose server's folder is `home`; None if nobody has.

    Raises StaffelstabError if somebody has who cannot be told.
    """
    with _file(home) as file:
        if file is None or _take(file):
            return None
        found = _read(file)
    if found is None:
        raise StaffelstabError("deployments.holder.unknown", file=str(home / LOCK_FILE))
    return found


@contextmanager
def alone(
    home: Path, now: dt.datetime, told: Callable[[Holder], None], wait: float = END_SECONDS, installation: str = ""
) -> Generator[Lock]:
    """Within the block the working folder is ours. A process that has it open is asked to end, after `told` was told of it.

    `installation`: the file that names it among several. Raises StaffelstabError if the process does not end within `wait` seconds,
    cannot be asked, or has it open for another installation: that one would end for all of its plans.
    """
    make_private(home)
    with _file(home, make=True) as file:
        if file is None:
            raise FileNotFoundError(home)
        _await(file, home, told, wait, installation)
        ours = Holder(os.getpid(), _start(os.getpid()), _boot(), now, installation=installation)
        _write(file, ours)
        try:
            yield Lock(file, ours)
        finally:
            os.ftruncate(file, 0)


def ask_to_end(home: Path, told: Callable[[Holder], None], wait: float = END_SECONDS, installation: str = "") -> bool:
    """End the process that has the working folder open, and wait until it has; False if there is none. Raises as `alone`."""
    with _file(home) as file:
        if file is None or _take(file):
            return False
        _await(file, home, told, wait, installation)
        return True


def _await(file: int, home: Path, told: Callable[[Holder], None], wait: float, installation: str) -> None:
    """Until the lock is ours. Who takes it meanwhile has started later than the one before, and is asked too."""
    asked: set[tuple[int, int]] = set()
    until = time.monotonic() + wait
    while not _take(file):
        found = _read(file)
        if found and found.installation and found.installation != installation:
            raise StaffelstabError("deployments.holder.installation", file=found.installation)
        if found and (found.pid, found.start) not in asked and _ask(found, told):
            asked.add((found.pid, found.start))
        if time.monotonic() > until:
            raise _still_there(found, home, asked=bool(asked))
        time.sleep(LOOK_SECONDS)


def _ask(found: Holder, told: Callable[[Holder], None]) -> bool:
    """Whether it was asked; False if it is gone (its server may still hold the lock) or cannot be seen from here."""
    if found.boot != _boot():
        return False
    try:
        handle = os.pidfd_open(found.pid)
    except OSError:
        return False
    try:
        if _start(found.pid) != found.start:
            return False
        told(found)
        signal.pidfd_send_signal(handle, signal.SIGTERM)
    except PermissionError:
        raise StaffelstabError("deployments.holder.foreign", pid=found.pid) from None
    except ProcessLookupError:
        return False
    finally:
        os.close(handle)
    return True


def _still_there(found: Holder | None, home: Path, *, asked: bool) -> StaffelstabError:
    if found and asked:
        return StaffelstabError("deployments.holder.hangs", pid=found.pid)
    return StaffelstabError("deployments.holder.unknown", file=str(home / LOCK_FILE))


# -- the file ----------------------------------------------------------------------------------------------------------


@contextmanager
def _file(home: Path, *, make: bool = False) -> Generator[int | None]:
    """The lock file, open; None if there is none and none is to be made. Closing it gives the lock back."""
    how = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | (os.O_CREAT if make else 0)
    try:
        file = os.open(home / LOCK_FILE, how, 0o600)
    except FileNotFoundError:
        yield None
        return
    try:
        yield file
    finally:
        os.close(file)


def _take(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: int, found: Holder) -> None:
    """In place, for the lock is the file's own; at once, so that nobody reads half of it."""
    data = msgspec.json.encode(found)
    os.pwrite(file, data, 0)
    os.ftruncate(file, len(data))


def _read(file: int) -> Holder | None:
    with suppress(msgspec.DecodeError, msgspec.ValidationError):
        return msgspec.json.decode(os.pread(file, _LONGEST, 0), type=Holder)
    return None


# -- processes ---------------------------------------------------------------------------------------------------------


def _start(pid: int) -> int:
    """When a process was started, in ticks since the machine was; 0 if there is none."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return int(said.rpartition(")")[2].split()[19])  # behind the name, which may hold anything


def _boot() -> str:
    """The machine's present run, as its kernel names it."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""
