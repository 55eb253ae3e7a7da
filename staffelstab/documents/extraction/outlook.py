"""Outlook's .msg files ([MS-OXMSG]): an OLE storage whose streams are named after property numbers."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import olefile  # type: ignore[import-untyped]  # it ships no types

from staffelstab.documents.extraction.eml import Letter, is_decoration
from staffelstab.documents.extraction.extracted_text import Mail
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.mail_head import ID, LONGEST, NAME, SUBJECT, mail_head
from staffelstab.documents.extraction.normalise import one_line
from staffelstab.documents.extraction.worker_answer import Content, Unreadable

_STREAM = "__substg1.0_"
_SUBJECT, _SENDER, _ADDRESS, _SMTP, _CLASS = "0037", "0C1A", "0C1F", "5D01", "001A"
_BODY, _HTML, _MESSAGE_ID, _HEADERS = "1000", "1013", "1035", "007D"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_CONTENT_ID = "3712"
_SENT, _DELIVERED, _CODEPAGE = 0x00390040, 0x0E060040, 0x3FFD0003
_REPLIED = "auto-replied"
_TRANSPORT = 64_000  # characters of the head under which a mail was transported
_CLASSES = (("report.", "multipart/report"), ("ipm.note.rules.oof", _REPLIED), ("ipm.note.rules.reply", _REPLIED))
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_BROKEN = (OSError, struct.error, IndexError, ValueError, KeyError, TypeError)  # what olefile raises on damaged files


def read_outlook(content: bytes, limits: Limits) -> Content:
    """Head, body and attachments. Raises Unreadable("damaged" or "nested")."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return _letter(ole, "", limits.depth).content()
    except _BROKEN:
        raise Unreadable("damaged") from None


def _letter(ole: olefile.OleFileIO, at: str, depth: int) -> Letter:
    if depth < 0:
        raise Unreadable("nested")
    properties = _Properties(ole, at, 24 if at else 32)
    return Letter(
        _head(properties),
        properties.text(_BODY),
        properties.data(_HTML),
        tuple(_attachments(ole, at, depth, properties.data(_HTML))),
    )


def _head(properties: _Properties) -> Mail:
    """What the properties say, and of the transport's head what tells a program's mail."""
    address = properties.text(_SMTP) or properties.text(_ADDRESS)
    moment = properties.moment(_SENT) or properties.moment(_DELIVERED)
    kind = next((sign for start, sign in _CLASSES if properties.text(_CLASS).lower().startswith(start)), "")
    transport = _transport(properties.text(_HEADERS))
    if kind == _REPLIED:
        transport["auto-submitted"] = kind
    head = mail_head({**transport, "from": f"<{address[:LONGEST]}>"}, kind or transport.get("content-type", ""))
    return replace(
        head,
        name=one_line(properties.text(_SENDER)[:LONGEST])[:NAME],
        subject=one_line(properties.text(_SUBJECT)[:LONGEST])[:SUBJECT],
        sent=moment.isoformat() if moment else "",
        message_id=one_line(properties.text(_MESSAGE_ID)[:ID]),
    )


def _transport(text: str) -> dict[str, str]:
    """The lines of a head by their names; what a line is continued with is left out."""
    lines = (line.partition(":") for line in text[:_TRANSPORT].splitlines() if line[:1] not in ("", " ", "\t"))
    return {name.strip().lower(): value.partition(";")[0].strip() for name, _, value in lines}


def _attachments(ole: olefile.OleFileIO, at: str, depth: int, html: bytes) -> Iterator[tuple[str, bytes]]:
    level = at.count("/") + 1 if at else 0
    entries = ole.listdir(streams=False, storages=True)
    for entry in sorted(entries):
        path = "/".join(entry)
        if (
            len(entry) != level + 1
            or not path.startswith(f"{at}/" if at else "")
            or not entry[-1].startswith("__attach_")
        ):
            continue
        properties = _Properties(ole, path, 8)
        name = one_line(properties.text(_LONG_NAME) or properties.text(_SHORT_NAME))
        inner = f"{path}/{_STREAM}{_DATA}000D"
        if ole.exists(inner):
            yield name or "nachricht.eml", _as_mail(_letter(ole, inner, depth - 1))
        elif not is_decoration(name, data := properties.data(_DATA), properties.text(_CONTENT_ID), html):
            yield name, data


def _as_mail(letter: Letter) -> bytes:
    """A mail inside a mail, written as RFC 5322 so that it is read like any other."""
    message = MIMEMultipart()
    for name, value in (("From", letter.head.name), ("Subject", letter.head.subject)):
        _add(message, name, value)
    if letter.plain.strip():
        message.attach(MIMEText(letter.plain.encode("utf-8", "replace").decode(), "plain", "utf-8"))
    elif letter.html:
        message.attach(MIMEText(letter.html.decode("utf-8", "replace"), "html", "utf-8"))
    for name, content in letter.attachments:
        part = MIMEApplication(content)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name or "anhang"))
        message.attach(part)
    return message.as_bytes()


def _add(message: Message, name: str, value: str) -> None:
    if value:
        message[name] = Header(value, "utf-8", errors="replace").encode()


class _Properties:
    """The properties of one storage: texts and bytes in streams of their own, numbers and times in one table."""

    def __init__(self, ole: olefile.OleFileIO, at: str, head: int) -> None:
        self._ole, self._prefix = ole, f"{at}/" if at else ""
        table = self._stream("__properties_version1.0")[head:]
        self._fixed = {
            struct.unpack_from("<I", table, place)[0]: table[place + 8 : place + 16]
            for place in range(0, len(table) - 15, 16)
        }

    def text(self, number: str) -> str:
        if wide := self._stream(f"{_STREAM}{number}001F"):
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return self._stream(f"{_STREAM}{number}001E").decode(self._codepage(), "replace").rstrip("\0")

    def data(self, number: str) -> bytes:
        return self._stream(f"{_STREAM}{number}0102")

    def moment(self, tag: int) -> dt.datetime | None:
        ticks = int.from_bytes(self._fixed.get(tag, b""), "little")
        if not 0 < ticks < 10**18:
            return None
        return _EPOCH + dt.timedelta(microseconds=ticks // 10)

    def _codepage(self) -> str:
        number = int.from_bytes(self._fixed.get(_CODEPAGE, b"")[:4], "little")
        try:
            "".encode(f"cp{number}")
        except LookupError:
            return "utf-8" if number == 65001 else "cp1252"
        return f"cp{number}"

    def _stream(self, name: str) -> bytes:
        path = self._prefix + name
        return bytes(self._ole.openstream(path).read()) if self._ole.exists(path) else b""
