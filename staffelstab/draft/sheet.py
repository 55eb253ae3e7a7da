"""The resolution sheet: title, body, day, and the fields under their labels in several wordings (R01-R16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from staffelstab.draft.layout import Layout, Line, is_label
from staffelstab.draft.names import bodies, is_office
from staffelstab.draft.words.sheet import BODY_WRITTEN_SMALL, HEAD, LABEL, LABELS, ORGANISATION, RESOLVES
from staffelstab.reading.dates import Mention

_HEAD_LINES = 12
_SIGNATURE_LINES = 4
_CAPITALS = re.compile(r"(?=.*[A-ZÄÖÜ]{4})[A-ZÄÖÜ&.'’ -]+\s[A-ZÄÖÜ&.'’ -]+")
_HEADED = re.compile(r"(?:\w*beschluss|antrag|vorlage|resolution|motion|decision):\s+([^.:]{5,120})", re.IGNORECASE)
_SENTENCE = (".", ";", ",")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the sheet: what stands after its label, and the whole passage verbatim."""

    value: str
    quote: str
    start: int
    end: int


@dataclass(slots=True)
class Sheet:
    """What the sheet says; missing fields are absent, empty ones are "" (R04)."""

    title: str = ""
    organisation: str = ""
    body: str = ""
    day: Mention | None = None
    quote: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    used: list[tuple[int, int]] = field(default_factory=list)


def read_sheet(layout: Layout, until: int) -> Sheet:
    """The sheet, whose title, body and day stand before offset `until`; its labelled fields may stand anywhere."""
    sheet = Sheet()
    for found in _fields(layout):
        sheet.fields.setdefault(*found)
    if "text" not in sheet.fields:
        sheet.fields.update(_operative(layout, until))
    sheet.used = [(item.start, item.end) for item in sheet.fields.values()]
    head = [line for line in layout.lines[:_HEAD_LINES] if line.start < until]
    _resolved(layout, head, sheet)
    _titled(layout, head, sheet)
    _body(layout, sheet)
    return sheet


def _fields(layout: Layout) -> Iterator[tuple[str, Field]]:
    for place, line in enumerate(layout.lines):
        found = LABEL.fullmatch(line.text.lstrip("-•* "))
        if not found or (found["value"] is None and not found["certified"]):
            continue
        name = str(found.lastgroup if found.lastgroup != "value" else _name(found))
        value = (found["value"] or "").strip(" *")
        last = line
        if name == "certified":
            last = _signed(layout, place) if not value else line
            value = layout.quote(line.start, last.end)[len(line.text) - len(value) :]
        elif not value:
            value, last = _below(layout, place)
        else:
            value, last = _wrapped(layout, place, value)
        yield name, Field(value.strip(), layout.quote(line.start, last.end), line.start, last.end)


def _operative(layout: Layout, until: int) -> dict[str, Field]:
    """The sentence that resolves, where no label says so."""
    for piece in layout.between(0, until):
        if RESOLVES.search(piece.text) and len(piece.text) < 300:
            return {"text": Field(piece.text, piece.text, piece.start, piece.end)}
    return {}


def _name(found: re.Match[str]) -> str:
    return next(name for name in LABELS if found[name])


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


def _resolved(layout: Layout, head: list[Line], sheet: Sheet) -> None:
    """The line that says who resolved, and when."""
    for line in head:
        days = _days(layout, line.text)
        if days and HEAD.search(line.text) and not LABEL.match(line.text):
            sheet.day, sheet.quote = days[0], layout.quote(line.start, line.end)
            sheet.used.append((line.start, line.end))
            return
    certified = sheet.fields.get("certified")
    days = _days(layout, certified.value) if certified else []
    if certified and days:
        sheet.day, sheet.quote = days[0], certified.quote


def _days(layout: Layout, text: str) -> list[Mention]:
    return [found for found in layout.mentions(text) if found.grain == "day"]


def _titled(layout: Layout, head: list[Line], sheet: Sheet) -> None:
    """The organisation, if it stands above, and the first line that is neither a body nor a day."""
    titles: list[Line] = []
    for line in head:
        if _CAPITALS.fullmatch(line.text) and not sheet.organisation and not titles:
            sheet.organisation = " ".join(word.capitalize() if len(word) > 3 else word for word in line.text.split())
            sheet.used.append((line.start, line.end))
        elif LABEL.fullmatch(line.text) or len(line.text) > 160:
            break
        elif found := _HEADED.fullmatch(line.text):
            titles.append(replace(line, text=found[1]))
        elif not HEAD.search(line.text) and bodies(line.text) != [line.text] and not _days(layout, line.text):
            titles.append(line)
    if len(titles) > 1 and not sheet.organisation and ORGANISATION.search(titles[0].text):
        sheet.organisation = titles[0].text
        sheet.used.append((titles[0].start, titles[0].end))
        titles.pop(0)
    if titles and titles[0].text[-1:] not in _SENTENCE:
        whole = titles[: 2 if len(titles) > 1 and titles[1].text[0].islower() else 1]  # a page may break it
        sheet.title = " ".join(line.text for line in whole).strip(" .:")
        sheet.used.append((whole[0].start, whole[-1].end))


def _body(layout: Layout, sheet: Sheet) -> None:
    """Who resolved: named beside the day, otherwise by the resolution's own sentence, otherwise at the head."""
    text = sheet.fields.get("text")
    early = layout.lines[:_HEAD_LINES]
    for passage in (sheet.quote, text.value if text else "", *(line.text for line in early)):
        if found := bodies(passage):
            sheet.body = found[0]
            return
    if text and (small := BODY_WRITTEN_SMALL.match(text.value)):
        sheet.body = small["name"][0].upper() + small["name"][1:]
