"""Mail: headers put in, encoded words and dates that are none, parts nested and mislabelled; Outlook messages by their bytes."""

from __future__ import annotations

import base64
import random
import re

from tests.fuzzing.bases import Bases, Sample
from tests.fuzzing.changes import CODINGS, DAYS, NUMBERS, ODD_TEXTS, bytes_changed, encoded

_HEADERS = (
    "From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "Content-Type",
    "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Auto-Submitted", "Precedence", "Return-Path",
    "Received", "List-Id", "X" * 900, "",
)  # fmt: skip
_TYPES = (
    "multipart/mixed", "multipart/mixed; boundary=b", "multipart/alternative; boundary=\"b\"",
    "multipart/digest; boundary=b", "message/rfc822", "message/partial; number=1; total=99999999999",
    "message/delivery-status", "text/html; charset=utf-7", "text/plain; charset=\"\0\"",
    "text/plain; charset*0*=utf-8''x; charset*1=y", "application/octet-stream; name*=x'y'%ff%00",
    "multipart/signed; boundary=" + "b" * 2000, "text/calendar; method=REQUEST",
    "application/ms-tnef; name=winmail.dat", "a/b/c;;;=",
)  # fmt: skip
_BODIES = ("7bit", "8bit", "base64", "quoted-printable", "uuencode", "x-uue", "binary", "BASE64 (x)", "\0")
_ADDRESSES = (
    "a@b", '"' * 300, "(" * 500 + "a@b", "<" * 300, "a@" + "[" * 200, "Beisitz 3 <b3@example.org>",
    ",".join(["a@b.de"] * 2000), "=?utf-8?b?" + "A" * 900 + "?=", "=?utf-8?q?=00=0d=0aBcc:_x?= <x@example.org>",
    "undisclosed:;", "@a,@b:c@d", "x@xn--\u00e4", "a\r\nBcc: b@c",
)  # fmt: skip


def made(chance: random.Random, bases: Bases) -> Sample:
    """A mail that was changed, as a file."""
    sample = bases.one(chance, "eml", "eml", "eml", "msg") if chance.random() < 0.8 else _wrapped(chance, bases)
    if sample.form == "msg":
        return Sample(sample.name, "msg", _outlook(chance, sample.data))
    data = sample.data
    for _ in range(chance.randint(1, 5)):
        data = chance.choice((_header, _header, _header_value, _boundary, _encoding, _nested, _line_ends))(chance, data)
    if chance.random() < 0.3:
        data = bytes_changed(chance, data, 4)
    return Sample(chance.choice((sample.name, "a.eml", "a.msg", "a.txt", "x")), "eml", data[:3_000_000])


def _wrapped(chance: random.Random, bases: Bases) -> Sample:
    """Something else in a mail."""
    inner = bases.any(chance)
    name = chance.choice((inner.name, *ODD_TEXTS[:8])).replace("\n", "").replace('"', "")
    body = base64.encodebytes(inner.data)
    head = (
        "From: Beisitz 3 <b3@example.org>\nSubject: Unser Beitrag\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\n\nVon: Birkenweg\n\nSiehe Anlage.\n--b\nContent-Transfer-Encoding: base64\nContent-Type: {chance.choice(_TYPES)}\n"
        f'Content-Disposition: attachment; filename="{name}"\n\n'
    )
    return Sample("a.eml", "eml", head.encode("utf-8", "surrogatepass") + body + b"\n--b--\n")


def _outlook(chance: random.Random, data: bytes) -> bytes:
    """Bytes, and texts in it exchanged for others of the same length, so that its tables still hold."""
    if chance.random() < 0.5:
        return bytes_changed(chance, data)
    changed = bytearray(data)
    found = list(re.finditer(rb"(?:[ -~]\0){6,}", data))
    for match in chance.choices(found, k=3) if found else ():
        text = chance.choice((*ODD_TEXTS, *_ADDRESSES)).encode("utf-16-le", "surrogatepass")
        piece = (text or b"x\0") * (len(match[0]) // max(1, len(text)) + 1)
        changed[match.start() : match.end()] = piece[: len(match[0])]
    return bytes(changed)


def _value(chance: random.Random, name: str = "") -> bytes:
    if name in ("From", "Sender", "Reply-To", "To", "Return-Path") and chance.random() < 0.7:
        return encoded(chance, chance.choice(_ADDRESSES))
    if name == "Content-Type":
        return encoded(chance, chance.choice(_TYPES))
    if name == "Content-Transfer-Encoding":
        return encoded(chance, chance.choice(_BODIES))
    if name == "Date" and chance.random() < 0.8:
        return encoded(
            chance, chance.choice((*DAYS, *NUMBERS, "Sun, 14 Jan 9999 23:58:00 +9999", "Mon, 1 Jan 0001 00:00 -0000"))
        )
    return encoded(chance, chance.choice((*ODD_TEXTS, *_ADDRESSES)))


def _header(chance: random.Random, data: bytes) -> bytes:
    """A header more, perhaps many times or folded over many lines."""
    name = chance.choice(_HEADERS)
    value = _value(chance, name)
    if chance.random() < 0.2:
        value = value + b"\n " * chance.choice((1, 3000)) + b"x"
    line = name.encode() + b": " + value + b"\n"
    at = chance.choice((0, data.find(b"\n") + 1, data.find(b"\n\n") + 1))
    return data[:at] + line * chance.choice((1, 1, 1, 2, 2000 if len(line) < 200 else 5)) + data[at:]


def _header_value(chance: random.Random, data: bytes) -> bytes:
    """The value of a header that is there, in any part."""
    found = list(re.finditer(rb"^([\w-]{2,40}):[ \t]*(.*)$", data[:100_000], re.MULTILINE))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start(2)] + _value(chance, match[1].decode().title()) + data[match.end(2) :]


def _boundary(chance: random.Random, data: bytes) -> bytes:
    """Boundaries left out, repeated, or closed at once."""
    found = list(re.finditer(rb"^--[^\r\n]{1,80}$", data[:200_000], re.MULTILINE))
    if not found:
        return data
    match = chance.choice(found)
    new = chance.choice((b"", match[0] + b"--", (match[0] + b"\n\n") * chance.choice((2, 800)), match[0][:-1]))
    return data[: match.start()] + new + data[match.end() :]


def _encoding(chance: random.Random, data: bytes) -> bytes:
    """The bytes declared as another encoding."""
    coding = chance.choice((*CODINGS, "utf-8", "x-unknown", "hex", "zlib", "idna", "undefined")).encode()
    return re.sub(rb"charset=[\"\w-]+", b"charset=" + coding, data, count=chance.choice((0, 1)))


def _nested(chance: random.Random, data: bytes) -> bytes:
    """The mail in mails in mails."""
    for n in range(chance.choice((1, 3, 60))):
        if len(data) > 1_000_000:
            break
        head = f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=n{n}\n\n--n{n}\nContent-Type: "
        data = head.encode() + chance.choice((b"message/rfc822", b"text/plain", b"multipart/mixed")) + b"\n\n" + data
        data += f"\n--n{n}--\n".encode()
    return data


def _line_ends(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r", b"\x0b", b"\n\n")), chance.choice((-1, 1, 20)))
