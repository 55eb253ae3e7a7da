"""A copy of a whole ledger at one instant, while others write to it: a SQLite file, wherever the ledger itself lies."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.files import write_new
from staffelstab.ledger.creation import set_wal
from staffelstab.ledger.engine import connect, translated
from staffelstab.ledger.sql_tables import TABLES
from staffelstab.ledger.sqlite_file import is_url, opened

_ROWS = 8
"""So many rows at a time come from a server: a row may hold a paper of many megabytes."""


def copy_ledger(place: Path | str, copy: Path) -> None:
    """Write the ledger at `place`, a path or a URL, into the new file `copy` (mode 0600). Nobody has to wait for it.

    Raises LedgerError if there is none, or it cannot be read or the copy not be written.
    """
    if not is_url(place) and not Path(place).is_file():
        raise LedgerError("ledger.missing", file=Path(place).name)
    write_new(copy, b"")
    with translated(place):
        if is_url(place):
            _from_server(str(place), copy)
        else:
            _from_file(Path(place), copy)


def _from_file(path: Path, copy: Path) -> None:
    with closing(opened(path, read_only=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)  # in one step: everything belongs to the same moment


def _from_server(url: str, copy: Path) -> None:
    source, target = connect(url, read_only=True), connect(copy)
    try:
        with source.connect() as reading, target.connect() as writing:
            reading = reading.execution_options(isolation_level="REPEATABLE READ", yield_per=_ROWS)
            with reading.begin(), writing.begin():
                TABLES.create_all(writing, checkfirst=False)
                for table in TABLES.sorted_tables:
                    _rows(reading, writing, table)
    finally:
        source.dispose()
        target.dispose()
    set_wal(str(copy))


def _rows(reading: sa.Connection, writing: sa.Connection, table: sa.Table) -> None:
    for rows in reading.execute(sa.select(table)).mappings().partitions():
        writing.execute(sa.insert(table), [dict(row) for row in rows])
