"""The phases of a timetable: numbered headings, overview rows, date ranges, and tables without numbers (R31-R39)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from staffelstab.timetable.draft.text.layout import Layout, Line, Passage
from staffelstab.timetable.draft.text.paragraphs import read_paragraphs
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.words.number_words import NUMBERS, ORDINALS
from staffelstab.timetable.draft.words.phase_words import DATES, STAGE
from staffelstab.timetable.reading.dates import Span
from staffelstab.timetable.vocabulary.words import any_of

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_MARK = r"[\s:.\-–—)|]*"
_HEADING = re.compile(
    rf"(?:(?P<word>{STAGE})\s+(?:(?:{any_of('phases.number_sign')})\s*)?(?P<number>\d{{1,2}}|[ivx]{{1,4}}|{'|'.join(NUMBERS)})\b(?!\.?\d)|"
    rf"(?P<before>\d{{1,2}})\.\s*(?P<word2>{STAGE})\b|"
    rf"(?P<ordinal>{'|'.join(ORDINALS)})\s+(?P<word3>{STAGE})\b)(?P<mark>{_MARK})(?P<name>.*)$",
    re.IGNORECASE,
)
_BRACKET = re.compile(rf"\(((?:{any_of('phases.bracket')})\s[^()]+)\)\W*$", re.IGNORECASE)
_LONGEST_NAME = 90
_EDGE = " \t|,;:.–—-()[]/"


@dataclass(frozen=True, slots=True)
class _Heading:
    number: int
    name: str
    line: Line
    span: Span | None
    dates: str
    bracket: str = ""


def read_sections(layout: Layout) -> tuple[Section, ...]:
    """The phases in the order of their numbers; none where numbered parts have no dates and so are parts of something else."""
    headings = [heading for line in layout.lines if (heading := _heading(layout, line))]
    if not headings:
        return _unnumbered(layout)
    sections = tuple(_numbered(layout, number, headings) for number in sorted({item.number for item in headings}))
    return sections if any(section.span or section.overview_span for section in sections) else ()


def _heading(layout: Layout, line: Line) -> _Heading | None:
    """A line that is the heading of a phase, its dates before or after it set apart."""
    if len(line.cells) > 1:
        return _row(layout, line)
    span = next(iter(layout.spans(line.text)), None) or _single(layout, line.text)
    rest = line.text
    dates = ""
    if span:
        dates = line.text[span.start : span.end].strip(_EDGE)
        before, after = _outside_brackets(line.text, span)
        rest = after if not before.strip(_EDGE) or DATES.fullmatch(before.strip(_EDGE)) else before + " " + after
    bracket = _BRACKET.search(line.text)
    rest = rest if span else _BRACKET.sub("", rest)
    match = _HEADING.match(rest.strip(_EDGE + "*") + (")" if rest.rstrip(" *").endswith(")") else ""))
    if not match or len(rest) > _LONGEST_NAME + 20:
        return None
    name = _name(match["name"])
    if name is None or (not match["mark"].strip() and not match["before"] and name and not match["ordinal"]):
        return None
    return _Heading(_number(match), name, line, span, dates, bracket[1] if bracket else "")


def _outside_brackets(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind a heading's dates; a bracket that holds them and more goes with them."""
    for match in re.finditer(r"\([^()]*\)", text):
        if match.start() < span.start and span.end < match.end():
            return text[: match.start()], text[match.end() :]
    return text[: span.start], text[span.end :]


def _row(layout: Layout, line: Line) -> _Heading | None:
    """A table's row with a numbered phase in one cell; its dates, and its name if need be, in others."""
    match = next((heading for cell in line.cells if (heading := _HEADING.match(cell.strip(_EDGE + "*")))), None)
    if not match:
        return None
    dated = [
        (cell, span) for cell in line.cells if (span := next(iter(layout.spans(cell)), None) or _single(layout, cell))
    ]
    cell, span = dated[0] if dated else ("", None)
    others = [other for other in line.cells if other != cell and not _HEADING.match(other.strip(_EDGE + "*"))]
    name = _name(match["name"]) or next((name for other in others if (name := _name(other))), "")
    return _Heading(_number(match), name, line, span, cell.strip(_EDGE))


def _single(layout: Layout, text: str) -> Span | None:
    """A heading may also carry a single month or day."""
    mentions = [item for item in layout.mentions(text) if item.grain in {"day", "month", "quarter"}]
    if len(mentions) != 1:
        return None
    return Span(mentions[0], mentions[0], mentions[0].start, mentions[0].end)


def _name(text: str) -> str | None:
    """The phase's name; None for a sentence that merely begins like a heading."""
    name = _balanced(re.sub(r"\s{2,}|\t", " ", text).strip(_EDGE.replace("()", "") + "*"))
    if (
        len(name) > _LONGEST_NAME
        or re.search(r"[.!?;]\s", name)
        or (text.rstrip().endswith(".") and len(name.split()) > 6)
    ):
        return None
    return name


def _balanced(name: str) -> str:
    """A name without brackets at its edges that have no other half."""
    if name.count("(") == name.count(")"):
        return name if re.sub(r"\W", "", name) else ""
    return name.strip(_EDGE + "*")


def _number(match: re.Match[str]) -> int:
    word = (match["number"] or match["before"] or match["ordinal"]).lower()
    if word.isdigit():
        return int(word)
    return ORDINALS.get(word, NUMBERS.get(word, _ROMAN.get(word, 0)))


def _numbered(layout: Layout, number: int, headings: list[_Heading]) -> Section:
    """One phase from all its headings: the one with most text below it opens its section, another one is the overview's."""
    same = [heading for heading in headings if heading.number == number]
    main = max(same, key=lambda heading: _end(layout, heading, headings) - heading.line.end)
    others = [heading for heading in same if heading is not main and heading.dates]
    overview = others[0] if others else None
    return _dated(
        layout,
        main,
        Section(
            number,
            (overview.name if overview else "") or main.name or next((item.name for item in same if item.name), ""),
            main.line.start,
            _end(layout, main, headings),
            main.line,
            overview=overview.dates if overview else "",
            overview_span=overview.span if overview else None,
            bracket=main.bracket,
            passages=tuple(heading.line.passage for heading in same),
        ),
    )


def _end(layout: Layout, heading: _Heading, headings: list[_Heading]) -> int:
    following = [item.line.start for item in headings if item.line.start > heading.line.start]
    return min(following, default=len(layout.source.text))


def _dated(layout: Layout, heading: _Heading, section: Section) -> Section:
    """The phase with its dates: in the heading, on a line of their own below, or in its first sentence that gives a range."""
    if heading.span and (heading.span.first or heading.span.last):
        return replace(section, span=heading.span, span_quote=layout.quote(section.line.start, section.line.end))
    for line in [line for line in layout.lines if section.line.end < line.start < section.end][:3]:
        if (span := _only_dates(layout, line)) is not None:
            quote = line.text[span.start : span.end] if span.last else line.text
            return _with_dates(section, span, quote.strip(), line.passage)
    for piece in layout.between(section.line.end, section.end)[:2]:
        if span := next((span for span in layout.spans(piece.text) if span.first), None):
            return _with_dates(section, span, piece.text, piece.passage)
    return section


def _with_dates(section: Section, span: Span, quote: str, passage: Passage) -> Section:
    return replace(section, span=span, span_quote=quote, passages=(*section.passages, passage))


def _only_dates(layout: Layout, line: Line) -> Span | None:
    """The range on a line that says nothing else but perhaps "period:"."""
    span = next(iter(layout.spans(line.text)), None) or _single(layout, line.text)
    if span is None:
        return None
    rest = line.text[: span.start] + " " + line.text[span.end :]
    rest = DATES.sub("", rest)
    return span if not re.sub(r"[^\w]", "", rest) else None


def _unnumbered(layout: Layout) -> tuple[Section, ...]:
    """Rows of a table with a range and a name, or ranges on lines below short headings, or numbered paragraphs."""
    rows = list(_rows(layout)) or list(_below_headings(layout))
    if len(rows) < 2:
        return read_paragraphs(layout)
    ends = [row.start for row in rows[1:]] + [len(layout.source.text)]
    return tuple(
        replace(row, number=place, end=end, passages=(row.line.passage,))
        for place, (row, end) in enumerate(zip(rows, ends, strict=True), 1)
    )


def _rows(layout: Layout) -> Iterator[Section]:
    for line in layout.lines:
        if len(line.cells) < 2:
            continue
        for place, cell in enumerate(line.cells):
            span = next(iter(layout.spans(cell)), None)
            rest = [other for other in line.cells[:place] + line.cells[place + 1 :] if not layout.spans(other)]
            if span and rest and len(rest[0]) <= _LONGEST_NAME:
                yield Section(0, rest[0].strip(_EDGE), line.start, line.end, line, span, cell, given=False)
                break


def _below_headings(layout: Layout) -> Iterator[Section]:
    for before, line in zip(layout.lines, layout.lines[1:], strict=False):
        span = _only_dates(layout, line)
        if (
            span
            and span.first
            and span.first != span.last
            and len(before.text) <= _LONGEST_NAME
            and before.text[-1] not in ".!?;:"
        ):
            yield Section(0, before.text.strip(_EDGE), before.start, line.end, before, span, line.text, given=False)
