"""A pass in a process of its own, which kills itself (SIGKILL) before the n-th thing it would make last."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import sqlalchemy as sa

from tests.year import DirectExecutor

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["tests.service.killed_pass", "sqlalchemy.dialects.sqlite", "staffelstab.documents.rendering.render"]
)
_LASTING = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir"})
_WRITING = os.O_WRONLY | os.O_RDWR


class Counter:
    """Counts commits of the ledger and whatever changes the working folder; the process dies before number `at`."""

    def __init__(self, root: str, at: int) -> None:
        self._root, self._at, self.seen = root, at, 0

    def count(self) -> None:
        """One more."""
        self.seen += 1
        if self.seen == self._at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        """An audit hook (PEP 578): hears of every file before it is opened, made or renamed."""
        opened = event == "open" and isinstance(args[2], int) and args[2] & _WRITING
        if (opened or event in _LASTING) and self._here(args[0]):
            self.count()

    def _here(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._root)


def _pass(pipe: Connection, root: str, now: dt.datetime, at: int) -> None:
    counter = Counter(root, at)
    sys.addaudithook(counter.hook)
    sa.event.listen(sa.engine.Engine, "commit", lambda connection: counter.count())
    DirectExecutor().daily_pass(root, now)
    pipe.send(counter.seen)


def killed_pass(root: Path, now: dt.datetime, at: int) -> int | None:
    """Run a pass that dies before its event number `at` (0: never); how many there were, None if it died."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_pass, args=(theirs, str(root), now, at))
    process.start()
    theirs.close()
    process.join()
    if process.exitcode == -signal.SIGKILL:
        return None
    return int(ours.recv())
