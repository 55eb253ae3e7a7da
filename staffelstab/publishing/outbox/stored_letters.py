"""A drafted letter as it lies in the outbox, read back from its file: subject, from and to whom, text, attachments.

We wrote the file; a person may have changed it since. What cannot be understood is left out, never an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from staffelstab.documents.rendering.characters import harmless, line
from staffelstab.files import read_inside

LARGEST = 150_000_000
"""So many bytes a letter with its enclosures may have."""
HEAD = 100_000
"""So many bytes are looked at for the headers: hundreds of recipients have room."""
MOST_PARTS = 100
ODD = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the standard library's mail reader raises for headers and parts that nobody writes on purpose."""

_FOLDED = re.compile(rb"\?=\r?\n[ \t]+=\?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a letter: names of offices, as the draft has them."""

    subject: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter whole."""

    heading: Heading
    text: str
    enclosures: tuple[Enclosure, ...]


def heading_of(path: Path) -> Heading | None:
    """The heading of the letter in an ordinary file; None if it cannot be read."""
    head = _first_bytes(path)
    return None if head is None else _heading(head)


def letter_in(path: Path) -> StoredLetter | None:
    """The letter in an ordinary file; None if it cannot be read."""
    data = read_inside(path.parent, path.name, LARGEST)
    return None if data is None else letter_of(data)


def letter_of(data: bytes) -> StoredLetter:
    """The letter in these bytes."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text, enclosures = _text(message), _enclosures(message)
    except ODD:
        text, enclosures = harmless(data[:HEAD].decode("utf-8", "replace")), ()
    return StoredLetter(_heading(data[:HEAD]), text, enclosures)


def _first_bytes(path: Path) -> bytes | None:
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return None


def _heading(head: bytes) -> Heading:
    """The heading in a letter's first bytes. What is encoded in several words is one again first (RFC 2047, 6.2): the standard
    library leaves the blanks between them in names."""
    try:
        message = BytesHeaderParser(policy=policy.default).parsebytes(_FOLDED.sub(b"?==?", head))
        sender, to = (_names(message, name) for name in ("from", "to"))
        return Heading(line(str(message["subject"] or "")), ", ".join(sender), to)
    except ODD:
        return Heading()


def _names(message: EmailMessage, header: str) -> tuple[str, ...]:
    """Whom a header names: groups by their name, whatever else a person has put in as it stands."""
    named = []
    for value in message.get_all(header, []):
        for group in getattr(value, "groups", ()):
            named += [group.display_name] if group.display_name else [str(address) for address in group.addresses]
    return tuple(line(str(name)) for name in named if name)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return harmless(str(body.get_content())) if body else ""


def _enclosures(message: EmailMessage) -> tuple[Enclosure, ...]:
    found = []
    for part in list(message.iter_attachments())[:MOST_PARTS]:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            found.append(Enclosure(line(part.get_filename() or "") or "-", content))
    return tuple(found)
