"""A timetable as a drawing: what is in it, as plain values. Days are inclusive; every word is given by the caller.

`timeline_page.py` draws it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MarkKind = Literal["deadline", "freeze", "session"]
SpanKind = Literal["overlap", "gap"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign in a bar's row."""

    day: dt.date
    kind: MarkKind
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label. `end` None: it has no end. An end that is not certain lies between the days of its pair."""

    label: str
    start: dt.date
    end: dt.date | None
    start_between: tuple[dt.date, dt.date] | None = None
    end_between: tuple[dt.date, dt.date] | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A day that matters: an upright line with its label, `head` above `text`. Several `days`: one of them it will be."""

    days: tuple[dt.date, ...]
    head: str
    text: str
    certain: bool = True
    former: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Pillar:
    """A day given from outside, labelled below the bars; a `wall` cannot be moved."""

    days: tuple[dt.date, ...]
    label: str
    wall: bool = True
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    """Days on which the bar in row `row` and the next one both run (overlap), or neither (gap)."""

    kind: SpanKind
    row: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture. `stand` is written beside the title, `notes` below the drawing; `legend` explains signs by their name.

    `today` is marked; what lies before `now`, which the picture may not reach, is over. `partly` is the note for a crowd of
    lines of which not all can be labelled, with `{shown}` and `{count}` to be filled in.
    """

    title: str
    stand: str
    first: dt.date
    last: dt.date
    language: str
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    spans: tuple[Between, ...] = ()
    breaks: tuple[tuple[dt.date, dt.date], ...] = ()
    today: dt.date | None = None
    now: dt.date | None = None
    today_label: str = ""
    notes: tuple[str, ...] = ()
    partly: str = ""
    legend: Mapping[str, str] = field(default_factory=dict)
