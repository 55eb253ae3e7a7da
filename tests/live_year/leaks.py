"""Whether anything that people wrote lies in the files of a server: as it is, and in the forms in which programs hide text.

Every file is searched byte by byte for the canaries in each encoding. Every text of every SQLite database is read besides, what is
packed into it in base64 (pictures, states) unpacked, and searched for the canaries and for every sentence that was submitted.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote_plus

SHORTEST = 30
"""A sentence of fewer characters may be the product's own by chance."""
PACKED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
SPACE = re.compile(r"\s+")


def forms(text: str) -> dict[str, bytes]:
    """A text as it may lie in a file: plain, in two bytes a character, escaped, packed."""
    found = {"as it is": text.encode()}
    found |= {name: text.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")}
    found["latin"] = text.encode("cp1252", "ignore")
    found["JSON"] = json.dumps(text)[1:-1].encode()
    found["percent"], found["form"] = quote(text).encode(), quote_plus(text).encode()
    found["HTML"] = html.escape(text).encode("ascii", "xmlcharrefreplace")
    found["hexadecimal"] = text.encode().hex().encode()
    for shift in range(3):
        found[f"base64 {shift}"] = _packed(text.encode(), shift)
        found[f"base64url {shift}"] = _packed(text.encode(), shift).translate(bytes.maketrans(b"+/", b"-_"))
    return found


def _packed(data: bytes, shift: int) -> bytes:
    """The part of the base64 of data that is the same whatever stands around it, where it begins `shift` bytes after a third."""
    whole = base64.b64encode(b"\0" * shift + data)
    first = -(-shift * 8 // 6)
    return whole[first : (shift + len(data)) * 8 // 6]


@dataclass
class Search:
    """What is searched for: `marks` in every file and text, and each of `sentences` in every text."""

    marks: tuple[str, ...]
    sentences: frozenset[str] = frozenset()
    found: list[str] = field(default_factory=list)
    size: int = 0
    files: int = 0
    texts: int = 0

    def __post_init__(self) -> None:
        self._forms = [(mark, form, data) for mark in self.marks for form, data in set_of(mark)]
        self._begins: dict[str, list[str]] = {}
        for sentence in self.sentences:
            self._begins.setdefault(sentence[:SHORTEST], []).append(sentence)

    def folder(self, place: Path) -> None:
        """Every file below a folder, and its name."""
        for path in sorted(place.rglob("*")):
            where = path.relative_to(place).as_posix()
            self._marked(where.encode(), f"name of {where}")
            if path.is_file() and not path.is_symlink():
                self.file(path, where)

    def file(self, path: Path, where: str) -> None:
        """A file's bytes, and its texts if it is a database."""
        data = path.read_bytes()
        self.files, self.size = self.files + 1, self.size + len(data)
        self._marked(data, where)
        if data.startswith(b"SQLite format 3\0"):
            for text in set(texts_of(path)):
                self.text(text, where)
        elif len(data) < 5 << 20:
            self.text(data.decode("utf-8", "replace"), where)

    def text(self, text: str, where: str) -> None:
        """A text, and what is packed in it."""
        for each in unpacked(text):
            self.texts += 1
            self._marked(each.encode("utf-8", "replace"), f"text in {where}")
            self._said(SPACE.sub(" ", each), where)

    def _marked(self, data: bytes, where: str) -> None:
        self.found += [f"{mark!r} ({form}) in {where}" for mark, form, sought in self._forms if sought in data]

    def _said(self, text: str, where: str) -> None:
        begins = self._begins
        if not begins:
            return
        for start in range(len(text) - SHORTEST + 1):
            for sentence in begins.get(text[start : start + SHORTEST], ()):
                if text.startswith(sentence, start):
                    self.found.append(f"{sentence[:60]!r} in {where}: …{text[max(0, start - 60) : start]!r}")


def set_of(mark: str) -> list[tuple[str, bytes]]:
    """The forms of a mark, each once."""
    return [(form, data) for data, form in {data: form for form, data in forms(mark).items()}.items()]


def texts_of(database: Path) -> Iterator[str]:
    """Every value of every table of a database."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        connection.text_factory = bytes
        tables = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (value.decode("utf-8", "replace") for value in row if isinstance(value, bytes))


def unpacked(text: str, depth: int = 3) -> Iterator[str]:
    """A text with its escapes read, and what is packed in it, again and again."""
    yield text
    yield from {_unescaped(text), html.unescape(text), unquote_plus(text)} - {text}
    if depth:
        for part in PACKED.findall(text):
            for inner in _opened(part):
                yield from unpacked(inner, depth - 1)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text).replace("\\n", " ")


def _opened(part: str) -> Iterator[str]:
    """What lies in base64, packed once more perhaps."""
    try:
        data = base64.b64decode(part.replace("-", "+").replace("_", "/") + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return
    for opened in (data, *_decompressed(data)):
        try:
            yield opened.decode("utf-8")
        except UnicodeDecodeError:
            continue


def _decompressed(data: bytes) -> Iterator[bytes]:
    for way in (gzip.decompress, zlib.decompress):
        try:
            yield way(data)
        except (OSError, EOFError, zlib.error):
            continue


def sentences_of(texts: Iterable[str]) -> frozenset[str]:
    """Every sentence of texts, its spaces made one, if it is long enough to be told from the product's own."""
    found: set[str] = set()
    for text in texts:
        for sentence in re.split(r"(?<=[.!?;:])\s+|\n", text):
            plain = SPACE.sub(" ", sentence).strip()
            if len(plain) >= SHORTEST:
                found.add(plain)
    return frozenset(found)
