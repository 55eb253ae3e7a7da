"""Phases that are ordinary numbered paragraphs ("1. Bis Weihnachten …", "2. Vom 11. Januar bis …"), where nothing else is one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from staffelstab.timetable.draft.text.layout import Layout, Line, Piece
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.words.phase_words import FEAST
from staffelstab.timetable.reading.dates import Span

_NUMBER = re.compile(r"^\(?(?P<number>\d{1,2})[.)]\s+(?=[^\W\d])")
_TITLE = re.compile(r"\(?\d{1,2}[.)]\s+(?P<name>[^\W\d][^.:;!?()\d]{2,60}?)\s*(?::|\s[–—-]\s|\()")
_LEAST = 2
_ANY_YEAR = dt.date(2000, 1, 1)


def read_paragraphs(layout: Layout) -> tuple[Section, ...]:
    """Paragraphs numbered from 1 without a gap, if at least two of them name a range or a deadline; otherwise none."""
    numbered = list(_numbered(layout))
    if len(numbered) < _LEAST:
        return ()
    ends = [line.start for line, _ in numbered[1:]] + [len(layout.source.text)]
    sections = tuple(_section(layout, line, number, end) for (line, number), end in zip(numbered, ends, strict=True))
    return sections if sum(section.span is not None for section in sections) >= _LEAST else ()


def _numbered(layout: Layout) -> Iterator[tuple[Line, int]]:
    """The lines that go on counting from 1; "1. März" and "1. bis 3. März" are days, "1. Bis zum 3. März" is a number."""
    wanted = 1
    for line in layout.lines:
        match = _NUMBER.match(line.text)
        if not match or int(match["number"]) != wanted or len(line.cells) > 1:
            continue
        if line.text.startswith("Bis ", match.end()) or not any(
            mention.start < match.end() for mention in layout.mentions(line.text, layout.near or _ANY_YEAR)
        ):
            yield line, wanted
            wanted += 1


def _section(layout: Layout, line: Line, number: int, end: int) -> Section:
    own = _own(layout, line, end)
    dated, span = next(((piece, spans[0]) for piece in own if (spans := _spans(layout, piece))), (None, None))
    feast = next((match[0] for piece in own if (match := FEAST.search(piece.text))), "")
    source = dated or (own[0] if own and feast else None)
    title = _TITLE.match(line.text)
    return Section(
        number,
        title["name"].strip() if title and len(title["name"].split()) <= 6 else "",
        line.start,
        end,
        Line("", line.start, line.start, line.number),
        span=span,
        span_quote=source.text if source else "",
        bracket="" if dated else feast,
        paragraph=True,
    )


def _spans(layout: Layout, piece: Piece) -> tuple[Span, ...]:
    return layout.spans(_NUMBER.sub("", piece.text, count=1))


def _own(layout: Layout, line: Line, end: int) -> tuple[Piece, ...]:
    """The sentences of the paragraph itself: up to the next one that is numbered, or to a line left free."""
    last = line
    for following in layout.lines:
        if following.number == last.number + 1 and following.start < end:
            last = following
    return layout.between(line.start, last.end)
