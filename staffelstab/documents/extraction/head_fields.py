"""The head of a paper: lines such as "Von: Beisitz 3" before the text, found by their labels. Runs in the worker process.

What a label's value means only the plan knows; here it is found where one ends. The labels of a paragraph are looked for in its
first characters alone, so that a paper of nothing but colons costs no more than any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from staffelstab.documents.extraction.extracted_text import HeadField

FIELDS = 12
"""So many fields a head has at most."""

SEARCHED = 600
"""So many characters of a paragraph may hold labels."""

VALUE = 200
"""So many characters of a value are kept."""

_LABEL = re.compile(r" ?([^:]{2,30}):\s*")
_WORD = re.compile(r"[^\s:]+")


def labels_of(words: Collection[str]) -> frozenset[str]:
    """The labels as they are compared."""
    return frozenset(map(_folded, words))


def head_fields(paragraphs: Sequence[str], labels: Collection[str]) -> tuple[HeadField, ...]:
    """The fields with which a paper begins; the last paragraph that is looked at is the first that has anything else."""
    fields: list[HeadField] = []
    for number, text in enumerate(paragraphs[:FIELDS]):
        found = list(_fields(text, number, labels))
        fields += found
        if not found:
            break
    return tuple(fields[:FIELDS])


def _fields(text: str, number: int, labels: Collection[str]) -> Iterator[HeadField]:
    """The fields of one paragraph: a label at its very beginning, and further ones behind."""
    first = _LABEL.match(text)
    label = _folded(first[1]) if first else ""
    if first is None or label not in labels:
        return
    begins, at = 0, first.end()
    for following, start, end in _labels(text, at, labels):
        yield HeadField(label, text[at:start].strip()[:VALUE], number, begins, at, start)
        label, begins, at = following, start, end
    yield HeadField(label, text[at : at + VALUE].strip(), number, begins, at, len(text))


def _labels(text: str, place: int, labels: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Every label within the paragraph: what it says, where it begins, and where its value begins."""
    words: list[tuple[str, int]] = []
    for word in _WORD.finditer(text, place, SEARCHED):
        words = [*words[-1:], (word[0], word.start())]
        if not text.startswith(":", word.end()):
            continue
        for count in (2, 1):
            label = _folded(" ".join(said for said, _ in words[-count:]))
            if len(words) >= count and label in labels:
                at = word.end() + 1
                yield label, words[-count][1], at + text.startswith(" ", at)
                words = []
                break


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())
