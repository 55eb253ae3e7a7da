"""The head of a paper: lines such as "Von: Beisitz 3" before the text say who writes; they are not statements.

Where such lines stand the reader has found (`staffelstab.documents.extraction.head_fields`); here what they say is compared with
the plan's names. Where a program has joined lines ("Von: Beisitz 12 Wir brauchen Räume.") the name ends where the plan's name
ends; what reads like a sentence stays text, so that nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from staffelstab.documents.extraction.extracted_text import HeadField, Paragraph
from staffelstab.language import Language
from staffelstab.timetable.plan.actors import find_actor, find_role, find_unit, folded
from staffelstab.timetable.plan.model import Plan

_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SENTENCE = re.compile(r"[.!?…]$")
_LONGEST = 60  # characters of a name nobody knows; more is a sentence
_WORDS = 12  # of a name
_YEARS = range(1900, 3000)
_BEFORE = 4  # words that may stand before it
_COMMAS = ",;"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a paper says, as written."""

    sender: str = ""
    unit: str = ""
    role: str = ""
    day: dt.date | None = None

    def unit_of(self, plan: Plan) -> str:
        """The id of the unit named; "" if the plan does not know it."""
        unit = find_unit(plan, self.unit) if self.unit else None
        return unit.id if unit else ""

    def role_of(self, plan: Plan) -> str:
        """The id of the role named; "" if the plan does not know it."""
        return (find_role(plan, self.role) or "") if self.role else ""


def split_heading(
    plan: Plan, head: Sequence[HeadField], paragraphs: Sequence[Paragraph]
) -> tuple[Heading, list[tuple[str, int | None]]]:
    """What the head says, and (text, page) of every paragraph after it."""
    labels = _labels(plan.language)
    said: dict[str, str] = {}
    number = begins = 0
    for field in head:
        label = labels.get(field.label)
        if label is None or number >= len(paragraphs) or (field.paragraph, field.begins) != (number, begins):
            break
        name, taken = _name(label, plan, field)
        if field.value and not name:
            break
        if name:
            said.setdefault(label, name)
        if taken is not None:
            begins = field.at + taken
            break
        number, begins = (number, field.ends) if field.ends < len(paragraphs[number].text) else (number + 1, 0)
    return _heading(said), _from(paragraphs, number, begins)


def _from(paragraphs: Sequence[Paragraph], number: int, begins: int) -> list[tuple[str, int | None]]:
    """The text from a character of a paragraph on."""
    texts = [(item.text, item.page) for item in paragraphs[number:]]
    if begins and texts:
        texts[0] = (texts[0][0][begins:].strip(), texts[0][1])
    return [item for item in texts if item[0]]


def _heading(said: Mapping[str, str]) -> Heading:
    return Heading(said.get("from", ""), said.get("unit", ""), said.get("role", ""), _day(said.get("date", "")))


def _name(label: str, plan: Plan, field: HeadField) -> tuple[str, int | None]:
    """The name at the beginning of a field's value, and how many characters it takes if text follows it; no name if the value
    reads like a sentence."""
    value = field.value
    is_short = len(value) <= _LONGEST and not _SENTENCE.search(value)
    words = value.split()[: _WORDS + _BEFORE + 1]
    end = _end_of_name(label, plan, words)
    name, rest = " ".join(words[:end]), words[end:]
    if name and not rest:
        return name, None
    if name and rest[0][0].isupper() and not name.endswith((",", ";")):
        return name, len(name)
    return (name.rstrip(_COMMAS) or value, None) if is_short else ("", None)


def _end_of_name(label: str, plan: Plan, words: Sequence[str]) -> int:
    """How many words the plan's own name takes; a unit may have its kind before it ("Stadt- und Kreisverband Dresden")."""
    is_known = _KNOWN[label]
    for start in range(_BEFORE if label in ("from", "unit") else 1):
        for end in range(min(len(words), _WORDS), start, -1):
            if is_known(plan, " ".join(words[start:end]).rstrip(_COMMAS)):
                return end
    return 0


_KNOWN: Mapping[str, Callable[[Plan, str], bool]] = {
    "from": lambda plan, name: find_actor(plan, name) is not None,
    "unit": lambda plan, name: find_actor(plan, name) is not None,
    "role": lambda plan, name: find_role(plan, name) is not None,
    "date": lambda _, name: " " not in name and _day(name) is not None,
}


def _labels(language: str) -> dict[str, str]:
    table = Language(language).entry("records.headers")
    assert isinstance(table, dict)  # noqa: S101 -- the catalogue is ours, a test keeps its shape
    return {folded(word): name for name, words in table.items() for word in words}


def _day(text: str) -> dt.date | None:
    """The day that is named, in the years a plan can speak of."""
    day = None
    with suppress(ValueError):
        if found := _DAY.search(text):
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
        elif found := _ISO.search(text):
            day = dt.date.fromisoformat(found[0])
    return day if day and day.year in _YEARS else None
