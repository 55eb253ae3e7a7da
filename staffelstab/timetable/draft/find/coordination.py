"""Who coordinates: by a sentence, otherwise whoever is responsible, otherwise assumed (R50-R52)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bodies, is_office
from staffelstab.timetable.draft.words.duty_words import (
    BY_WHOM,
    COORDINATES_WHO,
    COORDINATION,
    IS_WHOM,
    RESPONSIBLE,
    SUBJECT,
    TAKES_OVER,
)
from staffelstab.timetable.vocabulary.words import spoken


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who coordinates, by id. `quote` is the sentence that says so; "" where it was concluded, and then it is asked for."""

    coordinator: str
    actors: Actors
    quote: str = ""
    questions: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


def find_coordination(document: Document, actors: Actors) -> Coordination:
    """The first of these that the text gives: who coordinates, who is responsible; otherwise an office is assumed."""
    return _by_sentence(document, actors) or _by_sheet(document, actors) or _by_responsibility(document, actors)


def _by_sentence(document: Document, actors: Actors) -> Coordination | None:
    register = Register(actors)
    for piece in document.sentences:
        if name := _coordinator_in(piece.text):
            office = actors.find(name) or register.office(_capital(name), piece.text)
            return Coordination(office, register.actors, piece.text, passages=(piece.passage,))
    return None


def _coordinator_in(text: str) -> str:
    """The office that a sentence says coordinates; "" where it names none, or speaks of its successor."""
    if not COORDINATION.search(text) or TAKES_OVER.search(text):
        return ""
    match = BY_WHOM.search(text) or IS_WHOM.search(text) or SUBJECT.match(text) or COORDINATES_WHO.search(text)
    name = next((part for part in match.groups() if part), "") if match else ""
    by_whom = match is not None and match.re is BY_WHOM
    return name if name and (is_office(name) or by_whom) and not bodies(name) else ""


def _by_sheet(document: Document, actors: Actors) -> Coordination | None:
    field, register = document.sheet.labels.responsible, Register(actors)
    office = register.signed(field.value, field.quote) if field else ""
    if not office:
        return None
    return Coordination(office, register.actors, questions=(document.ask("coordinator_responsible"),))


def _by_responsibility(document: Document, actors: Actors) -> Coordination:
    """Whoever a sentence of its own makes responsible for the whole; of a part only asked for, in the text's words."""
    register, parts = Register(actors), []
    for piece in document.sentences:
        match = RESPONSIBLE.match(piece.text)
        if match and (name := _answers_for_all(document, piece, match)):
            office = register.office(_capital(name), piece.text)
            question = document.ask("coordinator_said", said=piece.text)
            return Coordination(office, register.actors, questions=(question,), passages=(piece.passage,))
        parts += [piece.text] if match else []
    question = document.ask("coordinator_part", said=parts[0]) if parts else document.ask("coordinator")
    return Coordination(register.office(document.say("name.coordination")), register.actors, questions=(question,))


def _answers_for_all(document: Document, piece: Piece, match: re.Match[str]) -> str:
    """The office that answers for the whole, outside every phase; "" otherwise."""
    name = spoken(match)
    return name if document.section_at(piece) is None and is_office(name) and not bodies(name) else ""


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
