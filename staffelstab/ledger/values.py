"""What the ledger keeps: entries of the journal, contents, and the damage a check may find."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Required, TypedDict

import msgspec

from staffelstab.errors import LedgerError
from staffelstab.language import Fact, Language

Scalar = str | int | float | bool | None
Known = Scalar | Sequence[Scalar]
Facts = Mapping[str, Any]
"""Facts as they are read: JSON scalars and lists of them."""

VERSION = 1
"""Raised when the tables change; a ledger of a newer version is not opened."""

BEFORE_ALL = "0" * 64
"""The `prev` of the first entry."""

CLOCK = "clock"
"""The kind of entry by which an office confirms the clock; times written before it no longer count against later ones."""

CLOCK_TOLERANCE = dt.timedelta(minutes=5)


class Content(msgspec.Struct, frozen=True):
    """Bytes to be kept with an entry: `kind` says what they are ("original", "extract"), `media` how to read them."""

    kind: str
    media: str
    data: bytes

    def __repr__(self) -> str:
        """Without the data, which may be a submitted text."""
        return f"Content(kind={self.kind!r}, media={self.media!r})"


class Fields(TypedDict, total=False):
    """What an entry may say beside its kind, as keywords of `append`; the attributes of `Draft` explain them."""

    at: Required[dt.datetime]
    office: str
    subject: str
    phase: str
    key: str | None
    facts: Mapping[str, Known]
    content: Content | None


class Draft(msgspec.Struct, frozen=True):
    """An entry to be written. `at` is the time of writing (when something was sent or received is a fact); what has a `key` is
    written once."""

    kind: str
    at: dt.datetime
    office: str = ""
    subject: str = ""
    phase: str = ""
    key: str | None = None
    facts: Mapping[str, Known] = msgspec.field(default_factory=dict)
    content: Content | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal. `at` is UTC; `facts` hold scalars and short lists, never a name or a text."""

    seq: int
    at: dt.datetime
    kind: str
    office: str
    subject: str
    phase: str
    key: str | None
    facts: Facts
    object: str | None
    commitment: str | None
    prev: str
    hash: str


class Line(NamedTuple):
    """An entry as it is stored: time and facts as text, in the order of the table's columns."""

    seq: int
    at: str
    kind: str
    office: str
    subject: str
    phase: str
    key: str | None
    facts: str
    object: str | None
    commitment: str | None
    prev: str
    hash: str

    def entry(self) -> Entry:
        """The line as read. Raises ValueError if time or facts are not what the ledger writes."""
        fields = self._asdict()
        return Entry(**{**fields, "at": dt.datetime.fromisoformat(self.at), "facts": json.loads(self.facts)})


def entry_of(row: Sequence[Any]) -> Entry:
    """A row of the journal, its columns in the order of `Line`. Raises LedgerError if the ledger cannot have written it."""
    try:
        return Line(*row).entry()
    except (ValueError, TypeError):
        raise LedgerError("ledger.entry", seq=row[0] if isinstance(row[0], int) else 0) from None


class Damage(msgspec.Struct, frozen=True):
    """Something a check found: where (entry number or id of an object or person), and a message of the catalogue."""

    key: str
    seq: int | None = None
    object: str | None = None
    facts: Mapping[str, Fact] = msgspec.field(default_factory=dict)

    def text(self, language: str) -> str:
        """What is damaged, as a sentence."""
        return Language(language).say(self.key, **{"seq": self.seq, "object": self.object, **self.facts})


def stamp(at: dt.datetime) -> str:
    """`at` as the journal writes it: UTC, ISO 8601, microseconds; sorts as text. Raises ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time in the ledger carries its zone")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
