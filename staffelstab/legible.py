"""Strings of strangers made legible: what steers a terminal or hides from a reader is shown as what it is, `\\u001b` for ESC.

The form is that of JSON, so that output for programs keeps its meaning.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control characters (C0, C1), those that set a direction or take no room, halves of a pair, and separators of lines."""


def legible(text: str, keep: str = "\n\t") -> str:
    """The text with every character that only steers written out, save those to `keep`."""
    if text.isprintable():
        return text
    return "".join(_shown(character) if _steers(character, keep) else character for character in text)


def legible_name(text: str) -> str:
    """A name on one line, whatever characters it is made of."""
    return legible(text, keep="")


def _steers(character: str, keep: str) -> bool:
    return character not in keep and unicodedata.category(character) in _UNSEEN


def _shown(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
