"""The section of a phase in a resolution's text, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.timetable.draft.text.layout import Line, Passage
from staffelstab.timetable.reading.dates import Span


@dataclass(frozen=True, slots=True)
class Section:
    """A phase as the text has it. `given` tells that its number stands there; `span` is None where the text gives no dates.

    It runs from `start` to `end`; `overview` is the cell of an overview that names its months,
    `bracket` a time in brackets behind the name, verbatim: it may say more than could be read as a day. A
    `paragraph` is a mere numbered one. `passages` are the headings and dates from which it was read.
    """

    number: int
    name: str
    start: int
    end: int
    line: Line
    span: Span | None = None
    span_quote: str = ""
    overview: str = ""
    overview_span: Span | None = None
    given: bool = True
    bracket: str = ""
    paragraph: bool = False
    passages: tuple[Passage, ...] = ()
