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
from staffelstab.ledger.values import CLOCK, VERSION, Entry, Line, stamp

_KNOWN = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'ledger'"
_VERSION = "SELECT value FROM ledger WHERE name = 'version'"
_ENTRIES = (
    f"SELECT {', '.join(Line._fields)} FROM entries"  # noqa: S608 -- the names of our own columns
    " WHERE (at <= ? OR seq < ?) AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq"
)

_LATEST = f"SELECT max(at) FROM entries WHERE seq >= (SELECT coalesce(max(seq), 0) FROM entries WHERE kind = '{CLOCK}')"  # noqa: S608 -- a word of our own


def quick_read(place: Path | str, *kinds: str, until: dt.datetime) -> list[Entry]:
    """`Ledger.entries(*kinds, until=until)` of the ledger at `place`, quickly if it is a file. Raises LedgerError."""
    if is_url(place):
        from staffelstab.ledger.store import Ledger

        with Ledger.open(place, read_only=True) as ledger:
            return ledger.entries(*kinds, until=until)
    with _glance(Path(place)) as connection:
        corrections = Corrections.of(connection.execute(CORRECTIONS))
        moment = stamp(until)
        rows = connection.execute(_ENTRIES, (moment, corrections.before(moment), json.dumps(kinds)))
        return [entry for row in rows if (entry := corrections.entry(row)) is not None]


def quick_latest_time(place: Path | str) -> dt.datetime:
    """`Ledger.latest_time()` of the ledger at `place`, quickly if it is a file. Raises LedgerError."""
    if is_url(place):
        from staffelstab.ledger.store import Ledger

        with Ledger.open(place, read_only=True) as ledger:
            return ledger.latest_time()
    with _glance(Path(place)) as connection:
        try:
            return dt.datetime.fromisoformat(connection.execute(_LATEST).fetchone()[0])
        except (TypeError, ValueError):
            raise LedgerError("ledger.damaged", file=Path(place).name) from None


@contextmanager
def _glance(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise LedgerError("ledger.missing", file=path.name)
    with _reported(path), closing(opened(path, read_only=True)) as connection:
        _check(connection, path.name)
        yield connection


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
