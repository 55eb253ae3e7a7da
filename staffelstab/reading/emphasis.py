"""Stars in a text: the gender star stays ("Genoss*innen"), the marks of emphasis go ("*kein*") (R59)."""

from __future__ import annotations

import re

_EMPHASIS = re.compile(r"(?<![^\W\d_])\*{1,3}|\*{1,3}(?![^\W\d_])")


def plain(text: str) -> str:
    """The text without *emphasis*; a star between two letters is a gender star and stays."""
    return _EMPHASIS.sub("", text)
