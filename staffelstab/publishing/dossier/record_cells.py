"""A row of a sheet as people read it: the columns' headings and what stands in them, in the plan's language."""

from __future__ import annotations

from staffelstab.documents.rendering.markdown import written
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.submissions.records.record_kinds import RECORDS, Field
from staffelstab.submissions.records.sheets import heading
from staffelstab.submissions.records.typed_records import Record
from staffelstab.timetable.plan.model import Plan

NAMES = {kind.of: kind.name for kind in RECORDS.values()}
"""The name of each sheet by what a row of it becomes."""


def cells(plan: Plan, record: Record) -> tuple[tuple[str, str], ...]:
    """Headings and contents of all cells that are not empty, in the sheet's order."""
    kind, phrasing = RECORDS[NAMES[type(record)]], Phrasing(plan)
    shown = (
        (heading(plan.words, field.name), _shown(plan, phrasing, field, getattr(record, field.name)))
        for field in kind.fields
    )
    return tuple((name, text) for name, text in shown if text)


def _shown(plan: Plan, phrasing: Phrasing, field: Field, cell: object) -> str:
    if cell is None or cell == "" or cell == ():
        return ""
    if field.type == "choice":
        return phrasing.choice(str(cell))
    if isinstance(cell, tuple):
        return ", ".join(phrasing.name(str(item)) if field.type == "actors" else str(item) for item in cell)
    if field.type in ("unit", "actor"):
        return phrasing.name(str(cell))
    if field.name == "role":
        return phrasing.role(str(cell))
    return written(cell, plan.language)
