"""Who does what: coordination and its successor, hearings, answering for aspects, reports, materials (R50-R58, R66-R76)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.item import Entry, Fields
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bare, bodies, is_office, listed, nominative, slug
from staffelstab.draft.words.actors import GROUP, SIDES
from staffelstab.draft.words.duties import (
    ANSWER,
    BY_WHOM,
    COORDINATES_WHO,
    COORDINATION,
    DECIDE_LIST,
    EVERY_TIME,
    IS_WHOM,
    REPORTS,
    RESPONSIBLE,
    SUBJECT,
    TAKES_OVER,
    VACANT_OFFICE,
    VIEWS,
)
from staffelstab.draft.words.numbers import NUMBERS
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention
from staffelstab.reading.lists import items
from staffelstab.reading.strength import strength_of

_ACTION = re.compile(r"(?<!führ)(?<!leit)ung\b|ation\b")
_SHORT_LIST = re.compile(r"^[A-ZÄÖÜ][\w-]+(?:(?:,|\sund|\sand)\s[A-ZÄÖÜa-z][\w-]+){1,4}\.$")
_WEEKS = {"woche": 1, "wochen": 1, "week": 1, "weeks": 1, "monat": 4, "monate": 4, "month": 4, "months": 4}


def find_coordinator(work: Work) -> tuple[str, list[str]]:
    """The office that coordinates: by a sentence, otherwise whoever is responsible for the resolution, otherwise assumed."""
    for piece in work.running():
        if COORDINATION.search(piece.text) and not TAKES_OVER.search(piece.text):
            found = (
                BY_WHOM.search(piece.text)
                or IS_WHOM.search(piece.text)
                or SUBJECT.match(piece.text)
                or COORDINATES_WHO.search(piece.text)
            )
            name = next((part for part in found.groups() if part), "") if found else ""
            said_by = found is not None and found.re is BY_WHOM
            if name and (is_office(name) or said_by) and not bodies(name):
                work.used.append((piece.start, piece.end))
                office = work.actors.find(name) or work.actors.office(_capital(name), piece.text)
                work.actors.entry(office).fields["quote"] = piece.text
                return office, []
    responsible = work.sheet.fields.get("responsible")
    if responsible and (office := work.actors.signed(responsible.value, responsible.quote)):
        return office, [work.ask("coordinator_responsible")]
    return _responsible(work)


def _responsible(work: Work) -> tuple[str, list[str]]:
    """Whoever a sentence of its own makes responsible for the whole; of a part only asked for, in the text's words."""
    parts = []
    for piece in work.running():
        found = RESPONSIBLE.match(piece.text)
        name = (found["de"] or found["en"]) if found else ""
        if work.stage_at(piece) is None and name and is_office(name) and not bodies(name):
            work.used.append((piece.start, piece.end))
            return work.actors.office(_capital(name), piece.text), [work.ask("coordinator_said", said=piece.text)]
        parts += [piece.text] if found else []
    asked = work.ask("coordinator_part", said=parts[0]) if parts else work.ask("coordinator")
    return work.actors.office(work.say("name.coordination")), [asked]


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def find_successor(work: Work, coordinator: str) -> None:
    """A hand-over of the coordination: who takes over, and the readings of "by September" (R53-R55)."""
    pieces = work.running()
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if not (TAKES_OVER.search(piece.text) and COORDINATION.search(piece.text)):
            continue
        vacant = next((found for text in (piece, before) if text and (found := VACANT_OFFICE.search(text.text))), None)
        if vacant is None:
            continue
        name = bare(vacant["de"] or vacant["en"])
        successor = work.actors.office(name, piece.text)
        entry = work.actors.entry(successor)
        quote, strength = entry.fields.pop("quote"), entry.fields.pop("strength", None)
        entry.fields |= {"filled": {"status": "unknown", "note": work.say("note.filled")}, "deputy": coordinator}
        entry.fields |= ({"strength": strength} if strength else {}) | {"quote": quote, "note": work.say("note.vacant")}
        entry.questions += [work.ask("filled", office=name), work.ask("appointed", office=name)]
        work.used += [(item.start, item.end) for item in (before, piece) if item]
        _until(work, work.actors.entry(coordinator), successor, piece)
        return


def _until(work: Work, entry: Entry, successor: str, piece: Piece) -> None:
    """The coordinator's last day: a month has two readings, the narrow one is reckoned with (R54)."""
    months = [item for item in work.layout.mentions(piece.text) if item.first > work.resolved_on]
    quote = entry.fields.pop("quote", "")
    if months:
        narrow, wide = _readings(months[0])
        note = work.say("note.until", narrow=narrow, wide=wide)
        until: Fields = {"date": narrow, "status": "derived", "candidates": [narrow, wide], "note": note}
        entry.fields |= {"until": until if narrow != wide else narrow}
        entry.questions.append(work.ask("until", office=str(entry.fields["name"]), narrow=narrow, wide=wide))
    entry.fields |= {"successor": successor, "quote": quote}


def _readings(mention: Mention) -> tuple[dt.date, dt.date]:
    if mention.grain == "day":
        return mention.first, mention.first
    return mention.first - dt.timedelta(days=1), mention.last


def find_sides(work: Work) -> None:
    """Parts of the organisation that the text names in passing or lets act: they have duties, or may have (R13)."""
    for piece in work.running():
        for found in SIDES.finditer(piece.text):
            name = bare(found["name"])
            if not work.actors.knows(name) and not GROUP.fullmatch(name):
                work.actors.office(name, piece.text)
        acting = None if work.is_used(piece) or work.stage_at(piece) is None else SUBJECT.match(piece.text)
        name = acting["name"] if acting else ""
        if name and is_office(name) and not bodies(name) and not _ACTION.search(name) and not work.actors.knows(name):
            work.actors.office(name, piece.text)


def find_answers(work: Work) -> None:
    """Who answers for working out what, in the resolution's own words, and as understood (R56, R58)."""
    for piece in work.running():
        listing = DECIDE_LIST.search(piece.text) if ANSWER.search(piece.text) else None
        if listing is None:
            continue
        for name in items(listing["list"]):
            actors, sure = _answering(work, name)
            fields: Fields = {"id": slug(name, 30), "name": name, "actors": actors}
            fields |= ({} if sure else {"standing": "assumed"}) | work.strength(piece.text) | {"quote": piece.text}
            questions = [] if actors and sure else [work.ask("answers", name=name)]
            work.add(Entry("responsibilities", fields, questions), piece)


def _answering(work: Work, name: str) -> tuple[list[str], bool]:
    if known := work.actors.find(name):
        return [known], True
    stem = nominative(name).casefold().removesuffix("en")
    like = [
        entry.id
        for entry in [*work.actors.of("offices"), *work.actors.of("groups")]
        if len(stem) > 5 and str(entry.fields["name"]).casefold().endswith(stem)
    ]
    return like, False


def find_reports(work: Work) -> None:
    """How often the coordinator reports, also without results (R51)."""
    for piece in work.running():
        every = EVERY_TIME.search(piece.text) if REPORTS.search(piece.text) else None
        if every is None:
            continue
        said = not every["often"]
        fields: Fields = {"every": _interval(every), **({} if said else {"standing": "assumed"})}
        fields |= work.strength(piece.text) | {"quote": piece.text}
        work.add(Entry("reports", fields, [] if said else [work.ask("reports", word=every["often"])]), piece)
        return


def _interval(every: re.Match[str]) -> str:
    if every["month"] or every["often"]:
        return "P4W"
    if every["week"]:
        return "P1W"
    unit = (every["de"] or every["en"]).lower()
    word = next((part for part in (every[1], every["n_en"]) if part), "1").lower()
    count = int(word) if word.isdigit() else NUMBERS.get(word, 1)
    return f"P{count}D" if unit.startswith(("tag", "day")) else f"P{count * _WEEKS[unit]}W"


def find_perspectives(work: Work) -> None:
    """The sides that a synthesis brings together (R76)."""
    for piece in work.running():
        found = VIEWS.search(piece.text)
        if not found:
            continue
        for name in items(found["who"]):
            full = work.actors.full(nominative(name))
            work.add(
                Entry(
                    "perspectives",
                    {"id": slug(full), "name": full, "joined": True, **work.strength(piece.text), "quote": piece.text},
                ),
                piece,
            )
        return


def link_perspectives(work: Work) -> None:
    """An actor of the same name speaks from its perspective."""
    for entry in work.of("perspectives"):
        if actor := work.actors.find(str(entry.fields["name"])):
            fields = work.actors.entry(actor).fields
            quote = fields.pop("quote", "")
            fields |= {"perspective": entry.id, "quote": quote}


def find_materials(work: Work) -> None:
    """What a phase works with, where its first sentence is nothing but an enumeration (R66)."""
    for stage in work.stages:
        for piece in work.layout.between(stage.line.end, stage.end)[:3]:
            if (
                _SHORT_LIST.match(piece.text)
                and not work.layout.mentions(piece.text)
                and strength_of(piece.text) is None
            ):
                for name in listed(piece.text.rstrip(".")):
                    fields: Fields = {"id": slug(name, 30), "name": name, "phase": stage.number, "quote": piece.text}
                    work.add(Entry("materials", fields, [work.ask("material", name=name)]), piece)
