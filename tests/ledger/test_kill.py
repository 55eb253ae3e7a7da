"""A writer killed with -9 at any moment: what it had confirmed is there, what it had not is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from staffelstab.ledger.store import Ledger, Place
from tests.ledger import ledger_processes
from tests.ledger.conftest import NOON


@pytest.mark.parametrize("round_", range(2))
def test_nothing_confirmed_is_lost_and_nothing_is_half(place: Place, round_: int) -> None:
    Ledger.create(place, plan="p", now=NOON).close()
    confirmed = -1
    for point in range(20):
        child, pipe = ledger_processes.start(ledger_processes.write_forever, str(place))
        for _ in range(1 + point % 3):
            confirmed = pipe.recv()
        busy_wait((point * 2 + round_) * 61e-6)
        child.kill()
        child.join()
        confirmed = max([confirmed, *the_rest(pipe)])
        with Ledger.open(place) as ledger:
            entries = ledger.entries("received")
            assert [entry.key for entry in entries] == [f"{n // 3}.{n % 3}" for n in range(len(entries))]
            assert len(entries) % 3 == 0
            assert len(entries) // 3 in (confirmed + 1, confirmed + 2)
            kept = ledger.contents(str(entry.object) for entry in entries)
            assert all(kept[str(entry.object)] == ledger_processes.body(str(entry.key)) for entry in entries)
            assert ledger.verify() == []


def busy_wait(seconds: float) -> None:
    """Let the writer get a little further; finer than the scheduler's sleep."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        os.getpid()


def the_rest(pipe: Connection) -> Iterator[int]:
    """The confirmations that a dead writer still got into the pipe."""
    with contextlib.suppress(EOFError, ConnectionResetError):
        while True:
            yield pipe.recv()
