"""A timetable drawn: days to be met on top, bars below, days given from outside under them, then the axis, notes and signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from staffelstab.documents.rendering import svg
from staffelstab.documents.rendering import timeline_flags as flags
from staffelstab.documents.rendering import timeline_rows as rows_of
from staffelstab.documents.rendering.timeline import Line, Mark, Pillar, Timeline
from staffelstab.documents.rendering.timeline_scale import SMALL, Days, axis, height

WIDTH = 560.0
TALLEST = 840.0  # as a page of A4 is, with a heading above
HEAD, FOOT = 30.0, 6.0
LABEL = 13.5
LINE = 15.5
CEILING = 112.0
_NAMES = 15.0  # from one upright name to the next
_LONGEST = 130.0
_LEADER = 16.0
_LANE = 11.0
_SAFE = 0.93  # of the width: a font that stands in for ours may be wider
_APART = 3.0  # nearer than this, one sign hides another
_CROWDED = 12.0  # a line every so often is too many to be strong
_FORMER = "#8a8f96"


@dataclass(slots=True)
class _Page:
    """The picture while it is drawn: what lies behind, what before it, and how far down it reaches."""

    picture: Timeline
    days: Days
    y: float = 0.0
    behind: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


def draw(picture: Timeline, description: str) -> str:
    """The picture as SVG, `WIDTH` wide and never higher than `TALLEST`, with what it says in words."""
    days = Days(picture.first, picture.last, 2.0, WIDTH - 2.0)
    picture = _legible(picture, days)
    page, rows = _drawn(picture, days, TALLEST)
    if page.y + FOOT > TALLEST:  # everything else needs its room; the rows share what is left
        page, _ = _drawn(picture, days, rows - (page.y + FOOT - TALLEST))
    parts = [rows_of.DEFINITIONS, *page.behind, *page.before]
    return svg.drawing(parts, round(page.y + FOOT), WIDTH, title=picture.title, description=description)


def _drawn(picture: Timeline, days: Days, room: float) -> tuple[_Page, float]:
    """The whole page with at most so much room for the rows, and how much they took."""
    page = _Page(picture, days)
    _head(page)
    base = _flags(page)
    place = rows_of.rows(_lanes(page, base) + 5, len(picture.bars), room)
    _grounds(page, place)
    _lines(page, base, place)
    _bars(page, place)
    page.y = place.bottom + 4
    _strip(page, place)
    _names(page, place)
    page.behind = [*axis(days, picture.language, place.top - 2, page.y), *page.behind]
    page.y += height(days, picture.language) + 8
    _notes(page)
    _legend(page)
    return page, place.bottom - place.top


def _legible(picture: Timeline, days: Days) -> Timeline:
    """Without the signs of frozen papers that would lie on the sign of their session."""
    bars = tuple(replace(item, marks=tuple(_apart(item.marks, days))) for item in picture.bars)
    left = {mark.kind for item in bars for mark in item.marks}
    legend = {name: words for name, words in picture.legend.items() if name != "freeze" or "freeze" in left}
    return replace(picture, bars=bars, legend=legend)


def _apart(marks: Iterable[Mark], days: Days) -> list[Mark]:
    known = tuple(marks)
    sessions = [days.middle(mark.day) for mark in known if mark.kind == "session"]
    return [
        mark
        for mark in known
        if mark.kind != "freeze" or all(abs(days.middle(mark.day) - x) > _APART for x in sessions)
    ]


def _head(page: _Page) -> None:
    picture = page.picture
    room = WIDTH - (svg.measure(picture.stand, SMALL) + 14 if picture.stand else 0)
    title = svg.shortened(picture.title, room / 1.15, LABEL + 1.5)
    page.before.append(svg.text(0, 15, title, bold=True, size=LABEL + 1.5))
    if picture.stand:
        page.before.append(svg.text(WIDTH, 15, picture.stand, anchor="end", fill=svg.QUIET, size=SMALL))
    page.y = HEAD


def _flags(page: _Page) -> float:
    """The labels of the upright lines; returns the base from which the lines go down."""
    lines = page.picture.lines
    boxes = [flags.Flag(_x(page.days, item), *_size(item)) for item in lines]
    placed = flags.stacked(boxes, 0, WIDTH, CEILING)
    if placed is None:
        return _upright(page)
    base = page.y + max((place.far for place in placed), default=0) + 2
    for item, place in zip(lines, placed, strict=True):
        page.before.append(_stem(place.x, base - place.near, base, item.certain))
        middle = (place.left + place.right) / 2
        top = base - place.far
        page.before.append(svg.text(middle, top + LABEL - 1.5, item.head, anchor="middle", bold=True, size=LABEL))
        if item.text:
            page.before.append(svg.text(middle, top + LABEL - 1.5 + LINE, item.text, anchor="middle", size=SMALL))
    return base


def _x(days: Days, item: Line) -> float:
    return sum(map(days.middle, item.days)) / len(item.days)


def _size(item: Line) -> tuple[float, float]:
    width = max(svg.measure(item.head, LABEL, bold=True), svg.measure(item.text, SMALL))
    return width, (2 if item.text else 1) * LINE + 2


def _upright(page: _Page) -> float:
    """Where flags would pile up: names that run upwards, as many as have room, each with a leader to its line."""
    lines = page.picture.lines
    shown = flags.some(len(lines), int((WIDTH - 20) / _NAMES))
    if len(shown) < len(lines) and page.picture.partly:
        note = page.picture.partly.format(shown=len(shown), count=len(lines))
        page.picture = replace(page.picture, notes=(*page.picture.notes, note))
    names = {n: svg.shortened(f"{lines[n].head} {lines[n].text}".strip(), _LONGEST, SMALL) for n in shown}
    places = flags.spread([_x(page.days, lines[n]) for n in shown], _NAMES, 10, WIDTH - 6)
    foot = page.y + max(svg.measure(name, SMALL) for name in names.values())
    base = foot + _LEADER
    for n, x in zip(shown, places, strict=True):
        page.before.append(svg.upright(x + SMALL * 0.34, foot, names[n], size=SMALL))
        page.before.append(svg.rule(x, foot + 3, _x(page.days, lines[n]), base, svg.QUIET, 0.8))
    return base


def _stem(x: float, top: float, bottom: float, certain: bool, *, fine: bool = False) -> str:
    colour, width = (svg.QUIET, 0.5) if fine else (svg.INK, 1.3)
    return svg.rule(x, top, x, bottom, colour, width, dashes="" if certain else "4 3")


def _lanes(page: _Page, base: float) -> float:
    """Arrows from former days to those that hold now, each in a lane of its own where they would meet."""
    ends: list[float] = []
    for item in page.picture.lines:
        if item.former is None:
            continue
        old, new = page.days.middle(item.former), _x(page.days, item)
        left, right = min(old, new) - 6, max(old, new) + 6
        lane = next((n for n, end in enumerate(ends) if end < left), len(ends))
        ends[lane : lane + 1] = [right]
        y = base + 7 + lane * _LANE
        tip = -5 if new > old else 5
        page.before.append(svg.rule(old, y, new + tip / 2, y, _FORMER, 1.2))
        page.before.append(svg.polygon([(new + tip, y - 3.5), (new, y), (new + tip, y + 3.5)], _FORMER))
    return base + len(ends) * _LANE


def _grounds(page: _Page, place: rows_of.Rows) -> None:
    """Behind the bars: days off, days on which two phases run and days on which none does."""
    for first, last in page.picture.breaks:
        left, right = page.days.at(first), page.days.end(last)
        if right > left:
            page.behind.append(svg.rect(left, place.top - 2, right - left, place.bottom - place.top + 4, "#f0ede4"))
    page.behind += [rows_of.both(span, page.days, place) for span in page.picture.spans if span.kind == "overlap"]


def _lines(page: _Page, base: float, place: rows_of.Rows) -> None:
    crowded = len(page.picture.lines) * _CROWDED > WIDTH
    for item in page.picture.lines:
        if item.former is not None:
            x = page.days.middle(item.former)
            page.behind.append(svg.rule(x, base, x, place.bottom, _FORMER, 1, dashes="1 3"))
        for day in item.days:
            x = page.days.middle(day)
            page.behind.append(_stem(x, base, place.bottom, item.certain, fine=crowded))


def _bars(page: _Page, place: rows_of.Rows) -> None:
    picture, days = page.picture, page.days
    page.before += [rows_of.neither(span, days, place) for span in picture.spans if span.kind == "gap"]
    for row, item in enumerate(picture.bars):
        page.before += rows_of.bar(item, row, days, place, picture)


def _names(page: _Page, place: rows_of.Rows) -> None:
    """Signs and names come last, before every line."""
    gaps = {span.row + 1: span for span in page.picture.spans if span.kind == "gap"}
    for row, item in enumerate(page.picture.bars):
        page.before += rows_of.signs(item, row, page.days, place)
        page.before += rows_of.label(item, row, page.days, place, gaps.get(row))


def _strip(page: _Page, place: rows_of.Rows) -> None:
    """Below the bars: today, and the days given from outside."""
    picture, days = page.picture, page.days
    labels = [(days.middle(picture.today), picture.today_label)] if picture.today else []
    labels += [(sum(map(days.middle, item.days)) / len(item.days), item.label) for item in picture.pillars]
    boxes = [flags.Flag(x, svg.measure(words, SMALL, bold=True) + 8, LINE) for x, words in labels]
    placed = flags.stacked(boxes, 0, WIDTH, 8 * LINE)
    if placed is None:  # too many: the notes name them, and today is never left out
        placed = flags.stacked(boxes[: 1 if picture.today else 0], 0, WIDTH, LINE) or ()
        for item in picture.pillars:
            _wall(page, place, item, page.y)
    for number, spot in enumerate(placed):
        today = picture.today is not None and number == 0
        _pillar(page, place, spot, labels[number][1], today=today, number=number - (picture.today is not None))
    page.y += max((spot.far for spot in placed), default=0) + 2


def _pillar(page: _Page, place: rows_of.Rows, spot: flags.Placed, words: str, *, today: bool, number: int) -> None:
    top, middle = page.y + spot.near, (spot.left + spot.right) / 2
    if today:
        page.before.append(svg.rule(spot.x, place.top - 2, spot.x, top, "#ffffff", 4))
        page.before.append(svg.rule(spot.x, place.top - 2, spot.x, top, "#b3261e", 2))
        page.before.append(svg.rect(spot.left, top, spot.right - spot.left, LINE, "#b3261e"))
    else:
        item = page.picture.pillars[number]
        for day in item.days:
            x = page.days.middle(day)
            width, dashes = 3.5 if item.wall else 1.3, "" if item.certain else "4 3"
            page.behind.append(
                svg.rule(x, place.top - 2, x, top, svg.INK if item.wall else svg.QUIET, width, dashes=dashes)
            )
        page.before.append(svg.rect(spot.left, top, spot.right - spot.left, LINE, "#ffffff"))
    ink = "#ffffff" if today else svg.INK
    page.before.append(
        svg.text(middle, top + LINE - 4, words, anchor="middle", fill=ink, bold=True, size=SMALL, halo=not today)
    )


def _wall(page: _Page, place: rows_of.Rows, item: Pillar, bottom: float) -> None:
    width, dashes = 3.5 if item.wall else 1.3, "" if item.certain else "4 3"
    for x in map(page.days.middle, item.days):
        ink = svg.INK if item.wall else svg.QUIET
        page.behind.append(svg.rule(x, place.top - 2, x, bottom, ink, width, dashes=dashes))


def _notes(page: _Page) -> None:
    for note in page.picture.notes:
        for words in _folded(note)[:2]:
            page.before.append(svg.text(0, page.y + SMALL, words, size=SMALL))
            page.y += LINE
    page.y += 4 if page.picture.notes else 0


def _folded(words: str) -> list[str]:
    """A note in lines as wide as the picture."""
    lines, rest = [], words.split(" ")
    while rest:
        count = len(rest)
        while count > 1 and svg.measure(" ".join(rest[:count]), SMALL) > WIDTH * _SAFE:
            count -= 1
        lines.append(svg.shortened(" ".join(rest[:count]), WIDTH * _SAFE, SMALL))
        rest = rest[count:]
    return lines


def _legend(page: _Page) -> None:
    x, y = 0.0, page.y
    for name, words in page.picture.legend.items():
        room = 30 + svg.measure(words, SMALL) + 14
        if x and x + room - 14 > WIDTH:
            x, y = 0.0, y + LINE + 2
        page.before += [
            *SIGNS[name](x, y + LINE / 2),
            svg.text(x + 30, y + SMALL - 0.5, words, fill=svg.QUIET, size=SMALL),
        ]
        x += room
    page.y = y + (LINE + 2 if page.picture.legend else 0)


def _mark(kind: str) -> Callable[[float, float], list[str]]:
    return lambda x, y: rows_of.sign(Mark(dt.date.min, kind), x + 12, y, 12)  # type: ignore[arg-type] # one of the kinds


SIGNS: dict[str, Callable[[float, float], list[str]]] = {
    "session": lambda x, y: [svg.rule(x + 12, y - 8, x + 12, y + 8, svg.INK, 1.3), *_mark("session")(x, y)],
    "uncertain": lambda x, y: [_stem(x + 12, y - 8, y + 8, False)],
    "former": lambda x, y: [
        svg.rule(x + 3, y, x + 19, y, _FORMER, 1.2),
        svg.polygon([(x + 17, y - 3.5), (x + 22, y), (x + 17, y + 3.5)], _FORMER),
    ],
    "deadline": lambda x, y: _mark("deadline")(x, y + 2),
    "freeze": lambda x, y: _mark("freeze")(x, y),
    "wall": lambda x, y: [svg.rule(x + 12, y - 7, x + 12, y + 7, svg.INK, 3.5)],
    "unsure": lambda x, y: [rows_of.hatched(x + 1, x + 23, y - 6, 12)],
    "open": lambda x, y: rows_of.endless(x + 1, x + 24, y - 6, 12),
    "overlap": lambda x, y: [svg.rect(x + 1, y - 7, 22, 14, "#dcdcdc")],
    "gap": lambda x, y: [rows_of.frame(x + 1, y - 6, 22, 12)],
    "break": lambda x, y: [svg.rect(x + 1, y - 7, 22, 14, "#f0ede4", svg.RULE)],
}
"""How each sign is drawn in the legend, 24 pixels wide from `x`, around the height `y`."""
