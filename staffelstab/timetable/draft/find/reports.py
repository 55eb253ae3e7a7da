"""How often the coordinator reports, also without results (R51)."""

from __future__ import annotations

import re

from staffelstab.timetable.draft.find.who_acts import Actors
from staffelstab.timetable.draft.plan_entries import Reports
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import bodies
from staffelstab.timetable.draft.words.duty_words import EVERY_TIME, REPORTS
from staffelstab.timetable.draft.words.number_words import NUMBERS
from staffelstab.timetable.draft.words.unit_words import Unit, unit_of
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import spoken

_LENGTHS: dict[Unit, tuple[int, str]] = {"day": (1, "D"), "week": (1, "W"), "month": (4, "W")}


def find_reports(document: Document, actors: Actors) -> Reports | None:
    """The first sentence that says how often; "regularly" is taken for four weeks and asked for. To whom: bodies it names."""
    for piece in document.sentences:
        every = EVERY_TIME.search(piece.text) if REPORTS.search(piece.text) else None
        if every:
            return _reports(document, piece, every, actors)
    return None


def _reports(document: Document, piece: Piece, every: re.Match[str], actors: Actors) -> Reports:
    vague = every["often"]
    return Reports(
        every=_interval(every),
        to=_readers(piece.text, actors),
        standing="assumed" if vague else "",
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=(document.ask("reports", word=vague),) if vague else (),
        passages=(piece.passage,),
    )


def _readers(text: str, actors: Actors) -> tuple[str, ...]:
    known = {actor.id for actor in actors.of("body")}
    return tuple(dict.fromkeys(found for name in bodies(text) if (found := actors.find(name)) in known))


def _interval(every: re.Match[str]) -> str:
    if every["month"] or every["often"]:
        return "P4W"
    if every["week"]:
        return "P1W"
    word = spoken(every, "n").lower() or "1"
    count = int(word) if word.isdigit() else NUMBERS.get(word, 1)
    length, unit = _LENGTHS[unit_of(spoken(every))]
    return f"P{count * length}{unit}"
