"""A resolution's text: its sentences with their places, and where a quoted sentence stands (R45, U1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_SHAPES = str.maketrans(dict.fromkeys("„“”«»", '"') | dict.fromkeys("‚‘’‹›", "'") | dict.fromkeys("–—‒−‑", "-"))
_SPECIAL = re.compile(r"\s+|(?<![^\W\d_])\*{1,3}|\*{1,3}(?![^\W\d_])")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"*])|\s*\n\s*\n\s*|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: offsets in the text; its lines and its first paragraph, counted from 1."""

    start: int
    end: int
    line: int
    last_line: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or line of a list: its text on one line, and its place."""

    text: str
    place: Place


class Source:
    """A text that can be asked where a sentence stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        edges = [0, *(edge for found in _END.finditer(self.text) for edge in found.span()), len(self.text)]
        pairs = [
            (start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if self.text[start:end].strip()
        ]
        return tuple(Sentence(" ".join(self.text[start:end].split()), self._place(start, end)) for start, end in pairs)

    def find(self, quote: str) -> Place | None:
        """The first place of a quote, white space, breaks, emphasis and the shapes of marks aside; None if it is not there."""
        wanted, _ = _normal(quote)
        text, offsets = self._normal
        at = text.find(wanted.strip()) if wanted.strip() else -1
        return None if at < 0 else self._place(offsets[at], offsets[at + len(wanted.strip()) - 1] + 1)

    @cached_property
    def _normal(self) -> tuple[str, list[int]]:
        return _normal(self.text)

    def _place(self, start: int, end: int) -> Place:
        line = self.text.count("\n", 0, start) + 1
        paragraph = len(re.findall(r"\S[^\n]*\n\s*\n", self.text[:start])) + 1
        return Place(start, end, line, line + self.text.count("\n", start, end), paragraph)


def _normal(text: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    last = 0
    for found in _SPECIAL.finditer(text):
        pieces.append(text[last : found.start()])
        offsets.extend(range(last, found.start()))
        if found[0].isspace():
            pieces.append(" ")
            offsets.append(found.start())
        last = found.end()
    return ("".join(pieces) + text[last:]).translate(_SHAPES), [*offsets, *range(last, len(text))]


def source_beside(plan_file: Path, plan_source: str) -> Source | None:
    """The text a plan names as its source, in a UTF-8 file beside the plan; None when there is none to read."""
    path = plan_file.parent / plan_source
    return Source(path.read_text(encoding="utf-8")) if plan_source and path.is_file() else None
