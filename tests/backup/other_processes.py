"""What other processes do: a pass that waits before each thing it would make last, and a backup that dies."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import sqlalchemy as sa

from staffelstab.backup.locked import Lock
from staffelstab.backup.make import Wish, make_backup
from staffelstab.backup.shelf import Keep
from staffelstab.workspace import find
from tests.service.killed_pass import Counter
from tests.year import DirectExecutor

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["tests.backup.other_processes", "sqlalchemy.dialects.sqlite", "staffelstab.documents.rendering.render"]
)


class _Waiting(Counter):
    """Says the number of each event and waits for an answer."""

    def __init__(self, root: str, pipe: Connection) -> None:
        super().__init__(root, 0)
        self._pipe = pipe

    def count(self) -> None:
        self.seen += 1
        self._pipe.send(self.seen)
        self._pipe.recv()


def _pass(pipe: Connection, root: str, now: dt.datetime) -> None:
    waiting = _Waiting(root, pipe)
    sys.addaudithook(waiting.hook)
    sa.event.listen(sa.engine.Engine, "commit", lambda connection: waiting.count())
    DirectExecutor().daily_pass(root, now)
    pipe.send(0)


def stepwise_pass(root: Path, now: dt.datetime) -> Iterator[int]:
    """A pass in a process of its own, which stands still while the caller has the number of its next event."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_pass, args=(theirs, str(root), now), daemon=True)
    process.start()
    theirs.close()
    while number := int(ours.recv()):
        yield number
        ours.send("on")
    process.join()
    assert process.exitcode == 0


def _backup(pipe: Connection, root: str, disk: str, now: dt.datetime, recipient: str, at: int) -> None:
    counter = Counter(os.path.commonpath([root, disk]), at)
    sys.addaudithook(counter.hook)
    make_backup(find(Path(root)), Path(disk), now, Wish(Lock((recipient,)) if recipient else None, Keep(2)))
    pipe.send(counter.seen)


def killed_backup(root: Path, disk: Path, now: dt.datetime, at: int, recipient: str = "") -> int | None:
    """Make a backup that dies before its event number `at` (0: never); how many there were, None if it died."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_backup, args=(theirs, str(root), str(disk), now, recipient, at))
    process.start()
    theirs.close()
    process.join()
    if process.exitcode == -signal.SIGKILL:
        return None
    return int(ours.recv())
