"""Tables beside a dossier: what is too long to be printed lies there whole, as CSV that any program opens (R22)."""

from __future__ import annotations

import csv
import io

from staffelstab.documents.values import Table
from staffelstab.phases.survey import Survey


def annex(survey: Survey) -> dict[str, bytes]:
    """The tables the dossier refers to instead of printing them, by the ending of their file's name."""
    return {f"{name}.csv": as_csv(survey.tables[name]) for name in survey.annex}


def as_csv(rows: Table) -> bytes:
    """A table as CSV that no spreadsheet takes for a formula (reliability case 12), UTF-8 with a byte order mark for Excel."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([[_harmless(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
