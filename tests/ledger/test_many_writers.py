"""Two processes that receive the same papers at the same time."""

from __future__ import annotations

from staffelstab.ledger.store import Ledger, Place
from tests.ledger import ledger_processes
from tests.ledger.conftest import NOON


def test_two_processes_with_the_same_sixty_keys_write_sixty_entries(place: Place) -> None:
    Ledger.create(place, plan="p", now=NOON).close()
    pair = [ledger_processes.start(ledger_processes.receive_sixty, str(place)) for _ in range(2)]
    assert [pipe.recv() for _, pipe in pair] == ["ready", "ready"]
    for _, pipe in pair:
        pipe.send("go")
    first, second = (pipe.recv() for _, pipe in pair)
    for child, _ in pair:
        child.join()
    with Ledger.open(place) as ledger:
        entries = ledger.entries("received")
        assert first == second == [entry.seq for entry in sorted(entries, key=lambda entry: int(str(entry.key)[1:]))]
        assert sorted(str(entry.key) for entry in entries) == sorted(f"k{n}" for n in range(60))
        assert ledger.verify() == []
