"""The ledger itself: opened, written to, asked and closed.

Every write is one serialised transaction, on disk before it returns; of two processes that write at once, one waits.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Unpack

import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger import creation, erasure, verification
from staffelstab.ledger.engine import WRITING, connect, shown, translated
from staffelstab.ledger.entropy import LIVE, Entropy
from staffelstab.ledger.heads import Head, HeadsFile
from staffelstab.ledger.queries import Queries
from staffelstab.ledger.sqlite_file import BUSY_TIMEOUT, is_url
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import CLOCK_TOLERANCE, Damage, Entry, Fields

Place = str | Path


class Ledger:
    """One plan's memory. A context manager; may be shared by threads, not across a fork."""

    def __init__(self, place: Place, engine: sa.Engine, entropy: Entropy, properties: Mapping[str, str]) -> None:
        self._place = place
        self._engine = engine
        self._entropy = entropy
        self._heads: HeadsFile | None = None
        self._lag = CLOCK_TOLERANCE
        self._stopped = False
        self._secret = bytes.fromhex(properties["secret"])
        self.plan = properties["plan"]

    @classmethod
    def create(cls, place: Place, *, plan: str, entropy: Entropy = LIVE, now: dt.datetime) -> Ledger:
        """A new ledger for the plan of this id. Raises LedgerError if there is one already or the place will not do."""
        with translated(place):
            creation.create(place, plan, entropy, now)
        return cls.open(place, entropy=entropy)

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        entropy: Entropy = LIVE,
        read_only: bool = False,
        patience: float = BUSY_TIMEOUT,
        heads: HeadsFile | None = None,
        lag: dt.timedelta = CLOCK_TOLERANCE,
    ) -> Ledger:
        """The ledger at a path or a "postgresql+psycopg://" URL; `patience`: seconds to wait for other writers.

        Where `heads` are kept, a ledger opened for writing must still hold them all, and what is written adds to them. `lag`: how
        far an entry's time may lie before the latest one of the journal.

        Raises LedgerError if it is missing, damaged, not one of ours, older than a head, or written by a newer version.
        """
        if not is_url(place) and not Path(place).is_file():
            raise LedgerError("ledger.missing", file=shown(place))
        engine = connect(place, read_only=read_only, patience=patience)
        try:
            with translated(place):
                opened = cls(place, engine, entropy, creation.properties(engine, shown(place)))
            opened._heads, opened._lag = heads, lag
            if heads is not None and not read_only:
                opened.check(heads.read())
            return opened
        except LedgerError:
            engine.dispose()
            raise

    def close(self) -> None:
        """Let go of the database; SQLite then folds its write-ahead log back into the file."""
        with translated(self._place):
            self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """After the disk reported an error nothing more is done with this connection: what it holds may be a guess."""
        if self._stopped:
            raise LedgerError("ledger.disk", file=shown(self._place))
        try:
            with translated(self._place):
                yield
        except LedgerError as error:
            self._stopped = error.key == "ledger.disk"
            raise

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction: everything written in it is committed together, or after an exception nothing.

        Not to be nested. Raises LedgerError if others keep writing, the disk is full, or the file cannot be written.
        """
        with self._guarded(), self._engine.connect() as connection:
            connection = connection.execution_options(**WRITING)
            with connection.begin():
                transaction = Transaction(connection, self._entropy, self._lag)
                before = transaction.head
                yield transaction
        if transaction.head != before:
            self._note(transaction.head)

    def _note(self, head: Head) -> None:
        if self._heads is None:
            return
        try:
            self._heads.note(head)
        except OSError as error:
            raise LedgerError("ledger.heads", file=self._heads.path.name, reason=error.strerror) from None

    @contextmanager
    def reading(self) -> Iterator[Queries]:
        """One snapshot: all answers inside belong to the same moment, whatever others write meanwhile."""
        with self._guarded(), self._engine.connect() as connection, connection.begin():
            yield Queries(connection)

    def append(self, kind: str, **fields: Unpack[Fields]) -> Entry:
        """`Page.append` in a transaction of its own."""
        with self.writing() as transaction:
            return transaction.append(kind, **fields)

    def entries(
        self,
        *kinds: str,
        phase: str | None = None,
        subject: str | None = None,
        until: dt.datetime | None = None,
    ) -> list[Entry]:
        """The entries of these kinds (of all, if none is named), in the order written; `until` itself is included."""
        with self.reading() as queries:
            return queries.entries(*kinds, phase=phase, subject=subject, until=until)

    def find(self, key: str) -> Entry | None:
        """The entry written under `key`."""
        with self.reading() as queries:
            return queries.find(key)

    def latest_time(self) -> dt.datetime:
        """The latest time in the journal since the clock was last confirmed (UTC)."""
        with self.reading() as queries:
            return dt.datetime.fromisoformat(queries.latest_time())

    def content(self, object_id: str) -> bytes | None:
        """The bytes of one object; None if erased or unknown. Raises LedgerError if they were changed."""
        return self.contents([object_id]).get(object_id)

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of many objects, without the erased ones. Raises LedgerError like `content`."""
        with self.reading() as queries:
            return queries.contents(object_ids)

    def seen(self, until: dt.datetime) -> int:
        """Up to which number the journal holds nothing later than `until`."""
        with self.reading() as queries:
            return queries.seen(until)

    def next_time(self, moment: dt.datetime) -> dt.datetime | None:
        """The first time in the journal after `moment`, if there is one."""
        with self.reading() as queries:
            return queries.next_time(moment)

    def head(self) -> str:
        """The hash of the last entry: it vouches for the whole journal."""
        return self.newest().hash

    def newest(self) -> Head:
        """Number and hash of the last entry."""
        with self.reading() as queries:
            last = queries.last()
        return Head(last.seq, last.hash)

    def check(self, known: Iterable[Head], *, joined: bool = False) -> None:
        """What can be told without reading everything: the tables are ours, no entry is missing in between, all heads are there.

        `joined`: also that indexes and objects go with the entries. Raises LedgerError.
        """
        with self._guarded(), self._engine.connect() as connection, connection.begin():
            verification.check(connection, known, shown(self._place), joined=joined)

    def fingerprint(self, data: bytes) -> str:
        """A key for these bytes (HMAC-SHA256): the same every time, not to be guessed without the ledger's secret."""
        return hmac.digest(self._secret, data, "sha256").hex()

    def token(self, label: str) -> str:
        """A new random id; in a rehearsal the one that belongs to `label`."""
        return self._entropy.token(label)

    def person(self, address: str) -> str:
        """The random id under which this ledger knows `address`; a new one for an address not known (or erased)."""
        with self.writing() as transaction:
            return erasure.person(transaction, self._secret, self._entropy, address)

    def address(self, person: str) -> str | None:
        """The address of a person; None if erased or unknown."""
        with self.reading() as queries:
            return erasure.address(queries, person)

    def erase(self, object_id: str, *, at: dt.datetime, office: str, reason: str) -> Entry:
        """Forget the bytes of an object or the address of a person for good; an entry says that, not what, it was.

        Harmless when repeated. Raises LedgerError for an unknown id, or if others kept the database in use: what is
        erased stays so, but traces may be left in the file until the erasure is repeated.
        """
        with self.writing() as transaction:
            entry = erasure.erase(transaction, object_id, at=at, office=office, reason=reason)
        with self._guarded():
            erasure.scrub(self._engine, shown(self._place))
        return entry

    def verify(self, known: Iterable[Head] = ()) -> list[Damage]:
        """Re-read every byte; empty if all is well. `known`: heads of earlier days, which must still be there."""
        with self._guarded():
            return verification.inspect(self._engine, self._secret, known)
