"""The one open transaction in which the journal grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Unpack

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.facts import checked_facts, checked_name
from staffelstab.ledger.hashing import commit, sealed
from staffelstab.ledger.heads import Head
from staffelstab.ledger.queries import Queries
from staffelstab.ledger.sql_tables import entries, objects
from staffelstab.ledger.values import (
    CLOCK,
    CLOCK_TOLERANCE,
    Content,
    Draft,
    Entry,
    Fields,
    Line,
    stamp,
)

Row = dict[str, str | bytes]


class Transaction(Queries):
    """Writes entries; what it wrote it can read at once, others only when the transaction is committed."""

    def __init__(self, connection: sa.Connection, entropy: Entropy, lag: dt.timedelta = CLOCK_TOLERANCE) -> None:
        super().__init__(connection)
        self._entropy = entropy
        self._lag = lag
        self._last = self.last()
        self._latest = self.latest_time()

    @property
    def head(self) -> Head:
        """The newest entry, of this transaction or before it."""
        return Head(self._last.seq, self._last.hash)

    def append(self, kind: str, **fields: Unpack[Fields]) -> Entry:
        """Write one entry; see `append_all`."""
        return self.append_all([Draft(kind, **fields)])[0]

    def append_all(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Write entries in this order, each with its content if there is one.

        Under a key already in the journal nothing is written, and the earlier entry comes back. Raises LedgerError if a fact looks
        like a text or the clock runs further behind the journal than allowed, ValueError if a time has no zone.
        """
        drafts = list(drafts)
        known = self.find_all(checked_name("key", draft.key) for draft in drafts if draft.key is not None)
        before = self._last, self._latest
        try:
            return self._written(drafts, known)
        except BaseException:
            self._last, self._latest = before  # nothing of it was written
            raise

    def _written(self, drafts: Iterable[Draft], known: dict[str, Entry]) -> list[Entry]:
        lines: list[Line] = []
        kept: list[Row] = []
        written: list[Entry] = []
        for draft in drafts:
            entry = known.get(draft.key) if draft.key is not None else None
            if entry is None:
                lines.append(self._line(draft, kept))
                entry = lines[-1].entry()
            if draft.key is not None:
                known[draft.key] = entry
            written.append(entry)
        self._insert(lines, kept)
        return written

    def _line(self, draft: Draft, kept: list[Row]) -> Line:
        """The line of an entry, sealed and linked to the one before; its content joins `kept`."""
        self._check_clock(draft.kind, draft.at)
        for name in ("kind", "office", "subject", "phase"):
            checked_name(name, getattr(draft, name))
        seq, prev, facts = self._last.seq + 1, self._last.hash, checked_facts(draft.facts)
        head = (seq, stamp(draft.at), draft.kind, draft.office, draft.subject, draft.phase, self._free(draft.key))
        line = Line(*head, facts, None, None, prev, "")
        if draft.content is not None:
            line = self._keep(line, draft.content, kept)
        self._last = line = sealed(line)
        self._latest = line.at if line.kind == CLOCK else max(self._latest, line.at)
        if line.kind == CLOCK:
            self._known_corrections = None
        return line

    def _free(self, key: str | None) -> str | None:
        """The key to store an entry under: one whose earlier entry no longer holds is counted on."""
        if key is None or not self.corrections.made:
            return key
        taken = sa.select(entries.c.key).where(entries.c.key == key)
        return key if self.connection.execute(taken).scalar() is None else self.corrections.keys(key)[-1]

    def _check_clock(self, kind: str, at: dt.datetime) -> None:
        if kind != CLOCK and stamp(at + self._lag) < self._latest:
            last = dt.datetime.fromisoformat(self._latest).astimezone(at.tzinfo)
            raise LedgerError("ledger.clock", now=at, last=last)

    def _keep(self, line: Line, content: Content, kept: list[Row]) -> Line:
        label = f"object:{line.key or line.prev}"
        salt, object_id = self._entropy.bytes(32, f"salt:{label}"), self._entropy.token(label)
        checked_name("kind", content.kind)
        checked_name("media", content.media)
        kept.append({"id": object_id, "kind": content.kind, "media": content.media, "salt": salt, "data": content.data})
        return line._replace(object=object_id, commitment=commit(salt, content))

    def _insert(self, lines: list[Line], kept: list[Row]) -> None:
        if kept:
            self.connection.execute(sa.insert(objects), kept)
        if lines:
            self.connection.execute(sa.insert(entries), [line._asdict() for line in lines])
