"""A short life of a ledger, to be killed or failed at any system call: `python -m tests.ledger.faulty FILE`.

What it knows to be done it writes to FILE.done, line by line.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlalchemy.dialects.sqlite  # noqa: F401 -- imported here so that its files are not among the calls counted

from staffelstab.errors import LedgerError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from tests.ledger.conftest import NOON


def live(path: Path) -> None:
    """Create, write four pages of two entries, erase one, close."""
    log = Path(f"{path}.done")
    with log.open("a", buffering=1, encoding="utf-8") as done, Ledger.create(path, plan="p", now=NOON) as ledger:
        done.write("created\n")
        for number in range(4):
            with ledger.writing() as transaction:
                for part in range(2):
                    key = f"{number}.{part}"
                    transaction.append(
                        "received", at=NOON, key=key, content=Content("original", "text/plain", body(key))
                    )
            done.write(f"page {number}\n")
        first = ledger.entries("received")[0]
        ledger.erase(str(first.object), at=NOON, office="koordination", reason="Wunsch")
        done.write("erased\n")


def body(key: str) -> bytes:
    """The content of a key, several pages of a database long."""
    return key.encode() * 3000


if __name__ == "__main__":
    try:
        live(Path(sys.argv[1]))
    except LedgerError as error:
        sys.exit(error.key)
