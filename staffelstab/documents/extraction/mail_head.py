"""The head of a mail: who claims to send it, when, and whether a program wrote it. Runs in the worker process.

Everything is cut before it is looked at, and looked at once from left to right: however long a header is or however deep its
brackets lie, it costs the same. `email.utils.parseaddr` is not used: it calls itself for every bracket.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

from staffelstab.documents.extraction.extracted_text import Automatic, Mail
from staffelstab.documents.extraction.normalise import one_line

LONGEST = 998
"""Characters of a header that are looked at: a line of a mail has no more (RFC 5322)."""

NAME, _ADDRESS, SUBJECT, ID, _DATE = 120, 254, 200, 250, 80
_IN_ANGLES = re.compile(r"<([^<>]{0,400})>\s*$")
_BARE = re.compile(r"[^\s<>()\",;:@]{1,64}@[^\s<>()\",;:@]{1,255}")
_COMMENT = re.compile(r"\(([^()]{0,200})\)")
_YEARS = range(1900, 3000)
_MAILERS = frozenset({"mailer-daemon", "postmaster"})
_NOT_BY_A_PROGRAM = frozenset({"", "no"})
_BULK = frozenset({"bulk", "junk", "auto_reply"})
_ANSWERED = ("x-autoreply", "x-autorespond", "x-auto-reply")


def mail_head(headers: Mapping[str, str], kind: str = "") -> Mail:
    """What a head claims. `headers` are undecoded, by their names in lower case; `kind` is the type of the mail's content."""
    name, address = sender(headers.get("from", ""))
    return Mail(
        name,
        address,
        decoded(headers.get("subject", ""))[:SUBJECT],
        sent(headers.get("date", "")),
        one_line(headers.get("message-id", "")[:ID]),
        automatic(headers, address, kind),
    )


def sender(header: str) -> tuple[str, str]:
    """Name and address in a "From"; "" for what is not there. What is decoded is never taken for an address."""
    text = " ".join(header[:LONGEST].split())
    if found := _IN_ANGLES.search(text):
        return _name(text[: found.start()]), _address(found[1])
    if bare := _BARE.search(text):
        comment = _COMMENT.search(text, bare.end())
        return _name(comment[1] if comment else ""), _address(bare[0])
    return _name(text), ""


def decoded(header: str) -> str:
    """A header's text on one line: encoded words (RFC 2047) decoded as far as they can be."""
    text = header[:LONGEST]
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(make_header(decode_header(text)))
    return one_line(text)


def sent(date: str) -> str:
    """A "Date" in UTC, ISO 8601; "" for none that can be understood. A date without a zone is taken as UTC."""
    try:
        moment = parsedate_to_datetime(date[:_DATE])
        moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment.isoformat() if moment.year in _YEARS else ""


def automatic(headers: Mapping[str, str], address: str = "", kind: str = "") -> Automatic:
    """Whether a program wrote the mail, by RFC 3834 and by what is in use beside it."""
    said = {name: value[:LONGEST].strip().lower() for name, value in headers.items()}
    return next((found for found, is_so in _SIGNS if is_so(said, address, kind.lower())), "")


_SIGNS: tuple[tuple[Automatic, Callable[[Mapping[str, str], str, str], bool]], ...] = (
    (
        "report",
        lambda _, address, kind: kind == "multipart/report" or address.partition("@")[0].lower() in _MAILERS,
    ),
    (
        "reply",
        lambda said, *_: (
            said.get("auto-submitted", "").partition(";")[0].strip() not in _NOT_BY_A_PROGRAM
            or any(said.get(name, "") not in _NOT_BY_A_PROGRAM for name in _ANSWERED)
            or said.get("precedence") == "auto_reply"
        ),
    ),
    ("report", lambda said, *_: said.get("return-path", "").replace(" ", "") == "<>"),
    ("bulk", lambda said, *_: said.get("precedence") in _BULK),
)


def _name(written: str) -> str:
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return decoded(text)[:NAME]


def _address(written: str) -> str:
    found = _BARE.fullmatch(written.strip())
    return one_line(found[0])[:_ADDRESS].lower() if found else ""
