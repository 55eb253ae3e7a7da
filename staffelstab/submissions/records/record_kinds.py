"""The kinds of record, each a sheet a coordinator fills in: its columns, their types, and which of them identify a row.

Column headings, folder names and the words for choices are in `templates/<language>/messages/records.toml`; the names here are
the stable ones that the ledger keeps. A later row with the same key replaces the earlier one; both stay in the ledger.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from staffelstab.submissions.records import typed_records
from staffelstab.submissions.records.typed_records import Record

Type = Literal["text", "number", "date", "choice", "actor", "unit", "references", "actors"]
Cell = str | float | dt.date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `references` are statement or record numbers ("B07.3; V02"), `actors` offices, bodies or units."""

    name: str
    type: Type = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One sheet: what a row of it becomes; `key` names the columns that identify a row, `whole` those of whole numbers."""

    name: str
    of: type[Record]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    whole: frozenset[str]

    def field(self, name: str) -> Field:
        """The column called `name`. Raises KeyError."""
        return next(field for field in self.fields if field.name == name)

    def record(self, cells: Mapping[str, Cell], entered: dt.datetime) -> Record:
        """The row as a value; an empty cell is what the field says."""
        given = {name: cell for name, cell in cells.items() if cell is not None}
        given |= {name: int(cell) for name, cell in given.items() if name in self.whole and isinstance(cell, float)}
        made: dict[str, Any] = {**given, "entered": entered}
        return self.of(**made)


def kind_of(name: str, key: str, of: type[Record]) -> RecordKind:
    """The kind whose columns are the fields of a class."""
    hints = get_type_hints(of, include_extras=True)
    own = [item for item in dataclasses.fields(of) if item.name != "entered"]
    columns = tuple(_column(item.name, hints[item.name], item.default is dataclasses.MISSING) for item in own)
    whole = frozenset(item.name for item in own if int in (hints[item.name], *get_args(hints[item.name])))
    return RecordKind(name, of, columns, tuple(key.split()), whole)


def _column(name: str, hint: Any, required: bool) -> Field:
    """A column from the type of its field."""
    if get_origin(hint) in (Union, types.UnionType):  # an empty cell is None
        (hint,) = (part for part in get_args(hint) if part is not types.NoneType)
    if get_origin(hint) is Annotated:
        return Field(name, get_args(hint)[1], required)
    if get_origin(hint) is Literal:
        return Field(name, "choice", required, get_args(hint))
    return Field(name, _TYPES[hint], required)


_TYPES: Mapping[type, Type] = {str: "text", int: "number", float: "number", dt.date: "date"}

RECORDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        kind_of("interviews", "unit role", typed_records.Interview),
        kind_of("figures", "unit year", typed_records.MemberFigures),
        kind_of("needs", "unit role need", typed_records.Need),
        kind_of("findings", "id", typed_records.Finding),
        kind_of("ideas", "id", typed_records.Idea),
        kind_of("positions", "idea actor", typed_records.Position),
        kind_of("trials", "id", typed_records.Trial),
        kind_of("assessments", "idea", typed_records.Assessment),
        kind_of("questions", "question", typed_records.Answer),
        kind_of("interventions", "body", typed_records.Intervention),
        kind_of("concept", "id", typed_records.Passage),
        kind_of("applicability", "unit", typed_records.Applicability),
        kind_of("milestones", "id", typed_records.Milestone),
        kind_of("changes", "group", typed_records.GroupChange),
    )
}
