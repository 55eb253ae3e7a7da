"""Parts of the organisation that the text names in passing or lets act: they have duties, or may have (R13)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bare, bodies, is_office
from staffelstab.timetable.draft.words.actor_words import GROUP, SIDES
from staffelstab.timetable.draft.words.duty_words import SUBJECT
from staffelstab.timetable.vocabulary.words import any_of

_ACTION = re.compile(any_of("actors.action"))


def find_sides(document: Document, used: Iterable[Passage], actors: Actors) -> Actors:
    """Everybody known after them; who acts is looked for in sentences of which nothing is `used`."""
    register, passages = Register(actors), tuple(used)
    for piece in document.sentences:
        for match in SIDES.finditer(piece.text):
            name = bare(match["name"])
            if not register.actors.knows(name) and not GROUP.fullmatch(name):
                register.office(name, piece.text)
        name = "" if piece.touches(passages) else _acting(document, piece)
        if name and not register.actors.knows(name):
            register.office(name, piece.text)
    return register.actors


def _acting(document: Document, piece: Piece) -> str:
    """The office that is the subject of a sentence in a phase; "" where there is none."""
    match = SUBJECT.match(piece.text) if document.section_at(piece) else None
    name = match["name"] if match else ""
    return name if name and is_office(name) and not bodies(name) and not _ACTION.search(name) else ""
