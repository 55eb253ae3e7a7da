"""What the ledger keeps: entries of the journal, contents, and the damage a check may find.

An entry's hash is SHA-256 over the canonical JSON of all its other fields, the hash of the entry before it among them.
A commitment is SHA-256 over salt, kind, media type and bytes of a content: with the salt gone, no guess can be tested.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Required, TypedDict

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

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters and surrogates

LONGEST_TEXT = 200
LONGEST_LIST = 100
CLOCK_TOLERANCE = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to be kept with an entry: `kind` says what they are ("original", "extract"), `media` how to read them."""

    kind: str
    media: str
    data: bytes = field(repr=False)


class Fields(TypedDict, total=False):
    """What an entry may say beside its kind, as keywords of `append`; the attributes of `Draft` explain them."""

    at: Required[dt.datetime]
    office: str
    subject: str
    phase: str
    key: str | None
    facts: Mapping[str, Known]
    content: Content | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be written. `at` is the time of writing (when something was sent or received is a fact); what has a `key` is
    written once."""

    kind: str
    at: dt.datetime
    office: str = ""
    subject: str = ""
    phase: str = ""
    key: str | None = None
    facts: Mapping[str, Known] = field(default_factory=dict)
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Entry:
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

    def sealed(self) -> Line:
        """The same line with the hash that belongs to it. Raises ValueError if it holds what JSON cannot say."""
        fields = self._asdict()
        del fields["hash"]
        return self._replace(hash=hashlib.sha256(canonical(fields).encode()).hexdigest())

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


@dataclass(frozen=True, slots=True)
class Damage:
    """Something a check found: where (entry number or id of an object or person), and a message of the catalogue."""

    key: str
    seq: int | None = None
    object: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """What is damaged, as a sentence."""
        return Language(language).say(self.key, **{"seq": self.seq, "object": self.object, **self.facts})


def canonical(value: object) -> str:
    """JSON with sorted names, no spaces, no NaN: equal values, equal text."""
    return _CANONICAL.encode(value)


def commit(salt: bytes, content: Content) -> str:
    """The commitment to `content`: SHA-256(salt ‖ kind ‖ 0 ‖ media ‖ 0 ‖ data), hexadecimal."""
    return hashlib.sha256(b"\0".join((salt + content.kind.encode(), content.media.encode(), content.data))).hexdigest()


def stamp(at: dt.datetime) -> str:
    """`at` as the journal writes it: UTC, ISO 8601, microseconds; sorts as text. Raises ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time in the ledger carries its zone")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def checked_name(field_name: str, value: str) -> str:
    """`value` if it can be an id, office or key. Raises LedgerError for a long text, control characters, surrogates."""
    if not _is_short(value):
        raise LedgerError("ledger.fact", field=field_name)
    return value


def checked_facts(facts: Mapping[str, Known]) -> str:
    """`facts` as canonical JSON. Raises LedgerError for anything but scalars and short lists: texts are contents."""
    for name, fact in facts.items():
        checked_name("facts", name)
        items = fact if isinstance(fact, list | tuple) else (fact,)
        if len(items) > LONGEST_LIST or not all(_is_scalar(item) for item in items):
            raise LedgerError("ledger.fact", field=name)
    return canonical(facts)


def _is_scalar(item: object) -> bool:
    if isinstance(item, str):
        return _is_short(item)
    if isinstance(item, float):
        return item == item and abs(item) != float("inf")
    return item is None or isinstance(item, int)


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and _UNFIT.search(text) is None
