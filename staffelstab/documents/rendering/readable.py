"""The Markdown file as a person opens it: no mark of pandoc's own, and no escape where a character means nothing anyway.

Dossiers are written with every punctuation mark escaped, which is safe and hard to read: `Was der Beschluss bedeutet\\, …`. Here
escapes go where no reader of Markdown would take the mark for more than it is; what could begin a list, a link, a tag, a table or
an emphasis stays escaped. Boxes and quoted passages become block quotes, so that they stay apart from our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_BOX = re.compile(r':::+ \{\.(?P<kind>\w+)(?: title="(?P<title>(?:[^"\\]|\\.)*)")?\}')
_END = re.compile(r":::+")
_SOURCE = re.compile(r"\[(?P<text>(?:[^\]\\]|\\.)*)\]\{\.source\}")
_WIDTH = re.compile(r"(?<=\))\{width=100%\}$")
_MARKS = re.compile(r"(?:(?:[-*+>|]|\d{1,9}[.)]|#{1,6})[ \t]+|[ \t]+|>)*")
_ENUMERATOR = re.compile(r"(?:\d{1,12}|[A-Za-z]|[ivxlcdm]{1,12}|[IVXLCDM]{1,12})\\[.)]|[Tt]able\\:")
"""A first word that would begin a list or a caption without its escape."""
_ESCAPE = re.compile(r"\\(.)")
_SLASH = re.compile(r"(?<=\w)\\/(?=\w)")
QUIET = frozenset(",.:;()?!'\"%-")
"""Marks that mean nothing inside a line."""


def readable(source: str, labels: Mapping[str, str] | None = None) -> str:
    """Our Markdown for people; `labels` are the words above boxes by their kind."""
    return "\n".join(_plain(line) for line in _quoted(source.split("\n"), labels or {}))


def _quoted(lines: list[str], labels: Mapping[str, str]) -> Iterator[str]:
    """The lines with boxes and passages as block quotes."""
    depth = 0
    for line in lines:
        if box := _BOX.fullmatch(line):
            depth += 1
            if title := box["title"] or labels.get(box["kind"], ""):
                yield f"{'> ' * depth}**{title}**"
                yield ("> " * depth).rstrip()
        elif depth and _END.fullmatch(line):
            depth -= 1
        else:
            told = _SOURCE.sub(r"— \g<text>", _WIDTH.sub("", line))
            yield f"{'> ' * depth}{told}".rstrip(" ")


def _plain(line: str) -> str:
    """One line without the escapes it does not need."""
    marks = _MARKS.match(line)
    begin = marks.end() if marks else 0
    first, space, rest = line[begin:].partition(" ")
    if not _ENUMERATOR.fullmatch(first):
        kept = 2 if first.startswith("\\") else 0
        first = first[:kept] + _unescaped(first[kept:])
    return f"{line[:begin]}{first}{space}{_unescaped(rest)}"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: found[1] if found[1] in QUIET else found[0], _SLASH.sub("/", text))
