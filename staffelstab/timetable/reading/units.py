"""The units of a text within which sentences are sought: paragraphs, headings, lines of lists and of tables.

A line goes on in the next one where it is full (the next word would not have fitted), where the next begins with a small letter,
or where it ends on a comma or on a word that cannot end a sentence ("zum"). A paragraph goes on behind an empty line where a page
broke it in mid-sentence: it has no full stop, it is long or has sentences within, and the next is prose that begins with a small
letter, or the break comes after a small word of prose or one that cannot end a sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from staffelstab.timetable.reading.normal import PAGE_LINE
from staffelstab.timetable.reading.places import blocks
from staffelstab.timetable.vocabulary.words import any_of, words

Range = tuple[int, int]

_ITEM = re.compile(r"\s*(?:[-–—•·▪◦*+>]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s|\(\d{1,3}\)\s)")
_DATE = re.compile(r"\s*\d{1,2}\.\s?(?:\d|[^\W\d_]{3,9})")
_ROW = re.compile(r"\t|\s\|\s|^\s*\||\s{4,}\S")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|h[1-6]\.\s|=+\s)")
_CLOSED = re.compile(r"[.!?:;…][\"'“”‘’»«)\]*_]{0,4}$")
_STOP_WITHIN = re.compile(r"[^\W\d_]{3}[.!?]\s+[A-ZÄÖÜ]")
_PAGE = re.compile(PAGE_LINE)
_SINCE = re.compile(rf"\s*(?:{any_of('sentences.period_begins')})\s[^\n]{{0,30}}$")  # a period below a heading
_SHORT = 30  # characters up to which a line is rather a heading than one that goes on
_FULL = 50  # characters from which on a line may be one that is merely full
_LONG = 60  # characters from which on a paragraph is no heading
_UNFINISHED = frozenset(words("sentences.unfinished"))


def units(text: str) -> list[Range]:
    """The offsets of all units, without the white space around them."""
    found: list[Range] = []
    for block in blocks(text):
        for part in _lines_joined(text, block):
            if found and part[0] == block[0] and _goes_on(text, found[-1], part):
                found[-1] = (found[-1][0], part[1])
            elif found and _PAGE.fullmatch(text[slice(*part)]):
                continue
            else:
                found.append(part)
    return [_trimmed(text, part) for part in found]


def _trimmed(text: str, part: Range) -> Range:
    inner = text[slice(*part)]
    return part[0] + len(inner) - len(inner.lstrip()), part[1] - len(inner) + len(inner.rstrip())


def _lines_joined(text: str, block: Range) -> list[Range]:
    lines = [(found.start(), found.end()) for found in re.compile(r"[^\n]+").finditer(text, *block)]
    width = max(end - start for start, end in lines)
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _wrapped(text[slice(*before)], text[slice(*line)], width):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _wrapped(line: str, after: str, width: int) -> bool:
    if _ROW.search(line.strip()) or _ROW.search(after.strip()) or _HEADING.match(line) or _HEADING.match(after):
        return False
    full = len(line) >= _FULL and len(line) + 1 + len(after.split(maxsplit=1)[0]) > width
    if _ITEM.match(after) and not (full and not _CLOSED.search(line.rstrip()) and _DATE.match(after)):
        return False
    if _PAGE.fullmatch(line) or _PAGE.fullmatch(after):
        return False
    small = after.lstrip()[0].islower() and len(line) >= min(_SHORT, width * 0.9)
    unfinished = line.rstrip().endswith(",") or line.rsplit(maxsplit=1)[-1].lower() in _UNFINISHED
    return full or unfinished or (small and not _SINCE.match(after))


def _goes_on(text: str, before: Range, after: Range) -> bool:
    """Whether the sentence that breaks off at the end of one unit goes on in the next, behind an empty line."""
    one, two = text[slice(*before)].rstrip(), text[slice(*after)].lstrip()
    if _CLOSED.search(one) or any(_stands_alone(part) for part in (one, two)):
        return False
    prose = bool(_STOP_WITHIN.search(one))
    last = one.rsplit(maxsplit=1)[-1]
    if two[0].islower():
        return (prose or len(one) >= _LONG) and (bool(_CLOSED.search(two)) or len(two) >= _LONG)
    return (prose and last[0].islower()) or (last.lower() in _UNFINISHED and one.count(" ") >= 3)


def _stands_alone(text: str) -> bool:
    return bool(_ITEM.match(text) or _ROW.search(text) or _HEADING.match(text))
