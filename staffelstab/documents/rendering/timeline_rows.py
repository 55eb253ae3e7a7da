"""The rows of a timetable: a bar each, with its signs, and its name beside it where there is room.

What is over is darker than what is to come; what is uncertain is hatched and has a broken edge; a bar without an end fades out.
All of it can be told apart without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.documents.rendering import svg
from staffelstab.documents.rendering.timeline import Bar, Between, Mark, Timeline
from staffelstab.documents.rendering.timeline_scale import Days

PAST, COMING = "#14304f", "#3b6ea5"
LABEL = 14.0
HIGHEST = 25.0
_HATCHED = 16.0  # the part of a bar that is hatched where only its end is uncertain
_SPACE = 7.0
_SMALLEST = 5.0  # what nobody can read is not written

DEFINITIONS = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="#ffffff"/><rect width="2.2" height="5" fill="{COMING}"/></pattern>'
    f'<linearGradient id="fade"><stop offset="0" stop-color="{COMING}"/>'
    f'<stop offset="1" stop-color="{COMING}" stop-opacity="0.08"/></linearGradient></defs>'
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows lie: `count` of them from `top`, each of this `height`."""

    top: float
    height: float
    count: int

    @property
    def bottom(self) -> float:
        """Below the last row."""
        return self.top + self.count * self.height

    @property
    def size(self) -> float:
        """The size of the names."""
        return min(LABEL, self.height - 2)

    def middle(self, row: int) -> float:
        """The centre line of a row."""
        return self.top + (row + 0.5) * self.height

    @property
    def thickness(self) -> float:
        """How thick a bar is."""
        return self.height * 0.56


def rows(top: float, count: int, room: float) -> Rows:
    """Rows as high as is pleasant, and together no higher than there is `room`."""
    return Rows(top, min(HIGHEST, room / max(1, count)), count)


def both(span: Between, days: Days, place: Rows) -> str:
    """A grey ground behind two neighbouring bars where both run."""
    left, right = days.at(span.first), days.end(span.last)
    return svg.rect(left, place.top + span.row * place.height, right - left, 2 * place.height, "#dcdcdc")


def neither(span: Between, days: Days, place: Rows) -> str:
    """An empty frame before a bar where neither it nor the one above it runs."""
    left, right, middle = days.at(span.first), days.end(span.last), place.middle(span.row + 1)
    return frame(left, middle - place.thickness / 2, right - left, place.thickness)


def frame(x: float, y: float, width: float, height: float) -> str:
    """An empty frame with a broken edge."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#ffffff" stroke="{svg.INK}" '
        'stroke-dasharray="2 2"/>'
    )


def bar(item: Bar, row: int, days: Days, place: Rows, picture: Timeline) -> list[str]:
    """One bar."""
    return _body(item, days, place.middle(row) - place.thickness / 2, place.thickness, picture)


def signs(item: Bar, row: int, days: Days, place: Rows) -> list[str]:
    """The signs on a bar, sessions first, so that what comes before them is not hidden."""
    ordered = sorted(item.marks, key=lambda mark: mark.kind, reverse=True)
    return [part for mark in ordered for part in sign(mark, days.middle(mark.day), place.middle(row), place.thickness)]


def _reach(item: Bar, days: Days, before: Between | None) -> tuple[float, float]:
    """From where to where the row is taken, signs and the days before it included."""
    marks = [days.middle(mark.day) for mark in item.marks]
    first = item.start_between[0] if item.start_between else item.start
    last = item.end_between[1] if item.end_between else item.end
    left, right = days.at(first), days.right if last is None else max(days.end(last), days.at(first) + 3)
    left = min(left, days.at(before.first)) if before else left
    return min([left, *(x - 6 for x in marks)]), max([right, *(x + 6 for x in marks)])


def _body(item: Bar, days: Days, y: float, height: float, picture: Timeline) -> list[str]:
    left = days.at(item.start)
    right = days.right if item.end is None else max(days.end(item.end), left + 3)
    now = min(right, max(left, days.at(picture.now))) if picture.now else left
    drawn = [svg.rect(left, y, now - left, height, PAST)] if now > left else []
    if item.end is None:
        return [*drawn, *endless(now, right, y, height)]
    if right > now:
        drawn.append(svg.rect(now, y, right - now, height, COMING))
    if item.start_between:
        first, last = item.start_between
        drawn.append(hatched(days.at(first), max(days.at(last), min(left + _HATCHED, right)), y, height))
    if item.end_between:
        first, last = item.end_between
        drawn.append(hatched(min(days.end(first), max(right - _HATCHED, left)), days.end(last), y, height))
    return drawn


def endless(left: float, right: float, y: float, height: float) -> list[str]:
    """A bar that fades out into an arrow."""
    tip = right - 1
    body = f'<rect x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="{height:.1f}" fill="url(#fade)"/>'
    middle = y + height / 2
    return [body, svg.polygon([(tip - 9, middle - 6), (tip, middle), (tip - 9, middle + 6)], COMING)]


def hatched(left: float, right: float, y: float, height: float) -> str:
    """The uncertain part of a bar."""
    return (
        f'<rect x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="{height:.1f}" fill="url(#hatch)" '
        f'stroke="{PAST}" stroke-dasharray="3 2"/>'
    )


def sign(mark: Mark, x: float, middle: float, thickness: float) -> list[str]:
    """A deadline is a triangle that stands on its day, frozen papers a diamond, a session a dot; hollow if uncertain."""
    half = min(5.0, thickness / 2.4)
    fill = svg.INK if mark.certain else "#ffffff"
    if mark.kind == "deadline":
        top = middle - half * 1.2
        return [
            _shape(
                [(x - half - 1, top - half / 2), (x + half + 1, top - half / 2), (x, top + half * 1.5)], "#ffffff", 3
            ),
            _shape([(x - half, top - half / 2), (x + half, top - half / 2), (x, top + half)], fill, 1.2),
        ]
    if mark.kind == "freeze":
        return [
            _shape([(x, middle - half), (x + half, middle), (x, middle + half), (x - half, middle)], "#ffffff", 1.2)
        ]
    return [
        f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{half + 1:g}" fill="#ffffff"/>',
        f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{half - 0.5:g}" fill="{fill}" stroke="{svg.INK}" stroke-width="1.2"/>',
    ]


def _shape(points: Sequence[tuple[float, float]], fill: str, width: float) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    edge = svg.INK if width < 2 else "#ffffff"
    return f'<polygon points="{corners}" fill="{fill}" stroke="{edge}" stroke-width="{width:g}"/>'


def label(item: Bar, row: int, days: Days, place: Rows, before: Between | None) -> list[str]:
    """The name to the right of the bar, else to its left, else on it; shortened only where nowhere is room for it.

    `before` are the days without a bar that are drawn in front of it.
    """
    if place.size < _SMALLEST:
        return []
    left, right = _reach(item, days, before)
    size, middle = place.size, place.middle(row)
    rooms = {
        "start": days.right - right - _SPACE,
        "end": left - _SPACE - days.left,
        "middle": right - left - 2 * _SPACE,
    }
    if item.end is None or item.start_between or item.end_between or item.marks or before:
        rooms["middle"] = 0.0  # nothing is written on what fades, is hatched or carries signs
    width = svg.measure(item.label, size)
    anchor = next((side for side, room in rooms.items() if room >= width), max(rooms, key=lambda side: rooms[side]))
    words = svg.shortened(item.label, rooms[anchor], size)
    x = {"start": right + _SPACE, "end": left - _SPACE, "middle": (left + right) / 2}[anchor]
    ink, inside = ("#ffffff", True) if anchor == "middle" else (svg.INK, False)
    y = middle + size * 0.34
    return [svg.text(x, y, words, anchor=anchor, fill=ink, size=size, halo=not inside)] if words else []
