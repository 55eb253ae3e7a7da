"""Characters: which ones may pass into a document, and which ones its fonts can draw.

Two questions that never mix. `harmless` answers for every format: controls, direction overrides and characters no XML can
hold are written out as ‹U+202E›, so that a reader sees that something was there. `drawable` answers for the PDF alone,
whose standards (PDF/A-3, PDF/UA-1) forbid a character without a glyph: an emoji becomes ‹U+1F600› there and stays itself elsewhere.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache

from staffelstab.language import TEMPLATES

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks and overrides, deprecated format characters
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # lone surrogates, non-characters, interlinear anchors
    "\U000e0000-\U000e007f]"  # invisible tags
)
_FOREIGN = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")


def named(character: str) -> str:
    """‹U+202E›: a character shown by its number, in characters that mean nothing to Markdown, typst or XML."""
    return f"‹U+{ord(character):04X}›"


def harmless(text: str) -> str:
    """`text` with unified line ends, without byte-order marks, and with every dangerous character written out."""
    lines = _LINE_ENDS.sub("\n", text.replace("\ufeff", ""))
    return _UNSAFE.sub(lambda match: named(match[0]), lines)


def line(text: str) -> str:
    """Any text on one line, harmless."""
    return " ".join(harmless(text).split())


def drawable(text: str) -> str:
    """`text` in NFC, with every character that the PDF's fonts cannot draw written out."""
    if text.isascii():
        return text
    return _FOREIGN.sub(lambda match: _drawable(match[0]), unicodedata.normalize("NFC", text))


def plain_drawable(text: str) -> str:
    """The last resort: everything beyond Latin letters and ordinary punctuation written out."""
    return "".join(c if c < "\u0180" or "\u2010" <= c <= "\u203a" else named(c) for c in text)


def _drawable(text: str) -> str:
    if _fits(text, _fonts()[0]):
        return text
    return "".join(c if any(_fits(c, font) for font in _fonts()) else _spelled(c) for c in _clusters(text))


def _fits(text: str, font: frozenset[int]) -> bool:
    """Whether one font draws all of a text; ASCII, with its line breaks, every font does."""
    return text.isascii() or all(ord(character) in font for character in text)


def _clusters(text: str) -> list[str]:
    """Each letter with the marks and variation selectors that belong to it."""
    parts: list[str] = []
    for character in text:
        if parts and _is_mark(character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _spelled(cluster: str) -> str:
    """The letter if it can be drawn alone, and what cannot be drawn by its number; variation selectors go."""
    return "".join(
        c if not _is_mark(c) and any(_fits(c, font) for font in _fonts()) else _number_or_nothing(c) for c in cluster
    )


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc", "Me"}


def _number_or_nothing(character: str) -> str:
    return "" if "\ufe00" <= character <= "\ufe0f" else named(character)


@cache
def _fonts() -> tuple[frozenset[int], ...]:
    table = tomllib.loads((TEMPLATES / "document" / "glyphs.toml").read_text(encoding="ascii"))
    return tuple(frozenset(_codes(table[font])) for font in ("text", "fallback"))


def _codes(ranges: str) -> list[int]:
    codes: list[int] = []
    for item in ranges.split():
        first, _, last = item.partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes
