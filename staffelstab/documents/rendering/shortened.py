"""Text short enough to be printed: what no page can hold is cut, and the cut says how much more there is and where it lies whole.

Cut are words nobody reads (addresses of a thousand letters, pictures written out as letters), walls of such lines, and paragraphs
of dozens of pages. Nothing is lost: the original is in the ledger, and the tables beside a dossier hold every paragraph whole.
"""

from __future__ import annotations

import re

from staffelstab.language import Language

WORD = 400
"""Characters of a word; the longest address one meets has fewer."""
PARAGRAPH = 12_000
"""Characters of a paragraph: four pages."""
CELL = 2_000
"""Characters of a cell of a table."""
HEADING = 300
"""Characters of a title."""

_KEPT = 60
_UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\ud7ff\\uf900-\\ufaff\\U00020000-\\U0003ffff"
"""Scripts that write without spaces: there a paragraph is no word."""
_WORD = re.compile(rf"[^\s{_UNSPACED}]{{{WORD},}}")
_WALL = re.compile(r"(?:[A-Za-z0-9+/=_-]{60,}[ \t]*\n?){6,}")


def shortened(text: str, language: str, most: int = PARAGRAPH, ref: str = "") -> str:
    """One paragraph (or cell, or title), no longer than about `most` characters; `ref` is the paper in which it stands whole."""
    if len(text) <= min(WORD, most):
        return text
    lines = _WALL.sub(lambda wall: _said("wall", len(wall[0]), language, ref), _words_cut(text, language, ref))
    return lines if len(lines) <= most else _cut(lines, most, language, ref)


def _words_cut(text: str, language: str, ref: str) -> str:
    return _WORD.sub(lambda word: _cut(word[0], _KEPT, language, ref), text)


def _cut(text: str, kept: int, language: str, ref: str) -> str:
    return f"{text[:kept]} {_said('more', len(text) - kept, language, ref)}"


def _said(key: str, count: int, language: str, ref: str) -> str:
    words = Language(language)
    where = words.say("documents.cut.whole_in", ref=ref) if ref else words.say("documents.cut.whole")
    return words.say(f"documents.cut.{key}", count=words.number(count), where=where)
