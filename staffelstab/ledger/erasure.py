"""Erasure: bytes, salts and addresses go, the hash chain stays whole; people are known by random ids."""

from __future__ import annotations

import datetime as dt
import hmac
import unicodedata
from itertools import count

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.queries import Queries
from staffelstab.ledger.sql_tables import objects, people
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Entry

ERASED = "erased"
"""The kind of entry that says an object or a person was erased; its subject is the id."""


def folded(address: str) -> str:
    """The form in which two spellings of an address are one."""
    return unicodedata.normalize("NFC", address.strip()).casefold()


def mark(secret: bytes, address: str) -> str:
    """The fingerprint of an address, by which it is found again."""
    return hmac.digest(secret, b"person\0" + folded(address).encode(), "sha256").hex()


def seal(secret: bytes, person: str, address: str) -> str:
    """What binds an id to its address, so that a check notices when one of them was changed."""
    return hmac.digest(secret, f"seal\0{person}\0{address}".encode(), "sha256").hex()


def person(transaction: Transaction, secret: bytes, entropy: Entropy, address: str) -> str:
    """The id of `address`, known or new."""
    fingerprint = mark(secret, address)
    known = transaction.connection.execute(sa.select(people.c.id).where(people.c.fingerprint == fingerprint)).scalar()
    if known is not None:
        return str(known)
    taken = sa.select(people.c.id).where(people.c.id == sa.bindparam("id"))
    tokens = (entropy.token(f"person:{n}:{fingerprint}") for n in count())
    fresh = next(token for token in tokens if transaction.connection.execute(taken, {"id": token}).scalar() is None)
    kept = address.strip()
    row = {"id": fresh, "fingerprint": fingerprint, "address": kept, "seal": seal(secret, fresh, kept)}
    transaction.connection.execute(sa.insert(people).values(row))
    return fresh


def address(queries: Queries, person: str) -> str | None:
    """The address kept under an id."""
    return queries.connection.execute(sa.select(people.c.address).where(people.c.id == person)).scalar()


def erase(transaction: Transaction, subject: str, *, at: dt.datetime, office: str, reason: str) -> Entry:
    """Delete an object's bytes and salt, or a person's address, and leave a tombstone.

    Raises LedgerError for an unknown id.
    """
    forget = (
        sa.update(objects).where(objects.c.id == subject).values(data=None, salt=None),
        sa.update(people).where(people.c.id == subject).values(address=None, fingerprint=None, seal=None),
    )
    if sum(transaction.connection.execute(statement).rowcount for statement in forget) == 0:
        raise LedgerError("ledger.unknown", object=subject)
    return transaction.append(
        ERASED, at=at, office=office, subject=subject, key=f"erased:{subject}", facts={"reason": reason}
    )


def scrub(engine: sa.Engine, file: str) -> None:
    """Leave no copy in free pages or the write-ahead log: the file (PostgreSQL: the tables) is rewritten, the log cut.

    Raises LedgerError or the database's own error if another process keeps it in use.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name != "sqlite":
            connection.exec_driver_sql("VACUUM FULL objects, people")
            return
        connection.exec_driver_sql("VACUUM")
        if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one() != 0:
            raise LedgerError("ledger.traces", file=file)
