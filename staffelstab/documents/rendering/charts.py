"""Charts: numbers as plain SVG, each with a sentence that says the same numbers.

Every function takes rows in the order they are to stand in, and returns a `Figure` whose alternative text can replace the
drawing. Without rows the figure says that nothing has been reported yet. Numbers must be finite: ValueError otherwise.
A figure is named after its title unless `name` says otherwise; two figures of one manuscript need different names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from staffelstab.documents.rendering import chart_parts as parts_of
from staffelstab.documents.rendering import svg
from staffelstab.documents.rendering.manuscript import Figure
from staffelstab.language import Language

_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown in a matrix: a symbol, its meaning in words, and how dark its cell is (0 white … 1 darkest)."""

    symbol: str
    meaning: str
    shade: float

    def swatch(self) -> parts_of.Swatch:
        """Its look."""
        ink = "#ffffff" if self.shade > 0.5 else svg.INK
        return parts_of.Swatch(self.symbol, parts_of.shade(self.shade), ink, self.meaning)


def bars(rows: Sequence[tuple[str, float]], title: str, unit: str, language: str, name: str = "") -> Figure:
    """Horizontal bars from zero; negative values go to the left of it. `unit` names what is counted."""
    if not rows:
        return _nothing(title, language, name)
    values = [value for _, value in rows]
    numbers = _numbers(values, language)
    below = parts_of.VALUES if min(values) < 0 else 0.0
    scale = parts_of.scale([0.0, *values], parts_of.LEFT + below, svg.WIDTH - parts_of.VALUES)
    page = parts_of.Page(title, unit)
    for (label, value), number in zip(rows, numbers, strict=True):
        place = page.row(label)
        page.parts += parts_of.bar(scale, value, number, place)
    page.parts.append(svg.rule(scale.at(0), parts_of.TOP, scale.at(0), page.y, svg.QUIET))
    said = [_say(language, "bar", label=label, value=number) for (label, _), number in zip(rows, numbers, strict=True)]
    return _figure("bars", page, Language(language).listed(said), language, name)


def intervals(
    rows: Sequence[tuple[str, float, float, float]], title: str, unit: str, language: str, name: str = ""
) -> Figure:
    """A dot per row (label, value, low, high) on the line from `low` to `high`, for rankings with their uncertainty."""
    if not rows:
        return _nothing(title, language, name)
    scale = parts_of.scale(
        [0.0, *(number for row in rows for number in row[1:])], parts_of.LEFT + 8, svg.WIDTH - parts_of.RANGES
    )
    page, spots, said = parts_of.Page(title, unit), [], []
    for label, value, low, high in rows:
        best, least, most = (Language(language).number(number, 1) for number in (value, low, high))
        place = page.row(label)
        spots += parts_of.interval(scale, value, low, high, place)
        spots.append(svg.text(svg.WIDTH, place.middle + 4, f"{best} ({least} – {most})", anchor="end"))
        said.append(_say(language, "interval", label=label, value=best, low=least, high=most))
    ticks = parts_of.ticks(scale)
    page.parts += parts_of.axis(scale, ticks, _numbers(ticks, language), page.y) + spots
    page.y += 18
    return _figure("intervals", page, Language(language).listed(said), language, name)


def matrix(
    rows: Sequence[tuple[str, Sequence[str]]],
    columns: Sequence[str],
    legend: Mapping[str, Mark],
    title: str,
    language: str,
    name: str = "",
) -> Figure:
    """A table of statuses, (label, one status per column) each, drawn as symbol and shade; `legend` explains every status."""
    if not rows or not columns:
        return _nothing(title, language, name)
    page, said = parts_of.Page(title, ""), []
    page.parts += parts_of.column_heads(page, columns)
    for label, statuses in rows:
        marks = [legend[status] for status in statuses]
        page.parts += parts_of.cells([mark.swatch() for mark in marks], page.row(label))
        meanings = (
            _say(language, "matrix_cell", column=column, meaning=mark.meaning)
            for column, mark in zip(columns, marks, strict=True)
        )
        said.append(_say(language, "matrix_row", label=label, cells=", ".join(meanings)))
    page.parts += parts_of.legend(page, [mark.swatch() for mark in legend.values()])
    return _figure("matrix", page, "; ".join(said), language, name)


def _numbers(values: Sequence[float], language: str) -> list[str]:
    """Whole numbers without decimals, anything else with one."""
    digits = 0 if all(float(value).is_integer() for value in values) else 1
    return [Language(language).number(value, digits) for value in values]


def _say(language: str, key: str, **facts: str) -> str:
    return Language(language).say(f"documents.alt.{key}", **facts)


def _figure(kind: str, page: parts_of.Page, said: str, language: str, name: str) -> Figure:
    full = f"{page.title}, {page.unit}" if page.unit else page.title
    return Figure(name or _named(page.title), page.drawing(), _say(language, kind, title=full, rows=said))


def _nothing(title: str, language: str, name: str) -> Figure:
    page = parts_of.Page(title, "")
    page.parts.append(svg.text(0, page.y, Language(language).say("documents.chart.empty"), fill=svg.QUIET))
    return Figure(name or _named(title), page.drawing(), _say(language, "empty", title=title))


def _named(title: str) -> str:
    """A file name from a title: "Beiträge je Kreis" → "beitraege-je-kreis"."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "figure"
