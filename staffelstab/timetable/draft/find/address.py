"""Where the papers for a call go: an office by its name or by its holder's; otherwise whoever coordinates."""

from __future__ import annotations

from collections.abc import Iterable

from staffelstab.timetable.draft.find.who_acts import Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import bodies, is_office
from staffelstab.timetable.draft.words.call_words import ADDRESS, ADDRESS_SMALL


def find_address(
    document: Document, register: Register, near: Iterable[Piece], coordinator: str, call: str
) -> tuple[str, tuple[str, ...]]:
    """The first office that one of these sentences names; whoever coordinates is asked for."""
    for piece in near:
        name = _office(piece.text)
        if name and (is_office(name) or register.actors.find(name)) and not bodies(name):
            return register.actors.find(name) or register.office(name, piece.text), ()
        if office := register.actors.held_in(piece.text):
            return office, ()
    return coordinator, (document.ask("address", call=call),)


def _office(text: str) -> str:
    match = ADDRESS.search(text)
    return next((part for part in match.groups() if part), "") if match else _written_small(text)


def _written_small(text: str) -> str:
    """An English office that papers go to, written small ("to the secretary by …"); "" where there is none."""
    match = ADDRESS_SMALL.search(text)
    return match[1][0].upper() + match[1][1:] if match else ""
