"""Rows of sheets made by hand: only what a test is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.record_kinds import RECORDS, Field
from staffelstab.submissions.records.typed_records import Record

R = TypeVar("R", bound=Record)


def record(of: type[R], entered: dt.datetime, /, **values: Any) -> R:
    """A row; in required columns the test does not speak of stands something plain."""
    kind = next(kind for kind in RECORDS.values() if kind.of is of)
    needed = {field.name: _plain(field, entered) for field in kind.fields if field.required}
    return of(**{**needed, **values, "entered": entered})


def _plain(field: Field, entered: dt.datetime) -> object:
    plain: Mapping[str, object] = {"number": 0, "date": entered.date(), "references": (), "actors": ()}
    return field.choices[0] if field.choices else plain.get(field.type, "")


def holding(case: Case, *records: Record) -> Case:
    """The case with these rows, each among those of its sheet."""
    found: dict[str, Any] = {
        name: tuple(record for record in records if isinstance(record, kind.of)) for name, kind in RECORDS.items()
    }
    return replace(case, **found)
