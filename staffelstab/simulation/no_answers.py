"""Half of the associations never answer: no minutes, no papers, and in the sheets no talk, no rating and no figure of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.language import Language
from staffelstab.simulation.inputs import Delivery
from staffelstab.submissions.records.sheets import choice, heading
from staffelstab.timetable.plan.actors import folded, units
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import inbox_folders

SHEETS = frozenset({".csv", ".ods", ".xls", ".xlsx"})
THEIRS = ("interviews", "needs", "figures", "applicability")
"""Sheets in which the associations themselves answer; what others say about them stays."""


def without_answers(plan: Plan, deliveries: Sequence[Delivery]) -> Iterator[Delivery]:
    """The deliveries without every second association: talks that were held with them become talks without an answer."""
    mute = frozenset(folded(name) for unit in units(plan)[::2] for name in (unit.id, unit.name))
    folders = {folder: kind for kind, folder in inbox_folders(plan.language).items() if kind in ("papers", *THEIRS)}
    with Reader() as reader:
        for item in deliveries:
            path = PurePosixPath(item.path)
            kind = folders.get(path.parts[0], "")
            if kind and any(name in folded(path.name) for name in mute):
                continue
            if kind in THEIRS and path.suffix in SHEETS:
                rows = [row for table in reader.read(item.content, path.name).tables for row in table.rows]
                content = as_csv(_muted(rows, mute, plan.words, keep=kind == "interviews"), ";")
                item = replace(item, path=str(path.with_suffix(".csv")), content=content)
            yield item


def _muted(
    rows: Sequence[Sequence[str]], mute: frozenset[str], words: Language, *, keep: bool
) -> Iterator[Sequence[str]]:
    status = {folded(heading(words, "status"))}
    columns = [index for index, cell in enumerate(rows[0] if rows else ()) if folded(cell) in status]
    for row in rows:
        if not any(folded(cell) in mute for cell in row):
            yield row
        elif keep and columns:
            known = columns[0] + 1
            yield [*row[: columns[0]], choice(words, "no_answer"), *("" for _ in row[known:])]
