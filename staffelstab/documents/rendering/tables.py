"""Tables: rows of any values as a pandoc pipe table that keeps its column widths in every format.

A pipe table takes its relative widths from the dashes under the headings, and its cells are always one line; nothing a cell
holds can end the row. Cells are inert unless they are `Markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from staffelstab.documents.rendering.markdown import Markdown, cell, inert_line
from staffelstab.language import ORIGINAL

_DASHES = 120
_RULES = {"l": ":{}", "r": "{}:", "c": ":{}:"}


def table(
    headings: Sequence[object],
    rows: Iterable[Sequence[object]],
    widths: Sequence[float] = (),
    align: str = "",
    caption: str = "",
    language: str = ORIGINAL,
) -> Markdown:
    """A Markdown table; `widths` are relative, `align` is one of l, c, r per column ("lrr").

    Without `widths` each column gets room by what it holds, within limits. Rows may be shorter than the headings, never longer:
    ValueError, because a cell would silently be lost.
    """
    heads = [cell(heading, language) for heading in headings]
    body = [_filled([cell(value, language) for value in row], len(heads)) for row in rows]
    shares = list(widths) or _by_content([heads, *body])
    if len(shares) != len(heads) or len(align or heads) != len(heads):
        raise ValueError(f"{len(heads)} columns, {len(shares)} widths, align {align!r}")
    lines = [_line(heads), _rule(shares, align or "l" * len(heads)), *map(_line, body)]
    return Markdown("\n\n" + "\n".join(lines) + "\n\n" + (f": {inert_line(caption)}\n\n" if caption else ""))


def _filled(cells: list[Markdown], count: int) -> list[Markdown]:
    if len(cells) > count:
        raise ValueError(f"a row of {len(cells)} cells under {count} headings")
    return cells + [Markdown("")] * (count - len(cells))


def _by_content(rows: Sequence[Sequence[str]]) -> list[float]:
    """A column's share: its longest word or its average length, whichever is more, at most 40 characters, and its edges."""
    return [min(40.0, max(1.1 * _longest_word(column), _average(column))) + 5 for column in zip(*rows, strict=True)]


def _longest_word(column: Sequence[str]) -> float:
    return max(min(len(word), 16) for text in column for word in (text.replace("\\", "").split() or [""]))


def _average(column: Sequence[str]) -> float:
    return sum(len(text) for text in column) / len(column)


def _rule(shares: Sequence[float], align: str) -> str:
    total = sum(shares)
    marks = (
        _RULES[way].format("-" * max(3, round(_DASHES * share / total)))
        for share, way in zip(shares, align, strict=True)
    )
    return f"|{'|'.join(marks)}|"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
