"""A ledger on a PostgreSQL server is backed up as a file of ours, while others write to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.backup.make import Wish, make_backup
from staffelstab.backup.restoring import restore
from staffelstab.ledger.values import Content
from staffelstab.workspace import create, find
from tests.backup.small_backups import NOON
from tests.conftest import at
from tests.ledger.conftest import postgres_place, postgres_url
from tests.year import PARTY

__all__ = ["postgres_place", "postgres_url"]


def test_it_becomes_a_file(postgres_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = create(PARTY, tmp_path / "akte", now=at("2017-12-15"), ledger_url=postgres_place)
    (tmp_path / "disk").mkdir()
    with workspace.open() as ledger:
        for n in range(30):
            ledger.append("note", at=NOON, key=f"note:{n}", content=Content("original", "text/plain", bytes(n * 1000)))
        ledger.person("kreis@example.org")
        with ledger.writing() as transaction:
            transaction.append("note", at=NOON, key="note:not yet committed")
            made = make_backup(workspace, tmp_path / "disk", NOON, Wish(rehearsed=True))
        entries = ledger.entries()
    monkeypatch.setenv("STAFFELSTAB_LEDGER", postgres_place)
    done = restore(made.path, tmp_path / "neu")

    assert find(workspace.root).ledger == postgres_place
    assert not (done.workspace.root / "ledger.url").exists(), "its password stays where it was"
    assert (made.damage, done.looked.damage, done.workspace.ledger) == ((), (), tmp_path / "neu" / "ledger.db")
    with done.workspace.open() as restored:
        assert restored.entries() == entries[:-1]
        assert restored.verify() == []
        restored.append("note", at=NOON, key="it goes on")
