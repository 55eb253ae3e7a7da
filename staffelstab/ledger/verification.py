"""Verification: every byte of a ledger read again and compared with what the journal committed to.

Beside it a check that every opening for writing can afford: whether the ledger is still the one that others saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from staffelstab.errors import LedgerError
from staffelstab.ledger import creation, schema
from staffelstab.ledger.erasure import ERASED, mark, seal
from staffelstab.ledger.facts import canonical
from staffelstab.ledger.hashing import commit, sealed
from staffelstab.ledger.heads import Head
from staffelstab.ledger.sql_tables import entries, meta, objects, people
from staffelstab.ledger.values import BEFORE_ALL, Content, Damage, Line


@dataclass(slots=True)
class _Journal:
    """What the journal says ought to be there."""

    hashes: set[str] = field(default_factory=set)
    commitments: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    genesis: str | None = None


_BATCH = 200


_LOST_OBJECTS = (
    sa.select(sa.func.count())
    .where(entries.c.object.is_not(None))
    .where(~sa.exists().where(objects.c.id == entries.c.object))
)


def check(connection: sa.Connection, known: Iterable[Head], file: str, *, joined: bool = False) -> None:
    """Tables and indexes are ours, the entries are counted through, and every known head is where it was.

    `joined`: also that every index knows every entry, and every entry finds its object, which a backup that was put back under the
    write-ahead log of another does not. Raises LedgerError, of the first that is not so.
    """
    if schema.differences(connection):
        raise LedgerError("ledger.schema", file=file)
    first, last, count = connection.execute(
        sa.select(sa.func.min(entries.c.seq), sa.func.max(entries.c.seq), sa.func.count())
    ).one()
    if not count or (first, last) != (1, count):
        raise LedgerError("ledger.damaged", file=file)
    heads = sorted(set(known))
    for start in range(0, len(heads), _BATCH):
        _check_heads(connection, heads[start : start + _BATCH], file, last)
    if heads and heads[-1].seq > last:
        raise LedgerError("ledger.behind", file=file, last=last, known=heads[-1].seq)
    if joined and not _is_joined(connection):
        raise LedgerError("ledger.damaged", file=file)


def _is_joined(connection: sa.Connection) -> bool:
    if connection.execute(_LOST_OBJECTS).scalar_one():
        return False
    if connection.dialect.name != "sqlite":
        return True
    return not any(
        connection.exec_driver_sql(_unindexed(table, index, column)).scalar_one()
        for table in (entries.name, objects.name, people.name)
        for index, column in _indexes(connection, table)
    )


def _indexes(connection: sa.Connection, table: str) -> Iterator[tuple[str, str]]:
    """Every index of a table and its column; ours have one each."""
    for row in connection.exec_driver_sql(f"PRAGMA index_list({table})").all():
        [column] = connection.exec_driver_sql(f'PRAGMA index_info("{row[1]}")').all()
        yield str(row[1]), str(column[2])


def _unindexed(table: str, index: str, column: str) -> str:
    """Whether there is a row that is not found by an index."""
    found = f'SELECT 1 FROM {table} b INDEXED BY "{index}" WHERE b."{column}" = a."{column}" AND b.rowid = a.rowid'  # noqa: S608 -- ours
    return (
        f'SELECT EXISTS (SELECT 1 FROM {table} a NOT INDEXED WHERE a."{column}" IS NOT NULL AND NOT EXISTS ({found}))'  # noqa: S608 -- ours
    )


def _check_heads(connection: sa.Connection, heads: list[Head], file: str, last: int) -> None:
    asked = sa.select(entries.c.seq, entries.c.hash).where(entries.c.seq.in_([head.seq for head in heads]))
    there = {(int(row.seq), str(row.hash)) for row in connection.execute(asked)}
    for head in heads:
        if head.seq <= last and (head.seq, head.hash) not in there:
            raise LedgerError("ledger.rewritten", file=file, seq=head.seq)


def inspect(engine: sa.Engine, secret: bytes, known: Iterable[Head]) -> list[Damage]:
    """All damage, in the order: file, schema, journal, objects, people. What can be read is read even if some of it cannot."""
    damage: list[Damage] = []
    journal = _Journal()
    with _snapshot(engine) as connection:
        for check in (
            _file(connection),
            _schema(connection),
            _chain(connection, journal),
            _seal(connection, journal),
            _known(journal, known),
            _objects(connection, journal),
            _people(connection, journal, secret),
        ):
            damage += _as_far_as_possible(check)
    return damage


@contextmanager
def _snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A read transaction in which broken UTF-8 arrives as such instead of ending the query."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if engine.dialect.name == "sqlite" and raw is not None:
            raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
        with connection.begin():
            yield connection
        connection.detach()


def _as_far_as_possible(check: Iterator[Damage]) -> list[Damage]:
    found: list[Damage] = []
    try:
        found.extend(check)
    except DatabaseError:
        found.append(Damage("ledger.damage.unreadable"))
    return found


def _file(connection: sa.Connection) -> Iterator[Damage]:
    if connection.dialect.name != "sqlite":
        return
    complaints = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    if complaints != ["ok"]:
        yield Damage("ledger.damage.file", facts={"n": len(complaints)})


def _schema(connection: sa.Connection) -> Iterator[Damage]:
    for name in schema.differences(connection):
        yield Damage("ledger.damage.schema", facts={"name": name})


def _chain(connection: sa.Connection, journal: _Journal) -> Iterator[Damage]:
    seq, prev = 0, BEFORE_ALL
    for row in connection.execute(sa.select(entries).order_by(entries.c.seq)):
        line = Line(*row)
        if line.seq != seq + 1:
            yield Damage("ledger.damage.gap", seq=line.seq, facts={"expected": seq + 1})
        elif line.prev != prev:
            yield Damage("ledger.damage.chain", seq=line.seq)
        if not _is_sealed(line):
            yield Damage("ledger.damage.entry", seq=line.seq)
        seq, prev = line.seq, line.hash
        _note(journal, line)
    if seq == 0:
        yield Damage("ledger.damage.genesis")


def _is_sealed(line: Line) -> bool:
    """Whether the stored line is byte for byte what was hashed."""
    try:
        return sealed(line).hash == line.hash and canonical(json.loads(line.facts)) == line.facts
    except (TypeError, ValueError, RecursionError):
        return False


def _note(journal: _Journal, line: Line) -> None:
    journal.hashes.add(line.hash)
    if line.seq == 1 and line.kind == "genesis":
        journal.genesis = line.commitment
    if line.object is not None:
        journal.commitments[line.object] = (line.seq, line.commitment)
    if line.kind == ERASED:
        journal.erased.add(line.subject)


def _seal(connection: sa.Connection, journal: _Journal) -> Iterator[Damage]:
    properties = {row.name: row.value for row in connection.execute(sa.select(meta))}
    try:
        intact = creation.seal(properties) == journal.genesis
    except (TypeError, ValueError):
        intact = False
    if not intact:
        yield Damage("ledger.damage.genesis")


def _known(journal: _Journal, known: Iterable[Head]) -> Iterator[Damage]:
    """The first head that is not there; all after it go with it."""
    missing = sorted(head for head in set(known) if head.hash not in journal.hashes)
    if missing:
        yield Damage(
            "ledger.damage.cut", seq=missing[0].seq, facts={"hash": missing[0].hash[:12], "last": missing[-1].seq}
        )


def _objects(connection: sa.Connection, journal: _Journal) -> Iterator[Damage]:
    missing = dict(journal.commitments)
    for row in connection.execution_options(yield_per=4).execute(sa.select(objects).order_by(objects.c.id)):
        seq, commitment = missing.pop(row.id, (None, None))
        if seq is None:
            yield Damage("ledger.damage.orphan", object=_id(row.id))
        elif row.id in journal.erased:
            if row.data is not None or row.salt is not None:
                yield Damage("ledger.damage.remains", seq=seq, object=row.id)
        elif not _is_kept(row, commitment):
            yield Damage("ledger.damage.object", seq=seq, object=row.id)
    for object_id, (seq, _) in missing.items():
        yield Damage("ledger.damage.missing", seq=seq, object=_id(object_id))


def _is_kept(row: sa.Row[tuple[object, ...]], commitment: str | None) -> bool:
    try:
        return commit(bytes(row.salt), Content(row.kind, row.media, bytes(row.data))) == commitment
    except (TypeError, ValueError, AttributeError):
        return False


def _people(connection: sa.Connection, journal: _Journal, secret: bytes) -> Iterator[Damage]:
    for row in connection.execute(sa.select(people).order_by(people.c.id)):
        kept = (row.address, row.fingerprint, row.seal)
        wanted = (None, None, None) if row.id in journal.erased else _person(secret, row.id, row.address)
        if kept != wanted:
            yield Damage("ledger.damage.person", object=_id(row.id))


def _person(secret: bytes, person: str, address: object) -> tuple[str, str, str] | None:
    """The columns that belong to an id and an address; None if the address is none."""
    try:
        return (address, mark(secret, address), seal(secret, person, address)) if isinstance(address, str) else None
    except UnicodeEncodeError:
        return None


def _id(stored: object) -> str:
    """An id fit for a message even when it is damaged."""
    return str(stored).encode("ascii", "replace").decode()[:40]
