"""What lies beside a dossier because it refers to it: tables too long to be printed, as CSV that any program opens (R22), and the
drawings of its Markdown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePath

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import FORMATS, Printed, pictures, printed
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.phases.report import PhaseReport

MEDIA = {f".{name}": item.media for name, item in FORMATS.items()} | {".csv": "text/csv", ".svg": "image/svg+xml"}


def annex(report: PhaseReport) -> dict[str, bytes]:
    """The tables the dossier refers to instead of printing them, by the ending of their file's name."""
    return {f"{name}.csv": as_csv(report.tables[name]) for name in report.annex}


def whole(manuscript: Manuscript, beside: Mapping[str, bytes], formats: Collection[str] = FORMATS) -> Printed:
    """The dossier in those of the formats asked for that can be made, its pictures and its annex, by the ending of its name."""
    done = printed(manuscript, formats)
    return replace(done, files={**done.files, **pictures(manuscript, formats), **beside})


def media(name: str) -> str:
    """The media type of such a file, by the ending of its name."""
    return MEDIA[PurePath(f"dossier.{name}").suffix]
