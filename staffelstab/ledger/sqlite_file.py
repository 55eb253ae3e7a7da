"""A ledger as a SQLite file: how it is opened, and what SQLite's errors mean. Loads no SQLAlchemy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another process that is writing."""

NEEDED = 64 << 10
"""Bytes that must be free beside a ledger so that it can be read: SQLite shares a file of 32 KiB between its readers."""

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


def meaning(error: sqlite3.Error, path: Path) -> str:
    """The message of the catalogue for what SQLite reports of a file; on a full disk it may call that an error of the disk."""
    key = _MEANING.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "ledger.damaged")
    return "ledger.full" if key == "ledger.disk" and _is_full(path) else key


def _is_full(path: Path) -> bool:
    """Whether there is no room beside the file for what SQLite needs even for reading."""
    try:
        return shutil.disk_usage(path.parent).free < NEEDED
    except OSError:
        return False
