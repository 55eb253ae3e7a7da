"""Tables beside a dossier: what is too long to be printed lies there whole, as CSV that any program opens (R22)."""

from __future__ import annotations

from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.phases.report import PhaseReport

ANNEX_MEDIA = "text/csv"


def annex(report: PhaseReport) -> dict[str, bytes]:
    """The tables the dossier refers to instead of printing them, by the ending of their file's name."""
    return {f"{name}.csv": as_csv(report.tables[name]) for name in report.annex}
