"""Normalising text: one paragraph per line, NFC, no invisible characters."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

_SPACES = dict.fromkeys((0x09, 0xA0, 0x202F, *range(0x2000, 0x200B), 0x205F, 0x3000), " ")
_INVISIBLE = (0xAD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = (*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0))
_BREAKS: dict[int, str] = {0x0B: "\n", 0x85: "\n", 0x2028: "\n", 0x0C: "\n\n", 0x2029: "\n\n"}
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF02D), "•")  # Word's and PDF's private-use glyphs
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **_SPACES,
    **_BREAKS,
    **_BULLETS,
}
_SPECIAL = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]+")

_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n[ \t]*")  # shown only where a word is divided

_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ITEM = re.compile(r"(?:[*#•‣◦▪–—+-]{1,5}|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_HEADING = re.compile(r"(?:h[1-6]\.|#{1,6}|={1,6})\s")
_ROW = re.compile(r"\|")
_NAMED = re.compile(r"[^\W\d_][\w ./()*:&-]{0,40}?:(?:\s|$)")
_WRAPPED = 50  # characters; a shorter line was ended on purpose
_HYPHEN = re.compile(r"(\w)-\n(?!und\b|oder\b|bzw\b)(?=[a-zäöüß])")


def clean(text: str) -> str:
    """`text` in NFC with plain spaces and line feeds, without control, zero-width and direction characters."""
    text = _SOFT_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _SPECIAL.sub(lambda found: found[0].translate(_TABLE), text))


def one_line(text: str) -> str:
    """`text` on one line, single spaces: a cell, a subject, a name of a sheet."""
    return " ".join(clean(text).split())


def paragraphs(text: str, hyphenated: bool = False) -> list[str]:
    """The paragraphs of `text`: split at blank lines, before list items, and after leading lines such as "Verband: Nord".

    `hyphenated` joins words that a typesetter divided at the line's end (PDF, scans).
    """
    text = clean(text)
    if hyphenated:
        text = _HYPHEN.sub(r"\1", text)
    return [line for block in _BLANK_LINE.split(text) for line in _lines(block)]


def _lines(block: str) -> list[str]:
    lines = [" ".join(line.split()) for line in block.split("\n")]
    lines = [line for line in lines if line]
    head = _head(lines)
    joined = [[line] for line in lines[:head]]
    for number, line in enumerate(lines[head:]):
        if number == 0 or _begins(line) or _HEADING.match(" ".join(joined[-1][:2])):
            joined.append([line])
        else:
            joined[-1].append(line)
    return [" ".join(pieces) for pieces in joined]


def _head(lines: list[str]) -> int:
    """How many leading lines name something; a single long one is rather the beginning of a wrapped sentence."""
    named = sum(1 for _ in takewhile(_NAMED.match, lines))
    return 0 if named == 1 and len(lines[0]) > _WRAPPED else named


def _begins(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_ITEM, _HEADING, _ROW))
