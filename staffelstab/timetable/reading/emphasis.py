"""Stars in a text: the gender star stays ("Genoss*innen"), the marks of emphasis go ("*kein*") (R59).

A star between two letters is a gender star. Of the others a pair is emphasis: one that opens before a word and the next that closes
behind one, equally many ("**kein**"), in the same paragraph. A star that finds no partner stays: a footnote, a list's mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STARS = re.compile(r"(?P<star>\*{1,3})|(?P<paragraph>\n[^\S\n]*\n)")
_OPENS = re.compile(r"(?<!\w)\*{1,3}(?=[^\s*])")
_CLOSES = re.compile(r"(?<=\S)\*{1,3}(?![\w*])")


def plain(text: str) -> str:
    """The text without *emphasis*, gender stars kept."""
    pieces: list[str] = []
    last = 0
    for start, end in _emphasis(text):
        pieces.append(text[last:start])
        last = end
    return "".join((*pieces, text[last:]))


def _emphasis(text: str) -> list[tuple[int, int]]:
    """The offsets of the stars that mark emphasis, in order."""
    return sorted(mark for pair in _pairs(text) for mark in pair)


def _pairs(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    opened: tuple[int, int] | None = None
    for found in _STARS.finditer(text):
        here = found.span()
        if found["paragraph"]:
            opened = None
        elif opened and _CLOSES.match(text, here[0]) and here[1] - here[0] == opened[1] - opened[0]:
            yield opened, here
            opened = None
        elif _OPENS.match(text, here[0]):
            opened = here
