"""A ledger as a SQLite file: how it is opened, and what SQLite's errors mean. Loads no SQLAlchemy."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another process that is writing."""

_PRAGMAS = ("synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON")
_MEANING = {
    sqlite3.SQLITE_BUSY: "ledger.busy",
    sqlite3.SQLITE_LOCKED: "ledger.busy",
    sqlite3.SQLITE_FULL: "ledger.full",
    sqlite3.SQLITE_READONLY: "ledger.readonly",
    sqlite3.SQLITE_IOERR: "ledger.disk",
    sqlite3.SQLITE_CANTOPEN: "ledger.disk",
    sqlite3.SQLITE_PERM: "ledger.disk",
    sqlite3.SQLITE_NOTADB: "ledger.foreign",
}


def is_url(place: str | Path) -> bool:
    """Whether `place` names a server rather than a file."""
    return "://" in str(place) and not isinstance(place, Path)


def opened(path: Path, *, read_only: bool, patience: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """A connection to the file, which must exist; transactions are begun by whoever uses it. Raises sqlite3.Error."""
    location = f"{path.resolve().as_uri()}?{_mode(path)}"
    connection = sqlite3.connect(location, uri=True, timeout=patience, check_same_thread=False, isolation_level=None)
    for pragma in (*_PRAGMAS, "query_only=ON") if read_only else _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _mode(path: Path) -> str:
    """How SQLite is to open the file.

    For writing even where one only reads: the last reader then removes the files that the write-ahead log needs beside it.
    Where we may not write and no log lies beside it, the file is all there is, and taken as it stands.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"


def meaning(error: sqlite3.Error) -> str:
    """The message of the catalogue for what SQLite reports."""
    return _MEANING.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "ledger.damaged")
