"""What charts are made of: a page that grows row by row, a scale, bars, ranges, cells, axis and legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from staffelstab.documents.rendering import svg

LABELS = 200.0  # room for the labels on the left
LEFT = LABELS + 10.0  # where the drawing itself begins
VALUES = 64.0  # room for a number on the right
RANGES = 120.0  # room for a number with its range
TOP = 44.0
_EDGE = 12.0  # the last heading of a matrix may be wider in another font


@dataclass(frozen=True, slots=True)
class Swatch:
    """A cell or segment: its symbol, ground, the colour of what stands on it, and its meaning in words."""

    symbol: str
    ground: str
    ink: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from `low` to `high` onto pixels from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """The pixel of a number."""
        span = self.high - self.low or 1.0
        return self.left + (value - self.low) / span * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Place:
    """The strip of one row."""

    y: float
    height: float

    @property
    def middle(self) -> float:
        """Its centre line."""
        return self.y + self.height / 2


@dataclass(slots=True)
class Page:
    """A chart while it is drawn: title and unit on top, rows below each other; `y` is where the next one begins."""

    title: str
    unit: str
    y: float = TOP
    parts: list[str] = field(default_factory=list)

    def row(self, label: str) -> Place:
        """The place of a new row, its label written."""
        folded = svg.folded(label, LABELS)
        place = Place(self.y, max(24.0, len(folded) * svg.LINE + 6))
        self.parts += svg.lines(LABELS, place.middle, folded, anchor="end")
        self.y += place.height
        return place

    def drawing(self) -> str:
        """The finished SVG."""
        head = [svg.text(0, 16, self.title, bold=True)]
        unit = [svg.text(0, 33, self.unit, fill=svg.QUIET)] if self.unit else []
        return svg.drawing([*head, *unit, *self.parts], self.y + 8)


def scale(values: Sequence[float], left: float, right: float) -> Scale:
    """The scale that holds all `values`. ValueError for infinity and not-a-number."""
    if not all(map(math.isfinite, values)):
        raise ValueError("a chart needs finite numbers")
    return Scale(min(values), max(values), left, right)


def shade(level: float) -> str:
    """A blue between white (0) and nearly black (1)."""
    part = max(0.0, min(1.0, level))
    return "#" + "".join(f"{round(255 + (dark - 255) * part):02x}" for dark in (0x14, 0x30, 0x4F))


def bar(scale: Scale, value: float, number: str, place: Place) -> list[str]:
    """A bar from zero and its number at the end of it."""
    zero, end = scale.at(0), scale.at(value)
    beside, anchor = (end + 6, "start") if value >= 0 else (end - 6, "end")
    body = svg.rect(min(zero, end), place.y + 4, abs(end - zero), place.height - 8, svg.BAR)
    return [body, svg.text(beside, place.middle + 4, number, anchor=anchor)]


def interval(scale: Scale, value: float, low: float, high: float, place: Place) -> list[str]:
    """A dot on a line with two caps."""
    left, right, y = scale.at(low), scale.at(high), place.middle
    caps = [svg.rule(x, y - 4, x, y + 4, svg.ACCENT, 1.5) for x in (left, right)]
    return [svg.rule(left, y, right, y, svg.ACCENT, 1.5), *caps, svg.dot(scale.at(value), y, 5)]


def ticks(scale: Scale) -> list[float]:
    """About five round numbers along a scale."""
    span = scale.high - scale.low or 1.0
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= 6)
    return [number * step for number in range(math.ceil(scale.low / step), math.floor(scale.high / step) + 1)]


def axis(scale: Scale, ticks: Sequence[float], numbers: Sequence[str], bottom: float) -> list[str]:
    """Upright lines at the ticks, with their numbers underneath."""
    grid = [svg.rule(scale.at(tick), TOP - 4, scale.at(tick), bottom) for tick in ticks]
    below = zip(ticks, numbers, strict=True)
    return grid + [
        svg.text(scale.at(tick), bottom + 16, number, anchor="middle", fill=svg.QUIET) for tick, number in below
    ]


def column_heads(page: Page, columns: Sequence[str]) -> list[str]:
    """The headings over a matrix; when one is too wide for its column, all run upwards. Moves the page on."""
    width = _column(len(columns))
    centres = [LEFT + (number + 0.5) * width for number in range(len(columns))]
    top = page.y - 12
    if any(svg.width_of(word) > width - 4 for column in columns for word in column.split()):
        page.y = top + max(map(svg.width_of, columns)) + 12
        return [svg.upright(x + 4, page.y - 6, column) for x, column in zip(centres, columns, strict=True)]
    heads = [svg.folded(column, width - 4) for column in columns]
    page.y = top + max(map(len, heads)) * svg.LINE + 8
    middle = (top + page.y) / 2
    return [
        line for x, head in zip(centres, heads, strict=True) for line in svg.lines(x, middle, head, anchor="middle")
    ]


def cells(swatches: Sequence[Swatch], place: Place) -> list[str]:
    """One row of a matrix."""
    width, drawn = _column(len(swatches)), []
    for number, swatch in enumerate(swatches):
        x = LEFT + number * width
        drawn.append(svg.rect(x + 1, place.y + 1, width - 2, place.height - 2, swatch.ground, svg.RULE))
        drawn.append(svg.symbol(x + width / 2, place.middle, swatch.symbol, swatch.ink))
    return drawn


def legend(page: Page, swatches: Sequence[Swatch]) -> list[str]:
    """Symbol, colour and meaning of each entry, in as many lines as they need. Moves the page on."""
    drawn, x, y = [], 0.0, page.y + 20
    for swatch in swatches:
        room = 32 + svg.width_of(swatch.meaning) + 16
        if x and x + room > svg.WIDTH:
            x, y = 0.0, y + 24
        drawn.append(svg.rect(x + 1, y - 9, 24, 18, swatch.ground, svg.RULE))
        drawn.append(svg.symbol(x + 13, y, swatch.symbol, swatch.ink) if swatch.symbol else "")
        drawn.append(svg.text(x + 32, y + 4.5, swatch.meaning))
        x += room
    page.y = y + 10
    return [part for part in drawn if part]


def _column(count: int) -> float:
    return (svg.WIDTH - LEFT - _EDGE) / count
