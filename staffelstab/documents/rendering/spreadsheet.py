"""Tables as CSV that a spreadsheet opens as text: whatever a cell says, no program takes it for a formula (reliability case 12)."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from staffelstab.documents.rendering.characters import harmless

_SIGNS = frozenset("=+-@")
_LEADING = ("\t", "\r", "\n")


def as_csv(rows: Iterable[Sequence[str]], separator: str = ",") -> bytes:
    """The rows as CSV, every cell harmless; UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """The text with its dangerous characters written out, behind an apostrophe if a spreadsheet might calculate it.

    Programs differ in what they pass over before a formula: blanks, line feeds, tabs, invisible characters. So what counts is the
    first character one can see, be it of full width.
    """
    cell = harmless(text)
    if text[:1].isalnum():
        return cell
    return f"'{cell}" if cell.lstrip(" ").startswith(_LEADING) or _begins_formula(text) else cell


def _begins_formula(text: str) -> bool:
    first = next((character for character in text if not _is_blank(character)), "")
    return unicodedata.normalize("NFKC", first) in _SIGNS


def _is_blank(character: str) -> bool:
    """White space, or a control or format character that takes no room."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
