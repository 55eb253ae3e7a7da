"""Reading the journal quickly, without loading SQLAlchemy, which alone takes longer than `staffelstab status` may."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from staffelstab.errors import LedgerError
from staffelstab.ledger.corrections import CORRECTIONS, Corrections
from staffelstab.ledger.sqlite_file import is_url, meaning, opened
from staffelstab.ledger.values import VERSION, Entry, Line, stamp

_KNOWN = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'ledger'"
_VERSION = "SELECT value FROM ledger WHERE name = 'version'"
_ENTRIES = (
    f"SELECT {', '.join(Line._fields)} FROM entries"  # noqa: S608 -- the names of our own columns
    " WHERE (at <= ? OR seq < ?) AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq"
)


def quick_read(place: Path | str, *kinds: str, until: dt.datetime) -> list[Entry]:
    """`Ledger.entries(*kinds, until=until)` of the ledger at `place`, quickly if it is a file. Raises LedgerError."""
    if is_url(place):
        from staffelstab.ledger.store import Ledger

        with Ledger.open(place, read_only=True) as ledger:
            return ledger.entries(*kinds, until=until)
    path = Path(place)
    if not path.is_file():
        raise LedgerError("ledger.missing", file=path.name)
    with _reported(path), closing(opened(path, read_only=True)) as connection:
        _check(connection, path.name)
        corrections = Corrections.of(connection.execute(CORRECTIONS))
        moment = stamp(until)
        rows = connection.execute(_ENTRIES, (moment, corrections.before(moment), json.dumps(kinds)))
        return [entry for row in rows if (entry := corrections.entry(row)) is not None]


def _check(connection: sqlite3.Connection, file: str) -> None:
    if not connection.execute(_KNOWN).fetchone()[0]:
        raise LedgerError("ledger.foreign", file=file)
    version = connection.execute(_VERSION).fetchone()
    if version is None or not str(version[0]).isdecimal():
        raise LedgerError("ledger.damaged", file=file)
    if int(version[0]) > VERSION:
        raise LedgerError("ledger.newer", file=file)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerError(meaning(error, path), file=path.name) from None
