"""Rows of a phase's sheets that could not be taken: named until the sheet is put right."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.phases.report import Note, note
from staffelstab.submissions.case.contents import Case

NOTES = ("row",)


def notes(case: Case, *sheets: str) -> Iterator[Note]:
    """Every row of these sheets that could not be taken."""
    for row in case.rejected:
        if row.kind in sheets:
            yield note("ask", "row", sheet=row.sheet, row=row.row)
