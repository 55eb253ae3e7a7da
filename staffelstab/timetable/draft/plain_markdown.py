"""Markdown as one reads it aloud: without its marks, tables as lines with tabs."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^\s*[-+*]\s+(?=\S)")
_RULE = re.compile(r"^[\s|:*_-]*-{3,}[\s|:*_-]*$")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")


def without_marks(text: str) -> str:
    """The text without marks of headings, lists, bold print, links and rules; single stars stay (they may be gender stars)."""
    return "\n".join(_line(line) for line in text.splitlines() if not (_RULE.match(line) and line.strip()))


def _line(line: str) -> str:
    line = _HEADING.sub(r"\n\1", _BULLET.sub("", line))
    line = _LINK.sub(r"\1", _BOLD.sub(lambda found: found[1] or found[2], line))
    if line.strip().startswith("|"):
        return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return line
