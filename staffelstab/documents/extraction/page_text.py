"""Text of a page, typeset or recognised, into paragraphs. What was recognised comes line by line; where a line stands tells what
belongs together: the next line of a paragraph follows closely on a full one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles
from typing import Any

from staffelstab.documents.extraction.normalise import paragraphs

_FULL = 0.75  # of the widest line around; a shorter one was ended on purpose
_CLOSE = 1.4  # of the usual distance from line to line
_PAGE_NUMBER = re.compile(r"(?:Seite|Page|[-–])?\s*(\d{1,4})(?:\s*(?:von|of|/)\s*\d{1,4}|\s*[-–])?")


@dataclass(frozen=True, slots=True)
class Line:
    """One recognised line and its box on the page, in pixels from the upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


def page_paragraphs(text: str, page: int) -> list[str]:
    """The paragraphs of page number `page`, words divided at line ends joined, without the page's own number."""
    found = paragraphs(text, hyphenated=True)
    for place in (-1, 0):
        if len(found) > 1 and (number := _PAGE_NUMBER.fullmatch(found[place])) and int(number[1]) == page:
            del found[place]
            break
    return found


def recognised_lines(elements: Iterable[Any]) -> dict[int, list[Line]]:
    """xberg's recognised lines by page, in reading order."""
    lines: dict[int, list[Line]] = {}
    for element in elements:
        box = json.loads(str(element.geometry))
        if box.get("type") == "rectangle":
            right, bottom = box["left"] + box["width"], box["top"] + box["height"]
            lines.setdefault(element.page_number, []).append(Line(element.text, box["left"], box["top"], right, bottom))
    return lines


def lines_to_text(lines: Sequence[Line]) -> str:
    """The lines of a page as text, with a blank line between paragraphs."""
    if not lines:
        return ""
    usual = _usual_distance(lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        text += ("\n" if _goes_on(before, line, lines, usual) else "\n\n") + line.text
    return text


def _goes_on(before: Line, line: Line, lines: Sequence[Line], usual: float) -> bool:
    """Whether `line` continues the paragraph of the line before it."""
    column = [other for other in lines if _overlap(other, line)]
    left, right = min(other.left for other in column), max(other.right for other in column)
    is_full = before.right - left >= _FULL * (right - left)
    return _overlap(before, line) and 0 < _distance(before, line) <= _CLOSE * usual and is_full


def _overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _distance(before: Line, line: Line) -> int:
    """How far down the next line stands. In a crooked picture short lines look further away at one edge; the other one is right."""
    return min(line.top - before.top, line.bottom - before.bottom, key=abs)


def _usual_distance(lines: Sequence[Line]) -> float:
    """The distance of lines that follow closely; the smaller distances tell, for the larger ones part paragraphs."""
    distances = [_distance(before, line) for before, line in pairwise(lines)]
    heights = [line.bottom - line.top for line in lines]
    below = [distance for distance in distances if distance > min(heights) / 2]
    return quantiles(below, n=4, method="inclusive")[0] if len(below) > 1 else 2.0 * max(heights)
