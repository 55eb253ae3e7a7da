"""A pass in a process of its own, so that it can be killed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from staffelstab.ledger.transaction import Row, Transaction
from staffelstab.ledger.values import Draft, Line
from staffelstab.submissions.case import portions
from staffelstab.submissions.case.receive import receive
from staffelstab.workspace import Workspace
from tests.conftest import at

MOMENT = "2018-01-15 06:00"

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.submissions.case.pass_process", "sqlalchemy.dialects.sqlite"])


def start(root: Path, seed: str) -> tuple[BaseProcess, Connection]:
    """A child that looks into the inbox, two papers at a time, and tells us of every entry and commit it is about to make."""
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_look, args=(theirs, str(root), seed))
    child.start()
    theirs.close()
    return child, ours


def _look(pipe: Connection, root: str, seed: str) -> None:
    portions.ITEMS = 2
    _tell(pipe)
    look(Workspace(Path(root), seed=seed))


def look(workspace: Workspace) -> None:
    """One pass."""
    with workspace.open() as ledger:
        receive(workspace, ledger, workspace.adopted(), at(MOMENT), "koordination")


def _tell(pipe: Connection) -> None:
    """Send the kind of each entry as it is prepared, and "commit" before a portion is, and wait for leave to go on."""
    prepare, insert = Transaction._line, Transaction._insert

    def told_line(self: Transaction, draft: Draft, kept: list[Row]) -> Line:
        pipe.send(draft.kind)
        pipe.recv()
        return prepare(self, draft, kept)

    def told_insert(self: Transaction, lines: list[Line], kept: list[Row]) -> None:
        insert(self, lines, kept)
        pipe.send("commit")
        pipe.recv()

    Transaction._line, Transaction._insert = told_line, told_insert  # type: ignore[method-assign]  # only in this child


def until(pipe: Connection, number: int) -> Iterable[str]:
    """Let the child go on until it is about to do its step of this number; what it named."""
    for left in range(number, -1, -1):
        try:
            yield pipe.recv()
        except EOFError:
            return
        if left:
            pipe.send("go on")
