"""Sheets into records: columns found by their headings, cells checked against the kind's types, rows that fail named.

A cell is never guessed: what cannot be understood makes the row fail, with the row's number as the coordinator's program shows it.
So does what no document and no calendar can hold: a day outside the years of a plan, a number beyond all counting, a text of a
hundred pages; the rest of the sheet counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from staffelstab.language import Language
from staffelstab.submissions.records.record_kinds import Cell, Field, RecordKind
from staffelstab.timetable.plan.actors import find_actor, find_role, find_unit, folded
from staffelstab.timetable.plan.model import Plan

_REFERENCE = re.compile(r"[;,\s]+")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+)?")
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_GROUPED = r"(?a:[+-]?(?:[1-9]\d{{0,2}}(?:{group}\d{{3}})+|\d{{1,15}})(?:{point}\d{{1,15}})?)"
YEARS = range(1900, 3000)
"""The years in which a plan may lie."""
_MOST = 10_000_000_000
_SIZES = {"text": 30_000, "references": 2_000, "actors": 4_000}
"""Characters of a cell, by its type; a spreadsheet's own cells end at 32,767."""
_NAME = 200
"""Characters of what a row is called by, and of titles."""
_TITLES = frozenset({"title", "section", "category", "reader"})
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""In German "1.234" is a thousand and some; a spreadsheet means one and a bit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was understood."""

    number: int
    values: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row (0: the whole sheet) that was not: `reason` is a key below `case.row`."""

    number: int
    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)


class _CellError(Exception):
    def __init__(self, reason: str, value: str = "", **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, {"value": value, **facts}


def rows(kind: RecordKind, table: Sequence[Sequence[str]], plan: Plan) -> Iterator[Row | RejectedRow]:
    """Every row of a sheet whose first row with a known heading is its head; empty rows are passed over."""
    words = plan.words
    start, columns = _head(kind, table, words)
    missing = [item.name for item in kind.fields if item.required and item.name not in columns]
    if missing:
        yield RejectedRow(0, "columns", {"columns": words.listed(heading(words, name) for name in missing)})
        return
    for number, cells in enumerate(table[start + 1 :], start + 2):
        if any(cell.strip() for cell in cells):
            yield _row(kind, number, cells, columns, plan, words)


def has_heading(kind: RecordKind, table: Sequence[Sequence[str]], plan: Plan) -> bool:
    """Whether the table has a row with any of the kind's headings."""
    return bool(_head(kind, table, plan.words)[1])


def heading(words: Language, name: str) -> str:
    """How the column is called in the plan's language."""
    return spellings(words, "headings", name)[0]


def choice(words: Language, name: str) -> str:
    """The word for a choice."""
    return spellings(words, "choices", name)[0]


def spellings(words: Language, area: str, name: str) -> list[str]:
    """Every way in which people write a heading or a choice, the usual one first; `area` is "headings" or "choices"."""
    entry = words.entry(f"records.{area}.{name}")
    return [str(word) for word in entry] if isinstance(entry, list) else [str(entry)]


def _head(kind: RecordKind, table: Sequence[Sequence[str]], words: Language) -> tuple[int, dict[str, int]]:
    known = [
        (item.name, {folded(word) for word in (*spellings(words, "headings", item.name), item.name)})
        for item in kind.fields
    ]
    best: tuple[int, dict[str, int]] = (0, {})
    for at, cells in enumerate(table[:20]):
        texts = [folded(cell) for cell in cells]
        columns: dict[str, int] = {}
        for name, ways in known:
            place = next((i for i, text in enumerate(texts) if text in ways and i not in columns.values()), None)
            if place is not None:
                columns[name] = place
        if len(columns) > len(best[1]):
            best = (at, columns)
    return best


def _row(
    kind: RecordKind, number: int, cells: Sequence[str], columns: Mapping[str, int], plan: Plan, words: Language
) -> Row | RejectedRow:
    values: dict[str, Cell] = {}
    for item in kind.fields:
        place = columns.get(item.name)
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        try:
            values[item.name] = _cell(item, text, plan, words, _room(kind, item))
        except _CellError as error:
            return RejectedRow(number, error.reason, {"column": heading(words, item.name), **error.facts})
    return Row(number, values)


def _room(kind: RecordKind, item: Field) -> int:
    """How many characters a cell may have."""
    is_name = item.type == "text" and (item.name in kind.key or item.name in _TITLES)
    return _NAME if is_name else _SIZES.get(item.type, _NAME)


def _cell(item: Field, text: str, plan: Plan, words: Language, room: int) -> Cell:
    if len(text) > room:
        raise _CellError("too_long", most=words.number(room))
    if not text:
        if item.required:
            raise _CellError("empty")
        return None
    return _TYPES[item.type](item, text, plan, words)


def _text(_: Field, text: str, _plan: Plan, _words: Language) -> Cell:
    return text


def _number(item: Field, text: str, _plan: Plan, words: Language) -> Cell:
    """A number as people write it in the plan's language, or as a spreadsheet hands it over ("3.5")."""
    plain = text.replace(" ", "")
    point, group = words.forms.decimal_point, words.forms.thousands
    if _AMBIGUOUS.fullmatch(plain) and group == ".":
        whole, part = plain.replace(".", ""), plain.replace(".", ",")
        raise _CellError("ambiguous", f"{text[:40]}", whole=whole, part=part)
    if re.fullmatch(_GROUPED.format(group=re.escape(group), point=re.escape(point)), plain):
        plain = plain.replace(group, "").replace(point, ".")
    if not _PLAIN.fullmatch(plain):
        raise _CellError("number", text[:40])
    is_year = item.name == "year"
    if abs(float(plain)) > _MOST or (is_year and int(float(plain)) not in YEARS):
        raise _CellError("range", text[:40])
    return float(plain)


def _date(_: Field, text: str, _plan: Plan, _words: Language) -> Cell:
    day = _day(text)
    if day is None:
        raise _CellError("date", text[:40])
    if day.year not in YEARS:
        raise _CellError("date_range", text[:40], first=str(YEARS[0]), last=str(YEARS[-1]))
    return day


def _day(text: str) -> dt.date | None:
    with suppress(ValueError):
        if found := _DAY.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO_DAY.fullmatch(text):
            return dt.date.fromisoformat(found[1])
    return None


def _choice(item: Field, text: str, _plan: Plan, words: Language) -> Cell:
    for name in item.choices:
        if folded(text) in {name, *(folded(word) for word in spellings(words, "choices", name))}:
            return name
    raise _CellError("choice", text[:40])


def _actor(_: Field, text: str, plan: Plan, _words: Language) -> Cell:
    actor = find_actor(plan, text)
    unit = None if actor else find_unit(plan, text)
    if actor is None and unit is None:
        raise _CellError("actor", text[:60])
    return actor.id if actor else unit.id if unit else None


def _actors(item: Field, text: str, plan: Plan, words: Language) -> Cell:
    return tuple(str(_actor(item, part.strip(), plan, words)) for part in text.split(";") if part.strip())


def _unit(_: Field, text: str, plan: Plan, _words: Language) -> Cell:
    unit = find_unit(plan, text)
    if unit is None:
        raise _CellError("unit", text[:60])
    return unit.id


def _references(_: Field, text: str, _plan: Plan, _words: Language) -> Cell:
    return tuple(dict.fromkeys(part.upper() for part in _REFERENCE.split(text) if part))


_TYPES: Mapping[str, Callable[[Field, str, Plan, Language], Cell]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "actor": _actor,
    "actors": _actors,
    "unit": _unit,
    "references": _references,
}


def role_of(plan: Plan, row: Row) -> Row | RejectedRow:
    """The row with its role as the plan calls it; with a role the plan does not know it is rejected."""
    named = row.values.get("role")
    if not isinstance(named, str):
        return row
    role = find_role(plan, named)
    if role is None:
        return RejectedRow(row.number, "role", {"value": named[:60]})
    return Row(row.number, {**row.values, "role": role})
