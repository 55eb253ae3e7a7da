"""Rows of a phase's sheets that could not be taken: named until the sheet is put right."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.phases.report import Note, note
from staffelstab.submissions.case.contents import Case

NOTES = ("row", "sheet")


def notes(case: Case, *sheets: str) -> Iterator[Note]:
    """Every row of these sheets that could not be taken, and every sheet that could not be taken as a whole."""
    for row in case.rejected:
        if row.kind in sheets:
            yield note("ask", "row", sheet=row.sheet, row=row.row) if row.row else note("ask", "sheet", sheet=row.sheet)
