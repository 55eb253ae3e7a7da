"""Characters: which ones may pass into a document, and which ones its fonts can draw.

Two questions that never mix. `harmless` answers for every format: text is brought into NFC, here and nowhere later (a character
whose normal form is a mark of Markdown or typst would otherwise take effect after it was escaped); controls, direction overrides
and characters no XML can hold are written out as ‹U+202E›, so that a reader sees that something was there. `drawable` answers for
the PDF alone, whose standards (PDF/A-3, PDF/UA-1) forbid a character without a glyph: an emoji becomes ‹U+1F600› there and stays
itself elsewhere.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from staffelstab.language import TEMPLATES

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks and overrides, deprecated format characters
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # lone surrogates, non-characters, interlinear anchors
    "\U000e0000-\U000e007f"  # invisible tags
    f"{''.join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))}]"
)
_UNSAFE_IN_JSON = re.compile(f"{_UNSAFE.pattern}|[\u2028\u2029\ufeff]")
_STACKED = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
_MARKS = 8
_STACK = re.compile(f"({_STACKED}{{{_MARKS}}})({_STACKED}+)")
"""No script puts so many of these marks on one letter."""
_FOREIGN = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
_ROW, _SHOWN = 12, 8
"""More characters in a row than `_ROW` are not all written out, only `_SHOWN` of them."""


def named(character: str) -> str:
    """‹U+202E›: a character shown by its number, in characters that mean nothing to Markdown, typst or XML."""
    return f"‹U+{ord(character):04X}›"


def harmless(text: str) -> str:
    """`text` in NFC, with unified line ends, without byte-order marks, and with every dangerous character written out.

    Of marks piled up on a letter the first eight stay, the others are counted: ‹+994›.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = _LINE_ENDS.sub("\n", text.replace("\ufeff", ""))
    if lines.isascii():
        return _UNSAFE.sub(lambda match: named(match[0]), lines)
    composed = _UNSAFE.sub(lambda match: named(match[0]), unicodedata.normalize("NFC", lines))
    return _STACK.sub(lambda match: f"{match[1]}‹+{len(match[2])}›", composed)


def json_text(value: object, indent: int | None = None, *, sort_keys: bool = False) -> str:
    """A value as JSON that a person can look at: dangerous characters are escaped (\\u202e), and programs read them unchanged."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, sort_keys=sort_keys)
    return _UNSAFE_IN_JSON.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    """As JSON writes a character that it escapes."""
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def line(text: str) -> str:
    """Any text on one line, harmless."""
    return " ".join(harmless(text).split())


def drawable(text: str) -> str:
    """`text` with every character that the PDF's fonts cannot draw written out; letters and their marks are composed.

    Letters that only look different (𝗙𝗲𝘁𝘁) become plain ones. Of many such characters in a row the first are written out and the
    others counted: ‹U+6B22›‹+400›.
    """
    if text.isascii():
        return text
    return _FOREIGN.sub(lambda match: _drawable(_composed(match[0])), text)


def plain_drawable(text: str) -> str:
    """The last resort: everything beyond Latin letters and ordinary punctuation written out."""
    return "".join(c if c < "\u0180" or "\u2010" <= c <= "\u203a" else named(c) for c in text)


def _composed(text: str) -> str:
    """A run of text in NFC; its ASCII character takes part if it is a letter, and none comes into being."""
    start = 0 if text[0].isalnum() else 1
    composed = text[:start] + unicodedata.normalize("NFC", text[start:])
    return text if any(c.isascii() for c in composed[1:]) else composed


def _drawable(text: str) -> str:
    if _fits(text, _fonts()[0]):
        return text
    drawn = groupby(map(_plain_letter, _clusters(text)), _is_drawn)
    return "".join("".join(group if fits else _written_out(group)) for fits, group in drawn)


def _plain_letter(cluster: str) -> str:
    """The plain letter or digit of a mathematical or full-width one, if no font has it."""
    plain = unicodedata.normalize("NFKC", cluster)
    return plain if plain.isascii() and plain.isalnum() and not _is_drawn(cluster) else cluster


def _written_out(clusters: Iterator[str]) -> Iterator[str]:
    """Each cluster by its number; of very many the first, and how many more there are."""
    spelled = [_spelled(cluster) for cluster in clusters]
    yield from spelled if len(spelled) <= _ROW else spelled[:_SHOWN]
    if len(spelled) > _ROW:
        yield f"‹+{len(spelled) - _SHOWN}›"


def _is_drawn(cluster: str) -> bool:
    return any(_fits(cluster, font) for font in _fonts())


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
