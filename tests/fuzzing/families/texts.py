"""Papers: Word, OpenDocument, RTF, HTML, Markdown, plain text and PDF."""

from __future__ import annotations

import random
import re

from tests.fuzzing.bases import Bases, Sample
from tests.fuzzing.changes import NUMBERS, ODD_TEXTS, bytes_changed, encoded, text_changed
from tests.fuzzing.zips import archive_changed, markup_changed

_ARCHIVES = ("docx", "odt", "epub")
_NAMES = (
    "a.txt",
    "a.docx",
    "a.pdf",
    "a.html",
    "a.rtf",
    "a.odt",
    "a.md",
    "a.doc",
    "a.jpg",
    "x",
    ".txt",
    "a." + "b" * 300,
)
_RTF = (
    "{\\v ", "\\bin999999999 ", "\\u-1?", "\\'zz", "\\ansicpg99999 ", "{" * 5000, "}" * 50, "{\\*\\objdata 0105",
    "{\\pict ", "\\fonttbl", "\\deff-1\\f99999999 ", "\\uc99999 ", "\\trowd\\cellx-99999999999\\cell\\row ",
    "{\\deleted ", "\\par" * 3000,
)  # fmt: skip
_PDF = (
    "/Length 99999999999", "/Length -1", "/Kids[2 0 R]", "/Count 999999999", "/Filter/FlateDecode",
    "/Filter[/ASCIIHexDecode/LZWDecode]", "/MediaBox[0 0 1e30 -1]", "/Parent 2 0 R/Kids[3 0 R 3 0 R]", "1 0 R",
    "<<" * 3000, "[" * 3000, "(" * 3000, "/Encrypt 3 0 R", "/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
    "/Type/XObject", "/Prev 0", "/ObjStm", "/Rotate 1", "3 Tr ", "1e30 Tf ", "BT " * 900,
)  # fmt: skip


def made(chance: random.Random, bases: Bases) -> Sample:
    """A paper that was changed."""
    sample = bases.one(
        chance, "docx", "docx", "odt", "rtf", "html", "md", "txt", "txt", "pdf", "pdf", "epub", "doc", "unknown", "png"
    )
    return Sample(chance.choice((sample.name, sample.name, *_NAMES)), sample.form, _changed(chance, sample))


def _changed(chance: random.Random, sample: Sample) -> bytes:
    if chance.random() < 0.15:
        return bytes_changed(chance, sample.data)
    if sample.form in _ARCHIVES:
        return archive_changed(chance, sample.data)
    if sample.form == "html":
        return markup_changed(chance, sample.data)
    if sample.form == "rtf":
        return _tokens(chance, sample.data, _RTF, rb"\\[a-z]+-?\d*|[{}]")
    if sample.form == "pdf":
        return _tokens(chance, sample.data, _PDF, rb"/[A-Za-z]+(?:[ \d.]+)?|\d+ 0 R|\d+|<<|>>|T[jfd]")
    if sample.form in ("txt", "md"):
        return encoded(chance, text_changed(chance, sample.data.decode("utf-8", "replace")))
    return bytes_changed(chance, sample.data)


def _tokens(chance: random.Random, data: bytes, pieces: tuple[str, ...], token: bytes) -> bytes:
    """Words of the format's own language replaced, repeated or put in."""
    for _ in range(chance.randint(1, 6)):
        found = list(re.finditer(token, data[:300_000]))
        if not found:
            return bytes_changed(chance, data)
        match = chance.choice(found)
        piece = (
            chance.choice(pieces).encode() if chance.random() < 0.8 else chance.choice((*ODD_TEXTS, *NUMBERS)).encode()
        )
        start = chance.choice((match.start(), match.end()))
        data = data[:start] + piece + data[match.end() :]
    return data[:3_000_000]
