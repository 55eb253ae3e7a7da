"""Where a passage of a text stands: offsets, lines, paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: offsets in the text; its first and last line and its first paragraph, counted from 1.

    Paragraphs are what empty lines part.
    """

    start: int
    end: int
    line: int
    last_line: int
    paragraph: int


class Places:
    """A text that knows its lines and paragraphs."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._paragraphs = [start for start, _ in blocks(text)]

    def of(self, start: int, end: int) -> Place:
        """The place of a passage; `end` lies behind its last character."""
        last = max(start, end - 1)
        paragraph = max(1, bisect_right(self._paragraphs, start))
        return Place(start, end, bisect_right(self._lines, start), bisect_right(self._lines, last), paragraph)


def blocks(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text as offsets, from the first line that says something to the end of the last."""
    found: list[tuple[int, int]] = []
    open_ = False
    for line in re.finditer(r"[^\n]+|\n", text):
        if line[0] == "\n":
            continue
        if not line[0].strip():
            open_ = False
            continue
        joined = open_ and found and text.count("\n", found[-1][1], line.start()) == 1
        if joined:
            found[-1] = (found[-1][0], line.end())
        else:
            found.append((line.start(), line.end()))
        open_ = True
    return found
