"""The kinds of record, each a sheet a coordinator fills in: its columns, their types, and which of them identify a row.

Column headings, folder names and the words for choices are in `templates/<language>/messages/records.toml`; the names here are
the stable ones that the ledger keeps. A later row with the same key replaces the earlier one; both stay in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "number", "date", "choice", "actor", "unit", "references", "actors"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `references` are statement or record numbers ("B07.3; V02"), `actors` offices, bodies or units."""

    name: str
    type: Type = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One sheet: `key` names the columns that identify a row."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    def field(self, name: str) -> Field:
        """The column called `name`. Raises KeyError."""
        return next(field for field in self.fields if field.name == name)


def _kind(name: str, key: str, *fields: Field) -> RecordKind:
    return RecordKind(name, fields, tuple(key.split()))


def _required(name: str, type: Type = "text", *choices: str) -> Field:  # noqa: A002 -- the column's type
    return Field(name, type, True, choices)


def _choice(name: str, *choices: str) -> Field:
    return Field(name, "choice", False, choices)


RECORDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        _kind(
            "interviews",
            "unit role",
            _required("unit", "unit"),
            _required("role"),
            _required("status", "choice", "asked", "offered", "scheduled", "held", "refused", "vacant", "no_answer"),
            Field("date", "date"),
            Field("note"),
        ),
        _kind(
            "figures",
            "unit year",
            _required("unit", "unit"),
            _required("year", "number"),
            _required("members", "number"),
            Field("joined", "number"),
            Field("left", "number"),
            Field("source"),
        ),
        _kind(
            "needs",
            "unit role need",
            _required("unit", "unit"),
            Field("role"),
            _required("need"),
            _required("severity", "number"),
        ),
        _kind(
            "findings",
            "id",
            _required("id"),
            _required("heading", "choice", "bad", "good", "too_little", "not_at_all"),
            _required("text"),
            _choice("kind", "weakness", "gap", "strength"),
            Field("category"),
            Field("cause"),
            Field("sources", "references"),
            Field("implication"),
        ),
        _kind(
            "ideas",
            "id",
            _required("id"),
            _required("title"),
            _required("text"),
            _choice("kind", "change", "project", "other"),
            _choice("type", "structure", "measure", "procedure"),
            _choice("term", "short", "medium", "long"),
            Field("effort"),
            Field("target"),
            Field("level"),
            Field("findings", "references"),
            Field("sources", "references"),
            Field("proposed_by", "actors"),
        ),
        _kind(
            "positions",
            "idea actor",
            _required("idea", "references"),
            _required("actor", "actor"),
            _required("position", "choice", "agrees", "objects", "unheard"),
            Field("note"),
        ),
        _kind(
            "trials",
            "id",
            _required("id"),
            _required("idea", "references"),
            _required("place", "unit"),
            _required("owner", "actor"),
            _required("start", "date"),
            Field("end", "date"),
            _required("hypothesis"),
            Field("stop_rule"),
            _choice("result", "running", "confirmed", "mixed", "failed", "stopped"),
            Field("lesson"),
        ),
        _kind(
            "assessments",
            "idea",
            _required("idea", "references"),
            _required("verdict", "choice", "adopt", "adapt", "later", "drop"),
            _required("reason"),
            Field("section"),
        ),
        _kind(
            "questions",
            "question",
            _required("question", "choice", "form", "bindingness", "reach"),
            _required("answer"),
            Field("options"),
            Field("reason"),
        ),
        _kind(
            "interventions",
            "body",
            _required("body", "actor"),
            _required("degree", "choice", "none", "small", "large"),
            Field("text"),
        ),
        _kind(
            "concept",
            "id",
            _required("id"),
            _required("section"),
            _required("text"),
            Field("responsible", "actor"),
            Field("sources", "references"),
        ),
        _kind(
            "applicability",
            "unit",
            _required("unit", "unit"),
            _required("reader", "text"),
            _required("verdict", "choice", "yes", "no", "with_changes"),
            Field("note"),
        ),
        _kind(
            "milestones",
            "id",
            _required("id"),
            _required("year", "number"),
            _required("title"),
            _required("owner", "actor"),
            _required("date", "date"),
            _required("criterion"),
            _choice("binding", "yes", "no"),
        ),
        _kind(
            "changes",
            "group",
            _required("group"),
            _required("text"),
            Field("channel"),
            Field("owner", "actor"),
            Field("date", "date"),
        ),
    )
}
