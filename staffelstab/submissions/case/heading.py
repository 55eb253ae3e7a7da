"""The head of a paper: lines such as "Von: Beisitz 3" before the text say who writes; they are not statements.

Where a program has joined lines ("Von: Beisitz 12 Wir brauchen Räume.") the name ends where the plan's name ends; what reads like a
sentence stays text, so that nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from staffelstab.documents.extraction.extracted_text import Paragraph
from staffelstab.language import Language
from staffelstab.timetable.plan.actors import find_actor, find_role, find_unit, folded
from staffelstab.timetable.plan.model import Plan

_LABEL = re.compile(r"\s*([^:]{2,30}):\s*")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SENTENCE = re.compile(r"[.!?…]$")
_LONGEST = 60  # characters of a name nobody knows; more is a sentence
_WORDS = 12  # of a name
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


def split_heading(plan: Plan, paragraphs: Sequence[Paragraph]) -> tuple[Heading, list[tuple[str, int | None]]]:
    """The head, and (text, page) of every paragraph after it."""
    labels = _labels(plan.language)
    said: dict[str, str] = {}
    for number, item in enumerate(paragraphs):
        rest = _without_head(plan, item.text, labels, said)
        if rest:
            body = [(rest, item.page), *((later.text, later.page) for later in paragraphs[number + 1 :])]
            return _heading(said), body
    return _heading(said), []


def _heading(said: Mapping[str, str]) -> Heading:
    return Heading(said.get("from", ""), said.get("unit", ""), said.get("role", ""), _day(said.get("date", "")))


def _without_head(plan: Plan, text: str, labels: Mapping[str, str], said: dict[str, str]) -> str:
    """`text` without what stands of the head at its beginning, which goes into `said`."""
    while (found := _LABEL.match(text)) and (label := labels.get(folded(found[1]))):
        value, following = _until_label(text[found.end() :], labels)
        name, rest = _name(label, plan, value)
        if value and not name:
            break
        if name:
            said.setdefault(label, name)
        text = f"{rest} {following}".strip()
    return text


def _until_label(text: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """What stands before the next label within `text`, and the rest from that label on."""
    for colon in re.finditer(":", text):
        words = list(re.finditer(r"\S+", text[: colon.start()]))
        for count in (1, 2):
            if len(words) >= count and folded(text[words[-count].start() : colon.start()]) in labels:
                return text[: words[-count].start()].strip(), text[words[-count].start() :]
    return text.strip(), ""


def _name(label: str, plan: Plan, value: str) -> tuple[str, str]:
    """The name at the beginning of `value`, and the text after it; no name if `value` reads like a sentence."""
    is_short = len(value) <= _LONGEST and not _SENTENCE.search(value)
    words = value.split()
    end = _end_of_name(label, plan, words)
    name, rest = " ".join(words[:end]), " ".join(words[end:])
    if name and not rest:
        return name, ""
    if name and rest[0].isupper() and not name.endswith((",", ";")):
        return name, rest
    return (name.rstrip(_COMMAS) or value, "") if is_short else ("", value)


def _end_of_name(label: str, plan: Plan, words: Sequence[str]) -> int:
    """How many words the plan's own name takes; a unit may have its kind before it ("Stadt- und Kreisverband Dresden")."""
    is_known = _KNOWN[label]
    for start in range(4 if label in ("from", "unit") else 1):
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
    try:
        if found := _DAY.search(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.search(text):
            return dt.date.fromisoformat(found[0])
    except ValueError:
        pass
    return None
