"""What was read from a paper: its paragraphs, tables, attachments, and what a person should know about the reading.

A reading is stored in the ledger as JSON (`to_json`), so fields are only ever added, with a default. `reason`, `notices` and the
parts' reasons are keys of the message catalogue below `intake.reason.` and `intake.notice.`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

Status = Literal["read", "empty", "unreadable"]

Reason = Literal[
    "bomb",  # unpacks to far more than its size suggests
    "damaged",  # truncated, garbage, or nothing its own format allows
    "empty",  # nothing in it
    "memory",  # reading needed more memory than allowed
    "nested",  # too many levels or too many parts
    "no_ocr",  # a picture of text, and no text recognition here
    "no_text",  # pictures, and no text could be recognised in them
    "output",  # more text than a paper can have
    "password",  # encrypted or protected
    "time",  # reading took longer than allowed
    "type",  # a kind of file that carries no text for us
    "unsafe",  # refers to other files or defines entities of its own
]

Notice = Literal[
    "comments",  # margin comments stand at the end of the text
    "encoding",  # some characters could not be decoded
    "hidden",  # hidden text was left out: nobody who opens the paper sees it
    "links",  # refers to content elsewhere, which was not loaded
    "little_text",  # surprisingly little text for its size
    "macros",  # carries macros or scripts, which were not run
    "mismatch",  # the name says one format, the content another
    "ocr",  # text recognised from a picture: check it
    "pages_not_read",  # some pages are pictures and were not recognised
    "tracked_changes",  # read as if all changes were accepted
]

Automatic = Literal[
    "",
    "bulk",  # sent to many at once by a program
    "reply",  # sent by a program in somebody's absence
    "report",  # about the delivery of another mail
]


@dataclass(frozen=True, slots=True)
class Mail:
    """What the head of a mail claims, each item bounded and on one line; nothing of it is proved.

    `name` and `address` are the sender's ("" where there is none that can be understood), `sent` is ISO 8601 in UTC or "".
    `automatic` says which kind of program wrote it; "" for a person's mail.
    """

    name: str = ""
    address: str = ""
    subject: str = ""
    sent: str = ""
    message_id: str = ""
    automatic: Automatic = ""


@dataclass(frozen=True, slots=True)
class HeadField:
    """A label at the beginning of a paper with what follows it, such as "von" and "Beisitz 3".

    The field begins at `begins` in paragraph number `paragraph`, its value at `at` and ends at `ends`; `value` is at most the
    first 200 characters of that. Who sends a paper is seldom longer, and what is longer is text.
    """

    label: str
    value: str
    paragraph: int
    begins: int
    at: int
    ends: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, NFC, on one line, never empty. `part` 0 is the paper itself, 1.. its attachments; `page` counts from 1."""

    text: str
    part: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or table: every cell as text (dates ISO 8601, whole numbers without ".0")."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    part: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The paper (index 0) or one of its attachments; `form` is recognised by content, `name` is data, never a path."""

    name: str
    form: str
    status: Status
    reason: Reason | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a paper says. `status` is "read" as soon as any part gave text or a table.

    `head` are the labelled lines before the text, `mail` is what the head of a mail claims. Readings of version 1 have neither:
    their `head` is None, and what a mail claimed stands in `headers` as it was written.
    """

    status: Status
    form: str
    reason: Reason | Literal[""] = ""
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    parts: tuple[Part, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    head: tuple[HeadField, ...] | None = None
    mail: Mail | None = None

    def to_json(self) -> str:
        """The reading as one line of JSON, the same for the same reading."""
        return msgspec.json.encode(self, order="deterministic").decode()

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """The reading that `to_json` wrote. Raises msgspec.DecodeError if `text` is something else."""
        return msgspec.json.decode(text, type=cls)
