"""A pass in a process of its own, so that it can be killed."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from staffelstab.case.receive import receive
from staffelstab.ledger.page import Page
from staffelstab.workspace import Workspace
from tests.conftest import at

MOMENT = "2018-01-15 06:00"

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.case.children", "sqlalchemy.dialects.sqlite"])


def start(root: Path, seed: str) -> tuple[BaseProcess, Connection]:
    """A child that looks into the inbox and tells us of every entry it is about to write."""
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_look, args=(theirs, str(root), seed))
    child.start()
    theirs.close()
    return child, ours


def _look(pipe: Connection, root: str, seed: str) -> None:
    _tell(pipe)
    look(Workspace(Path(root), seed=seed))


def look(workspace: Workspace) -> None:
    """One pass."""
    with workspace.open() as ledger:
        receive(workspace, ledger, workspace.adopted(), at(MOMENT), "koordination")


def _tell(pipe: Connection) -> None:
    """Send the kind of each entry as it is written, within its transaction, and wait for leave to go on."""
    write = Page.append

    def append(self: Page, kind: str, **rest: object) -> object:
        pipe.send(kind)
        pipe.recv()
        return write(self, kind, **rest)  # type: ignore[arg-type]  # handed on as they are

    Page.append = append  # type: ignore[method-assign, assignment]  # only in this child


def until(pipe: Connection, number: int) -> Iterable[str]:
    """Let the child go on until it is about to write its entry of this number; the kinds it named."""
    for left in range(number, -1, -1):
        try:
            yield pipe.recv()
        except EOFError:
            return
        if left:
            pipe.send("go on")
