"""What a paper consists of, as plain values: figures, tables for the annex, the manuscript. Rendering them is the work of
`render.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.errors import RenderError

Table = tuple[tuple[str, ...], ...]
"""The head and the rows of a table, every cell as text."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: `name` for the file (small letters, digits, hyphens), SVG text, and a whole sentence that says what it shows."""

    name: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A paper before printing.

    `markdown` is trusted pandoc Markdown without a title; figures stand in it as `![…](name.svg){width=100%}`. `stamp` is the
    document's date (aware; RenderError otherwise). `status` ("Entwurf …") heads every page, an empty one means: final. Its files
    are called by its `stem`: `dossier.pdf`, and `dossier.timetable.svg` for a drawing that lies beside `dossier.md`.
    """

    markdown: str
    title: str
    subtitle: str
    language: str
    stamp: dt.datetime
    organisation: str
    status: str
    figures: tuple[Figure, ...] = ()
    stem: str = "dossier"

    def __post_init__(self) -> None:
        if self.stamp.tzinfo is None:
            raise RenderError("documents.error.naive_stamp")
        names = [figure.name for figure in self.figures]
        for name in names:
            if not _NAME.fullmatch(name) or names.count(name) > 1:
                raise RenderError("documents.error.figure_name", name=name)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A table of values, every cell as text; "" where there is none."""
    return (tuple(head), *(tuple("" if cell is None else str(cell) for cell in row) for row in rows))
