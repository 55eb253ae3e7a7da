"""The resolution sheet: title, body, day, and the fields under their labels in several wordings (R01-R16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from staffelstab.timetable.draft.text.layout import Layout, Line, Passage, is_label
from staffelstab.timetable.draft.text.names import bodies, is_office
from staffelstab.timetable.draft.words.sheet_words import (
    BODY_WRITTEN_SMALL,
    HEAD,
    LABEL,
    LABELS,
    ORGANISATION,
    RESOLVES,
)
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.vocabulary.words import any_of

_HEAD_LINES = 12
_SIGNATURE_LINES = 4
_CAPITALS = re.compile(r"(?=.*[A-ZÄÖÜ]{4})[A-ZÄÖÜ&.'’ -]+\s[A-ZÄÖÜ&.'’ -]+")
_HEADED = re.compile(rf"(?:{any_of('sheet.headed')}):\s+([^.:]{{5,120}})", re.IGNORECASE)
_SENTENCE = (".", ";", ",")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the sheet: what stands after its label, and the whole passage verbatim."""

    value: str
    quote: str
    start: int
    end: int

    @property
    def passage(self) -> Passage:
        """Where it stands, its label included."""
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Labels:
    """The labelled fields: None where there is no such label, "" where nothing stands after it (R04)."""

    text: Field | None = None
    grounds: Field | None = None
    publicity: Field | None = None
    further_measures: Field | None = None
    finances: Field | None = None
    coordinated_with: Field | None = None
    recipients: Field | None = None
    vote: Field | None = None
    certified: Field | None = None
    responsible: Field | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet says; what it does not say is "" or None. `quote` tells who resolved, and when."""

    title: str = ""
    organisation: str = ""
    body: str = ""
    day: Mention | None = None
    quote: str = ""
    labels: Labels = Labels()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Resolved:
    """The passage that says when it was resolved, and mostly by whom."""

    day: Mention | None = None
    quote: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands above everything else."""

    title: str = ""
    organisation: str = ""
    passages: tuple[Passage, ...] = ()


def read_sheet(layout: Layout, until: int) -> Sheet:
    """The sheet, whose title, body and day stand before offset `until`; its labelled fields may stand anywhere."""
    fields = _labelled(layout, until)
    labels = Labels(**fields)
    head = [line for line in layout.lines[:_HEAD_LINES] if line.start < until]
    resolved = _resolved(layout, head, labels.certified)
    heading = _heading(layout, head)
    return Sheet(
        title=heading.title,
        organisation=heading.organisation,
        body=_body(layout, resolved.quote, labels.text),
        day=resolved.day,
        quote=resolved.quote,
        labels=labels,
        passages=(*(field.passage for field in fields.values()), *resolved.passages, *heading.passages),
    )


def _labelled(layout: Layout, until: int) -> dict[str, Field]:
    """The fields by their names in `Labels`; of several with the same label the first."""
    fields: dict[str, Field] = {}
    for name, field in chain(_fields(layout), _operative(layout, until)):
        fields.setdefault(name, field)
    return fields


def _fields(layout: Layout) -> Iterator[tuple[str, Field]]:
    for place, line in enumerate(layout.lines):
        label = LABEL.fullmatch(line.text.lstrip("-•* "))
        if not label or (label["value"] is None and not label["certified"]):
            continue
        name = str(label.lastgroup if label.lastgroup != "value" else _name(label))
        value = (label["value"] or "").strip(" *")
        last = line
        if name == "certified":
            last = _signed(layout, place) if not value else line
            value = layout.quote(line.start, last.end)[len(line.text) - len(value) :]
        elif not value:
            value, last = _below(layout, place)
        else:
            value, last = _wrapped(layout, place, value)
        yield name, Field(value.strip(), layout.quote(line.start, last.end), line.start, last.end)


def _operative(layout: Layout, until: int) -> Iterator[tuple[str, Field]]:
    """The first sentence that resolves: it counts where no label says so."""
    for piece in layout.between(0, until):
        if RESOLVES.search(piece.text) and len(piece.text) < 300:
            yield "text", Field(piece.text, piece.text, piece.start, piece.end)
            return


def _name(label: re.Match[str]) -> str:
    return next(name for name in LABELS if label[name])


def _wrapped(layout: Layout, place: int, value: str) -> tuple[str, Line]:
    """A field that runs on over the following lines, as long as no line is left free."""
    last = layout.lines[place]
    for line in layout.lines[place + 1 :]:
        if line.number != last.number + 1 or is_label(line.text) or len(line.cells) > 1:
            break
        value, last = f"{value} {line.text}", line
    return value, last


def _below(layout: Layout, place: int) -> tuple[str, Line]:
    """The paragraph after a label that stands alone; nothing where another label or a heading follows (R04)."""
    line, following = layout.lines[place], layout.lines[place + 1 : place + 2]
    if following and not is_label(following[0].text):
        return following[0].text, following[0]
    return "", line


def _signed(layout: Layout, place: int) -> Line:
    """The last line of a certification: place, day, name and office on short lines (R15)."""
    last = layout.lines[place]
    for line in layout.lines[place + 1 : place + 1 + _SIGNATURE_LINES]:
        if len(line.text) > 80 or is_label(line.text):
            break
        last = line
        if is_office(line.text):
            break
    return last


def _resolved(layout: Layout, head: list[Line], certified: Field | None) -> _Resolved:
    """The line that says who resolved, and when; otherwise the certification with its day."""
    for line in head:
        days = _days(layout, line.text)
        if days and HEAD.search(line.text) and not LABEL.match(line.text):
            return _Resolved(days[0], layout.quote(line.start, line.end), (line.passage,))
    days = _days(layout, certified.value) if certified else []
    return _Resolved(days[0], certified.quote) if certified and days else _Resolved()


def _days(layout: Layout, text: str) -> list[Mention]:
    return [mention for mention in layout.mentions(text) if mention.grain == "day"]


def _heading(layout: Layout, head: list[Line]) -> _Heading:
    """The organisation, if it stands above, and the first line that is neither a body nor a day."""
    above, titles = _above(layout, head)
    organisation = _without_capitals(above.text) if above else ""
    if not above and len(titles) > 1 and ORGANISATION.search(titles[0].text):
        above, *titles = titles
        organisation = above.text
    passages = (above.passage,) if above else ()
    if not titles or titles[0].text[-1:] in _SENTENCE:
        return _Heading("", organisation, passages)
    whole = titles[: 2 if len(titles) > 1 and titles[1].text[0].islower() else 1]  # a page may break it
    title = " ".join(line.text for line in whole).strip(" .:")
    return _Heading(title, organisation, (*passages, Passage(whole[0].start, whole[-1].end)))


def _above(layout: Layout, head: list[Line]) -> tuple[Line | None, list[Line]]:
    """A first line in capitals, and the lines below it that may be titles."""
    capitals: Line | None = None
    titles: list[Line] = []
    for line in head:
        if _CAPITALS.fullmatch(line.text) and not capitals and not titles:
            capitals = line
        elif LABEL.fullmatch(line.text) or len(line.text) > 160:
            break
        elif headed := _HEADED.fullmatch(line.text):
            titles.append(replace(line, text=headed[1]))
        elif not HEAD.search(line.text) and bodies(line.text) != [line.text] and not _days(layout, line.text):
            titles.append(line)
    return capitals, titles


def _without_capitals(name: str) -> str:
    return " ".join(word.capitalize() if len(word) > 3 else word for word in name.split())


def _body(layout: Layout, quote: str, text: Field | None) -> str:
    """Who resolved: named beside the day, otherwise by the resolution's own sentence, otherwise at the head."""
    early = layout.lines[:_HEAD_LINES]
    for passage in (quote, text.value if text else "", *(line.text for line in early)):
        if names := bodies(passage):
            return names[0]
    small = BODY_WRITTEN_SMALL.match(text.value) if text else None
    return small["name"][0].upper() + small["name"][1:] if small else ""
