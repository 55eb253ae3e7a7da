"""What other processes do to a ledger, and how to start them: forked from a clean server that has everything imported."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from tests.ledger.conftest import NOON

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["tests.ledger.ledger_processes", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql"]
)


def start(target: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """A child running `target(pipe, *arguments)`, and our end of the pipe."""
    ours, theirs = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=target, args=(theirs, *arguments), daemon=True)
    child.start()
    theirs.close()
    return child, ours


def run(target: Callable[..., None], *arguments: object) -> Any:
    """What a child sends before it ends."""
    child, pipe = start(target, *arguments)
    answer = pipe.recv()
    child.join()
    return answer


def look_as_nobody(pipe: Connection, place: str) -> None:
    """Read a ledger with the rights of nobody; the kind of its first entry, and what an attempt to write ends with."""
    sa.create_engine("sqlite://").connect().close()  # import what is needed while we still may
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    with Ledger.open(place, read_only=True) as reader, Ledger.open(place) as writer:
        answer = [reader.entries()[0].kind]
        try:
            writer.append("pass", at=NOON)
        except LedgerError as error:
            answer.append(error.key)
    pipe.send(answer)


def outgrow_the_disk(pipe: Connection, place: str) -> None:
    """Write more than the system allows this process; send what happened then, and after the limit was lifted."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    large = Content("original", "text/plain", bytes(1_000_000))
    answers = []
    with Ledger.open(place) as ledger:
        for soft in (200_000, limit[0]):
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, limit[1]))
            try:
                ledger.append("received", at=NOON, content=large)
            except LedgerError as error:
                answers.append(error.key)
    pipe.send(answers)


def write_forever(pipe: Connection, place: str) -> None:
    """Write page after page of three entries with contents; send the number of each page once it is committed."""
    with Ledger.open(place) as ledger:
        page_number = len(ledger.entries("received")) // 3
        while True:
            with ledger.writing() as transaction:
                for part in range(3):
                    key = f"{page_number}.{part}"
                    transaction.append(
                        "received", at=NOON, key=key, content=Content("original", "text/plain", body(key))
                    )
            pipe.send(page_number)
            page_number += 1


def body(key: str) -> bytes:
    """The content that belongs to a key: small or large."""
    return f"Beitrag {key} ".encode() * (1 + hash_of(key) % 2000)


def hash_of(key: str) -> int:
    """A number that belongs to a key."""
    return sum(map(ord, key)) * 7919


def receive_sixty(pipe: Connection, place: str) -> None:
    """Wait for the signal, then write the sixty keys that others write too; send which entries came back."""
    with Ledger.open(place) as ledger:
        pipe.send("ready")
        pipe.recv()
        numbers = [
            ledger.append("received", at=NOON, key=f"k{n}", content=Content("original", "text/plain", b"x" * n)).seq
            for n in range(60)
        ]
    pipe.send(numbers)
