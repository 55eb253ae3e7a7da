"""A letter as a mail to be looked at: an .eml draft, byte-identical, from and to offices, with no way to smuggle in a header.

Addresses are not known here, so From and To are empty groups named after offices (RFC 5322, 3.4; RFC 6854 for From).
`X-Unsent` lets mail programs open the file as a draft.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import PurePosixPath
from unicodedata import normalize

from staffelstab.documents.rendering.characters import harmless
from staffelstab.errors import RenderError
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.letter_names import letter_file, safe
from staffelstab.timetable.plan.actors import name_of, office_at
from staffelstab.timetable.plan.model import Plan

LONGEST, SHORT = 900, 60
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=^_`{|}~ -]+")


def as_eml(letter: Letter, plan: Plan, stamp: dt.datetime, files: Mapping[str, bytes] | None = None) -> bytes:
    """The letter as a mail dated `stamp` (zone-aware), with those attachments whose bytes are in `files`.

    Raises RenderError if the subject or a name holds a line break or control character: that is never a slip of the pen.
    """
    if stamp.tzinfo is None:
        raise RenderError("outbox.error.naive_stamp")
    message = EmailMessage(policy=policy.SMTP)
    message.set_content(letter.body, cte="8bit" if _short(letter.body) else "quoted-printable")
    _attach(message, letter, files or {})
    return _headers(letter, plan, stamp) + message.as_bytes()


def file_name(letter: Letter) -> str:
    """What the letter's file is called."""
    return letter_file(letter.day, letter.key)


def _headers(letter: Letter, plan: Plan, stamp: dt.datetime) -> bytes:
    """The headers that are not about the content, written here: the library's folding encodes the syntax of long groups."""
    sender = _group(letter, name_of(plan, office_at(plan, letter.day)))
    headers = {
        "From": sender,
        "To": ",\r\n ".join(_group(letter, actor.name) for actor in letter.to) or "undisclosed-recipients: ;",
        "Subject": _encoded(_checked(letter, letter.subject)),
        "Date": format_datetime(stamp),
        "Message-ID": f"<{safe(letter.key)}@{safe(plan.id)}.staffelstab>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": plan.language,
        "X-Unsent": "1",
    }
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _group(letter: Letter, name: str) -> str:
    """An empty group: a plain name as it is, one with special characters quoted, any other encoded (RFC 2047, 5.3)."""
    text = _checked(letter, name)
    if _ATOMS.fullmatch(text) and len(text) <= SHORT:
        return f"{text}: ;"
    if text.isascii() and "=?" not in text and len(text) <= SHORT:
        return '"{}": ;'.format(text.replace("\\", "\\\\").replace('"', '\\"'))
    return f"{_encoded(text, always=True)} : ;"


def _encoded(text: str, always: bool = False) -> str:
    """Text as a header holds it: folded, and encoded as a whole if it is not ASCII, looks encoded or could not be folded."""
    plain = text.isascii() and "=?" not in text and all(len(word) <= SHORT for word in text.split())
    charset = "us-ascii" if plain and not always else "utf-8"
    return Header(text, charset, maxlinelen=66).encode(linesep="\r\n")


def _attach(message: EmailMessage, letter: Letter, files: Mapping[str, bytes]) -> None:
    for name in letter.attachments:
        if name in files:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            main, _, sub = kind.partition("/")
            message.add_attachment(files[name], maintype=main, subtype=sub, filename=PurePosixPath(name).name)
    if message.is_multipart():
        message.set_boundary(_boundary(letter, files))


def _boundary(letter: Letter, files: Mapping[str, bytes]) -> str:
    """A short plain word, so that the whole parameter stands on the header's one line and simple readers find it.

    It is drawn from everything the letter holds: no text can contain the line that would end its own part.
    """
    digest = hashlib.sha256(f"{letter.key}\n{letter.body}".encode())
    for name in letter.attachments:
        digest.update(hashlib.sha256(files.get(name, b"")).digest())
    return f"part-{digest.hexdigest()[:24]}"


def _checked(letter: Letter, text: str) -> str:
    if not text.strip() or harmless(text) != normalize("NFC", text) or "\n" in text:
        raise RenderError("outbox.error.header", letter=safe(letter.key))
    return text


def _short(text: str) -> bool:
    """Whether every line fits into a mail as it is (RFC 5322 allows 998 octets)."""
    return all(len(line.encode()) <= LONGEST for line in text.split("\n"))
