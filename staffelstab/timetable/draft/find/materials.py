"""What a phase works with, where its first sentence is nothing but an enumeration (R66)."""

from __future__ import annotations

import re

from staffelstab.timetable.draft.plan_entries import Material
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import listed, slug
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import any_of

_SHORT_LIST = re.compile(
    rf"^[A-ZÄÖÜ][\w-]+(?:(?:,|\s(?:{any_of('sentences.lists.and')}))\s[A-ZÄÖÜa-z][\w-]+){{1,4}}\.$"
)


def find_materials(document: Document) -> tuple[Material, ...]:
    """Every name of such an enumeration."""
    return tuple(
        Material(
            id=slug(name, 30),
            name=name,
            phase=section.number,
            quote=piece.text,
            questions=(document.ask("material", name=name),),
            passages=(piece.passage,),
        )
        for section in document.sections
        for piece in document.layout.between(section.line.end, section.end)[:3]
        if _is_enumeration(document, piece)
        for name in listed(piece.text.rstrip("."))
    )


def _is_enumeration(document: Document, piece: Piece) -> bool:
    return bool(
        _SHORT_LIST.match(piece.text) and not document.layout.mentions(piece.text) and strength_of(piece.text) is None
    )
