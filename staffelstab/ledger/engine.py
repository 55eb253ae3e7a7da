"""Connections to a ledger's database: the embedded SQLite file or a PostgreSQL by URL, and what their errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from staffelstab.errors import LedgerError

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""

WRITING = {"staffelstab_writing": True}
"""Execution option of a connection whose transaction takes the write lock at once."""

_PRAGMAS = ("synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON")
_LOCK_KEY = 0x5374616666656C  # "Staffel"
_SQLITE = {
    sqlite3.SQLITE_BUSY: "ledger.busy",
    sqlite3.SQLITE_LOCKED: "ledger.busy",
    sqlite3.SQLITE_FULL: "ledger.full",
    sqlite3.SQLITE_READONLY: "ledger.readonly",
    sqlite3.SQLITE_IOERR: "ledger.disk",
    sqlite3.SQLITE_CANTOPEN: "ledger.disk",
    sqlite3.SQLITE_PERM: "ledger.disk",
    sqlite3.SQLITE_NOTADB: "ledger.foreign",
}
_POSTGRES = {"55P03": "ledger.busy", "53100": "ledger.full", "25006": "ledger.readonly"}


def is_url(place: str | Path) -> bool:
    """Whether `place` names a server rather than a file."""
    return "://" in str(place) and not isinstance(place, Path)


def shown(place: str | Path) -> str:
    """The name of `place` for messages: the file or the database, without folder, host or password."""
    if is_url(place):
        return sa.make_url(str(place)).database or ""
    return Path(place).name


def connect(place: str | Path, *, read_only: bool = False, patience: float = PATIENCE) -> sa.Engine:
    """An engine for `place`; connects when first used. Raises LedgerError if the PostgreSQL driver is missing."""
    if is_url(place):
        return _postgres(str(place), read_only, patience)
    return _sqlite(Path(place), read_only, patience)


def _sqlite(path: Path, read_only: bool, patience: float) -> sa.Engine:
    location = f"{path.resolve().as_uri()}?{_mode(path)}"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(location, uri=True, timeout=patience, check_same_thread=False, isolation_level=None)

    engine = sa.create_engine("sqlite://", creator=open_file, poolclass=sa.QueuePool)
    pragmas = (*_PRAGMAS, "query_only=ON") if read_only else _PRAGMAS

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if "staffelstab_writing" in options else "BEGIN")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    return engine


def _mode(path: Path) -> str:
    """How SQLite is to open the file.

    For writing even where one only reads: the last reader then removes the files that the write-ahead log needs beside it.
    Where we may not write and no log lies beside it, the file is all there is, and taken as it stands.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"


def _postgres(url: str, read_only: bool, patience: float) -> sa.Engine:
    options = f"-c lock_timeout={int(patience * 1000)} -c synchronous_commit=on"
    if read_only:
        options += " -c default_transaction_read_only=on"
    try:
        engine = sa.create_engine(url, connect_args={"options": options, "connect_timeout": max(2, int(patience))})
    except ModuleNotFoundError:
        raise LedgerError("ledger.postgres") from None

    def begin(connection: sa.Connection) -> None:
        if "staffelstab_writing" in connection.get_execution_options():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")

    sa.event.listen(engine, "begin", begin)
    return engine


@contextmanager
def translated(place: str | Path) -> Iterator[None]:
    """Database errors inside become a LedgerError that says what happened; programming mistakes stay what they are."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        # "from None": a database error quotes the statement's parameters, which may hold what was submitted.
        raise LedgerError(_meaning(error), file=shown(place)) from None


def _meaning(error: DBAPIError | sqlite3.DatabaseError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "ledger.damaged")
    return _POSTGRES.get(getattr(cause, "sqlstate", None) or "", "ledger.unreachable")
