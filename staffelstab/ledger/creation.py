"""Creating a ledger: its first entry, and the properties by which it is identified from then on."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.files import make_private, sync_folder
from staffelstab.ledger.engine import WRITING, connect, shown
from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.facts import canonical, checked_name
from staffelstab.ledger.file_systems import is_remote
from staffelstab.ledger.hashing import sealed
from staffelstab.ledger.sql_tables import TABLES, entries, meta
from staffelstab.ledger.sqlite_file import is_url
from staffelstab.ledger.values import BEFORE_ALL, VERSION, Line, stamp


def create(place: str | Path, plan: str, entropy: Entropy, now: dt.datetime) -> None:
    """Tables, secret and first entry, whole or not at all. Raises LedgerError if there is a ledger already."""
    secret = entropy.bytes(32, "secret").hex()
    properties = {"version": str(VERSION), "plan": checked_name("plan", plan), "secret": secret}
    facts = canonical({"version": VERSION})
    line = sealed(Line(1, stamp(now), "genesis", "", plan, "", None, facts, None, seal(properties), BEFORE_ALL, ""))
    if is_url(place):
        _write(connect(place), properties, line)
    else:
        _create_file(Path(place), properties, line)


def properties(engine: sa.Engine, file: str) -> dict[str, str]:
    """Plan, secret and version of an existing ledger. Raises LedgerError if it is not one of ours or too new."""
    try:
        with engine.connect() as connection, connection.begin():
            found = {str(row.name): str(row.value) for row in connection.execute(sa.select(meta))}
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        if not sa.inspect(engine).has_table(meta.name):
            raise LedgerError("ledger.foreign", file=file) from None
        raise
    if not {"version", "plan", "secret"} <= found.keys() or not _is_ours(found["version"], found["secret"]):
        raise LedgerError("ledger.damaged", file=file)
    if int(found["version"]) > VERSION:
        raise LedgerError("ledger.newer", file=file)
    return found


def _is_ours(version: str, secret: str) -> bool:
    return version.isascii() and version.isdecimal() and re.fullmatch("[0-9a-f]{64}", secret) is not None


def seal(properties: Mapping[str, str]) -> str:
    """The commitment of the first entry to the ledger's properties; the secret in them is its salt."""
    return hashlib.sha256(canonical(dict(properties)).encode()).hexdigest()


def _write(engine: sa.Engine, properties: Mapping[str, str], line: Line) -> None:
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(**WRITING)
            with connection.begin():
                if sa.inspect(connection).has_table(meta.name):
                    raise LedgerError("ledger.exists", file=shown(engine.url.database or ""))
                TABLES.create_all(connection, checkfirst=False)
                connection.execute(sa.insert(meta), [{"name": name, "value": properties[name]} for name in properties])
                connection.execute(sa.insert(entries).values(line._asdict()))
    finally:
        engine.dispose()


def _create_file(path: Path, properties: Mapping[str, str], line: Line) -> None:
    """Written beside `path` (mode 0600) and linked to its name when complete: nobody ever sees half a ledger."""
    try:
        make_private(path.parent)
        if is_remote(path.parent):
            raise LedgerError("ledger.network", file=path.name)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(handle)
        try:
            # The log is switched on last: what it holds is folded into the file on closing, where an error goes unheard.
            _write(connect(Path(name)), properties, line)
            set_wal(name)
            os.link(name, path)
        finally:
            for suffix in ("", "-journal", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise LedgerError("ledger.exists", file=path.name) from None
        raise LedgerError("ledger.place", file=path.name, reason=error.strerror) from None


def set_wal(name: str) -> None:
    """Switch on the write-ahead log of the file; it stays so."""
    connection = sqlite3.connect(name)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
