"""Connections to a ledger's database: the embedded SQLite file or a PostgreSQL by URL, and what their errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from staffelstab.errors import LedgerError
from staffelstab.ledger.sqlite_file import BUSY_TIMEOUT, is_url, meaning, opened

WRITING = {"staffelstab_writing": True}
"""Execution option of a connection whose transaction takes the write lock at once."""

_COMPILED: dict[Any, Any] = {}
"""Our statements as SQL for files, compiled once in a process: a handful, whatever values they are asked with."""

_LOCK_KEY = 0x5374616666656C  # "Staffel"
_POSTGRES = {"55P03": "ledger.busy", "53100": "ledger.full", "25006": "ledger.readonly"}
_UNLESS_SILENT = "set_config('idle_in_transaction_session_timeout', '25s', true)"
"""A writer that is cut off in the middle gives the ledger back after this time: sooner than others give up waiting for it."""
_UNLESS_GONE = {"keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 50_000}
"""A server that has gone without a word is noticed within a minute."""


def shown(place: str | Path) -> str:
    """The name of `place` for messages: the file or the database, without folder, host or password."""
    if is_url(place):
        return sa.make_url(str(place)).database or ""
    return Path(place).name


def connect(place: str | Path, *, read_only: bool = False, patience: float = BUSY_TIMEOUT) -> sa.Engine:
    """An engine for `place`; connects when first used. Raises LedgerError if the PostgreSQL driver is missing."""
    if is_url(place):
        return _postgres(str(place), read_only, patience)
    return _sqlite(Path(place), read_only, patience)


def _sqlite(path: Path, read_only: bool, patience: float) -> sa.Engine:
    def connected() -> Any:  # in the eyes of SQLAlchemy no connection, though one to the letter
        return opened(path, read_only=read_only, patience=patience)

    pattern = _pattern()
    pool = sa.QueuePool(connected, dialect=pattern.dialect)
    engine = sa.Engine(pool, pattern.dialect, pattern.url, execution_options={"compiled_cache": _COMPILED})

    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if "staffelstab_writing" in options else "BEGIN")

    sa.event.listen(engine, "begin", begin)
    return engine


@cache
def _pattern() -> sa.Engine:
    """What all engines for files have in common: a ledger is opened often, and each time SQLAlchemy would find it out anew."""
    engine = sa.create_engine("sqlite://")
    engine.connect().close()  # the first connection tells what this SQLite can do
    engine.dispose()
    return engine


def _postgres(url: str, read_only: bool, patience: float) -> sa.Engine:
    options = f"-c lock_timeout={int(patience * 1000)} -c synchronous_commit=on"
    if read_only:
        options += " -c default_transaction_read_only=on"
    try:
        engine = sa.create_engine(
            _with_driver(url),
            connect_args={"options": options, "connect_timeout": max(2, int(patience)), **_UNLESS_GONE},
        )
    except ModuleNotFoundError:
        raise LedgerError("ledger.postgres") from None

    def begin(connection: sa.Connection) -> None:
        if "staffelstab_writing" in connection.get_execution_options():
            connection.exec_driver_sql(f"SELECT {_UNLESS_SILENT}, pg_advisory_xact_lock({_LOCK_KEY})")

    sa.event.listen(engine, "begin", begin)
    return engine


def _with_driver(url: str) -> sa.URL:
    """The address as people write it, with our driver where it names none."""
    parts = sa.make_url(url)
    return parts.set(drivername="postgresql+psycopg") if parts.drivername in ("postgresql", "postgres") else parts


@contextmanager
def translated(place: str | Path) -> Iterator[None]:
    """Database errors inside become a LedgerError that says what happened; programming mistakes stay what they are."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        # "from None": a database error quotes the statement's parameters, which may hold what was submitted.
        raise LedgerError(_meaning(error, place), file=shown(place)) from None


def _meaning(error: DBAPIError | sqlite3.DatabaseError, place: str | Path) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return meaning(cause, Path(place))
    return _POSTGRES.get(getattr(cause, "sqlstate", None) or "", "ledger.unreachable")
