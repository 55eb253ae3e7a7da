"""A page: the one open transaction in which the journal grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.reading import Reader
from staffelstab.ledger.schema import entries, objects
from staffelstab.ledger.values import (
    CLOCK,
    NO_FACTS,
    PATIENCE_WITH_CLOCKS,
    Content,
    Entry,
    Known,
    Line,
    checked_facts,
    checked_name,
    commit,
    stamp,
)


class Page(Reader):
    """Writes entries; what it wrote it can read at once, others only when the transaction is committed."""

    def __init__(self, connection: sa.Connection, entropy: Entropy) -> None:
        super().__init__(connection)
        self._entropy = entropy
        self._last = self.last()
        self._latest = self.latest_time()

    def append(
        self,
        kind: str,
        *,
        at: dt.datetime,
        office: str = "",
        subject: str = "",
        phase: str = "",
        key: str | None = None,
        facts: Mapping[str, Known] = NO_FACTS,
        content: Content | None = None,
    ) -> Entry:
        """Write an entry, with its content if there is one.

        `at` is the time of writing (when something was sent or received is a fact). Under a `key` already in the
        journal nothing is written, and the earlier entry comes back. Raises LedgerError if a fact looks like a text or
        the clock runs more than five minutes behind the journal, ValueError if `at` has no zone.
        """
        if key is not None and (earlier := self.find(checked_name("key", key))):
            return earlier
        self._check_clock(kind, at)
        for name, value in (("kind", kind), ("office", office), ("subject", subject), ("phase", phase)):
            checked_name(name, value)
        seq, prev, known = self._last.seq + 1, self._last.hash, checked_facts(facts)
        line = Line(seq, stamp(at), kind, office, subject, phase, key, known, None, None, prev, "")
        return self._write(line if content is None else self._keep(line, content))

    def _check_clock(self, kind: str, at: dt.datetime) -> None:
        if kind != CLOCK and stamp(at + PATIENCE_WITH_CLOCKS) < self._latest:
            last = dt.datetime.fromisoformat(self._latest).astimezone(at.tzinfo)
            raise LedgerError("ledger.clock", now=at, last=last)

    def _keep(self, line: Line, content: Content) -> Line:
        label = f"object:{line.key or line.prev}"
        salt, object_id = self._entropy.bytes(32, f"salt:{label}"), self._entropy.token(label)
        checked_name("kind", content.kind)
        checked_name("media", content.media)
        row = {"id": object_id, "kind": content.kind, "media": content.media, "salt": salt, "data": content.data}
        self.connection.execute(sa.insert(objects), row)
        return line._replace(object=object_id, commitment=commit(salt, content))

    def _write(self, line: Line) -> Entry:
        line = line.sealed()
        self.connection.execute(sa.insert(entries), line._asdict())
        self._last = line
        self._latest = line.at if line.kind == CLOCK else max(self._latest, line.at)
        return line.entry()
