"""Plain text in whatever encoding, and tables as CSV."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from staffelstab.documents.extraction.normalise import one_line, paragraphs
from staffelstab.documents.extraction.worker_answer import Content, Rows, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GERMAN = frozenset("äöüÄÖÜß„“”‚‘’–—…€§éèàâáôç°²½•«»")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_OLD = ("cp1252", "cp850", "mac_roman", "iso8859_15")


def read_text(content: bytes) -> Content:
    """Paragraphs of a text file. Raises Unreadable("type") if it is no text."""
    text, sure = decode(content)
    return Content(tuple((line, None) for line in paragraphs(text)), notices=() if sure else ("encoding",))


def read_csv(content: bytes) -> Content:
    """One table, its separator found by trying; each row is a paragraph too."""
    text, sure = decode(content)
    rows = _rows(text)
    tables = (("", rows),) if rows else ()
    return Content(in_rows(rows), tables, notices=() if sure else ("encoding",))


def full_rows(rows: Iterable[Iterable[str]]) -> Rows:
    """The rows up to the last that is not empty; empty ones between stay, for rows are called by their number."""
    found = [tuple(map(one_line, row)) for row in rows]
    while found and not any(found[-1]):
        found.pop()
    return tuple(found)


def in_rows(rows: Rows) -> tuple[tuple[str, None], ...]:
    """Each row as one paragraph, so that a sheet sent as a paper is read like one."""
    lines = (" | ".join(filter(None, map(one_line, row))) for row in rows)
    return tuple((line, None) for line in lines if line)


def decode(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is beyond doubt. Raises Unreadable("type") for what is no text."""
    text, sure = _decoded(content)
    if _is_binary(text):
        raise Unreadable("type")
    return text, sure


def plain_text(content: bytes, most: int) -> str | None:
    """The text of a file of at most so many bytes whose encoding shows; None for anything that would have to be guessed at.

    Only decoders of the language itself look at the bytes, in time that grows with them: this may be called outside of a worker.
    """
    if len(content) > most or (found := _evident(content)) is None:
        return None
    text, sure = found
    return text if sure and not _is_binary(text) else None


def _decoded(content: bytes) -> tuple[str, bool]:
    return _evident(content) or _guessed(content)


def _evident(content: bytes) -> tuple[str, bool] | None:
    """The text where a mark, its form or its letters show the encoding, and whether all of it is whole."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = content.decode(encoding, "replace")
            return text, "\ufffd" not in text
    if wide := _wide(content):
        return content.decode(wide, "replace"), True
    try:
        return content.decode("utf-8"), True
    except UnicodeDecodeError:
        likely = max(_OLD, key=lambda encoding: _likelihood(content, encoding))
        return (content.decode(likely), True) if _likelihood(content, likely) > 0.8 else None


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    head = content[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _guessed(content: bytes) -> tuple[str, bool]:
    if _broken_utf8(content):
        return content.decode("utf-8", "replace"), False
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    return (str(best), False) if best is not None else (content.decode("cp1252", "replace"), False)


def _likelihood(content: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that German text uses."""
    try:
        found = Counter(_NOT_ASCII.findall(content.decode(encoding)))
    except UnicodeDecodeError:
        return 0.0
    return sum(found[char] for char in _GERMAN) / found.total() if found else 0.0


def _broken_utf8(content: bytes) -> bool:
    """UTF-8 with a few damaged places: far more letters decode than fail."""
    text = content.decode("utf-8", "replace")
    return text.count("\ufffd") * 4 < len(_NOT_ASCII.findall(text))


def _is_binary(text: str) -> bool:
    counted = Counter(text)
    odd = (
        char for char in counted if unicodedata.category(char) in ("Cc", "Cn", "Co") and char not in "\t\n\r\f\v\x1a"
    )
    return sum(counted[char] for char in odd) * 100 > len(text)


def _rows(text: str) -> Rows:
    head = text[:8192]
    separator = max(";\t,|", key=lambda mark: head.count(mark))
    csv.field_size_limit(1 << 24)
    try:
        return full_rows(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=separator))
    except csv.Error:
        raise Unreadable("damaged") from None
