"""A hand-over of the coordination: who takes over, and the readings of "by September" (R53-R55)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bare
from staffelstab.timetable.draft.words.duty_words import COORDINATION, TAKES_OVER, VACANT_OFFICE
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.vocabulary.words import spoken


@dataclass(frozen=True, slots=True)
class Succession:
    """The office that takes over, by id, and when the one before it ends, if the text says so; `questions` are about that day."""

    successor: str
    until: When | None
    questions: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FoundSuccession:
    """The hand-over, if the text tells one, and everybody known after it."""

    succession: Succession | None
    actors: Actors


def find_succession(document: Document, resolved_on: dt.date, coordinator: str, actors: Actors) -> FoundSuccession:
    """The first sentence in which a vacant office takes over the coordination; the sentence before may name the office."""
    for before, piece in zip((None, *document.sentences), document.sentences, strict=False):
        if name := _vacant(before, piece):
            register = Register(actors)
            successor = register.office(name, piece.text)
            until, questions = _until(document, resolved_on, piece, actors.actor(coordinator).name)
            passages = tuple(sentence.passage for sentence in (before, piece) if sentence)
            return FoundSuccession(Succession(successor, until, questions, passages), register.actors)
    return FoundSuccession(None, actors)


def _vacant(before: Piece | None, piece: Piece) -> str:
    """The office to be filled that takes over the coordination; "" where the sentence speaks of nothing of the kind."""
    if not (TAKES_OVER.search(piece.text) and COORDINATION.search(piece.text)):
        return ""
    matches = (VACANT_OFFICE.search(sentence.text) for sentence in (piece, before) if sentence)
    match = next((match for match in matches if match), None)
    return bare(spoken(match)) if match else ""


def _until(document: Document, resolved_on: dt.date, piece: Piece, office: str) -> tuple[When | None, tuple[str, ...]]:
    """The coordinator's last day: a month has two readings, the narrow one is reckoned with (R54)."""
    mention = next((item for item in document.layout.mentions(piece.text) if item.first > resolved_on), None)
    if mention is None:
        return None, ()
    narrow, wide = _readings(mention)
    question = document.ask("until", office=office, narrow=narrow, wide=wide)
    if narrow == wide:
        return When(narrow), (question,)
    note = document.say("note.until", narrow=narrow, wide=wide)
    return When(narrow, "derived", candidates=(narrow, wide), note=note), (question,)


def _readings(mention: Mention) -> tuple[dt.date, dt.date]:
    if mention.grain == "day":
        return mention.first, mention.first
    return mention.first - dt.timedelta(days=1), mention.last
