"""What can be asked of a ledger inside one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.corrections import CORRECTIONS, Corrections
from staffelstab.ledger.hashing import commit
from staffelstab.ledger.sql_tables import entries, objects
from staffelstab.ledger.values import CLOCK, Content, Entry, Line, stamp

_BATCH = 200

_CLOCK_CONFIRMED = sa.select(sa.func.max(entries.c.seq)).where(entries.c.kind == CLOCK)
_LATEST = sa.select(sa.func.max(entries.c.at))
_KEPT = sa.select(objects, entries.c.commitment).join(entries, entries.c.object == objects.c.id)


class Queries:
    """Questions to the journal and its contents; every answer comes from the transaction of `connection`."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._known_corrections: Corrections | None = None

    @property
    def corrections(self) -> Corrections:
        """By which entries the clock was corrected."""
        if self._known_corrections is None:
            self._known_corrections = Corrections.of(self.connection.exec_driver_sql(CORRECTIONS))
        return self._known_corrections

    def entries(
        self,
        *kinds: str,
        phase: str | None = None,
        subject: str | None = None,
        until: dt.datetime | None = None,
    ) -> list[Entry]:
        """The entries of these kinds (of all, if none is named), in the order written; `until` itself is included."""
        query = sa.select(entries).order_by(entries.c.seq)
        if kinds:
            query = query.where(entries.c.kind.in_(kinds))
        if phase is not None:
            query = query.where(entries.c.phase == phase)
        if subject is not None:
            query = query.where(entries.c.subject == subject)
        if until is not None:
            query = query.where(_until(stamp(until), self.corrections))
        return [entry for row in self.connection.execute(query) if (entry := self.corrections.entry(row)) is not None]

    def seen(self, until: dt.datetime) -> int:
        """Up to which number the journal holds nothing later than `until`: what comes after is news to whoever judges by it."""
        later = sa.select(sa.func.min(entries.c.seq)).where(sa.not_(_until(stamp(until), self.corrections)))
        first = self.connection.execute(later).scalar()
        return self.last().seq if first is None else int(first) - 1

    def next_time(self, moment: dt.datetime) -> dt.datetime | None:
        """The first time in the journal after `moment`: until then nothing more of what is written belongs to the present."""
        later = sa.select(sa.func.min(entries.c.at)).where(entries.c.at > stamp(moment))
        first = self.connection.execute(later).scalar()
        return None if first is None else dt.datetime.fromisoformat(str(first))

    def find(self, key: str) -> Entry | None:
        """The entry written under `key`."""
        return self.find_all([key]).get(key)

    def find_all(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The entries written under these keys, by their key."""
        meant = {stored: key for key in keys for stored in self.corrections.keys(key)}
        wanted = list(meant)
        found: dict[str, Entry] = {}
        for start in range(0, len(wanted), _BATCH):
            query = sa.select(entries).where(entries.c.key.in_(wanted[start : start + _BATCH])).order_by(entries.c.seq)
            for row in self.connection.execute(query):
                if (entry := self.corrections.entry(row)) is not None:
                    found[meant[row.key]] = entry
        return found

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of those objects that are still there. Raises LedgerError if one is not what was committed to."""
        wanted = list(dict.fromkeys(object_ids))
        found: dict[str, bytes] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            for row in self.connection.execute(_KEPT.where(objects.c.id.in_(batch))):
                if row.data is not None:
                    found[row.id] = _proven(row)
        return found

    def last(self) -> Line:
        """The newest line of the journal."""
        newest = sa.select(entries).order_by(entries.c.seq.desc()).limit(1)
        return Line(*self.connection.execute(newest).one())

    def latest_time(self) -> str:
        """The latest time in the journal since the clock was last confirmed; "" in an empty journal."""
        confirmed = self.connection.execute(_CLOCK_CONFIRMED).scalar()
        since = _LATEST if confirmed is None else _LATEST.where(entries.c.seq >= confirmed)
        return str(self.connection.execute(since).scalar() or "")


def _until(moment: str, corrections: Corrections) -> sa.ColumnElement[bool]:
    """What was written until then: by its time, or because it stands before a correction that was made until then."""
    if before := corrections.before(moment):
        return sa.or_(entries.c.at <= moment, entries.c.seq < before)
    return entries.c.at <= moment


def _proven(row: sa.Row[tuple[object, ...]]) -> bytes:
    data = bytes(row.data)
    if row.salt is None or commit(bytes(row.salt), Content(row.kind, row.media, data)) != row.commitment:
        raise LedgerError("ledger.object", object=str(row.id))
    return data
