"""The head of a paper: lines such as "Von: Beisitz 3" before the text say who writes; they are not statements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.intake.reading import Paragraph
from staffelstab.language import Language
from staffelstab.plan.actors import find_role, find_unit, folded
from staffelstab.plan.model import Plan

_LINE = re.compile(r"\s*([^:\n]{2,30}):[ \t]*(\S.{0,119})")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


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


def split_heading(language: str, paragraphs: Sequence[Paragraph]) -> tuple[Heading, list[tuple[str, int | None]]]:
    """The head, and (text, page) of every paragraph after it."""
    known = _known(language)
    said: dict[str, str] = {}
    body = [(item.text, item.page) for item in paragraphs]
    while body:
        rest = _consume(body[0][0], known, said)
        if rest == body[0][0]:
            break
        body = [(rest, body[0][1]), *body[1:]] if rest else body[1:]
        if rest:
            break
    return Heading(said.get("from", ""), said.get("unit", ""), said.get("role", ""), _day(said.get("date", ""))), body


def _consume(text: str, known: dict[str, str], said: dict[str, str]) -> str:
    """`text` without the head's lines at its beginning, which go into `said`."""
    lines = text.split("\n")
    while lines and (found := _LINE.fullmatch(lines[0])) and (name := known.get(folded(found[1]))):
        said.setdefault(name, found[2].strip())
        lines.pop(0)
    return "\n".join(lines).strip() if len(lines) < len(text.split("\n")) else text


def _known(language: str) -> dict[str, str]:
    table = Language(language).entry("records.headers")
    assert isinstance(table, dict)  # noqa: S101 -- the catalogue is ours, a test keeps its shape
    return {folded(word): name for name, words in table.items() for word in words}


def _day(text: str) -> dt.date | None:
    try:
        if found := _DAY.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
