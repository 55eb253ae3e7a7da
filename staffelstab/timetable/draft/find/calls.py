"""Calls for papers, motions, comments: who is called, what for, and until when (R60-R62)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from staffelstab.timetable.draft.find.address import find_address
from staffelstab.timetable.draft.find.audience import find_audience
from staffelstab.timetable.draft.find.timetable import Timetable, assumed, marked
from staffelstab.timetable.draft.find.who_acts import Actors, Found, Register
from staffelstab.timetable.draft.plan_entries import Call
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import listed
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.words.call_words import ASKS, CALL, CALL_NAME, CLOSING, SCHLUSS, UNTIL
from staffelstab.timetable.plan.model import Audience
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.reading.strength import strength_of

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A sentence that sets a deadline for papers, and the phase in which it does."""

    piece: Piece
    section: Section
    date: dt.date
    mention: Mention


def find_calls(document: Document, timetable: Timetable, coordinator: str, actors: Actors) -> Found[Call]:
    """Every call whose deadline the text names, one for each phase."""
    register = Register(actors)
    calls: dict[int, Call] = {}
    for piece in document.sentences:
        deadline = _deadline(document, timetable, piece)
        if deadline and deadline.section.number not in calls:
            number = deadline.section.number
            calls[number] = _call(document, timetable, register, coordinator, deadline, len(calls) + 1)
    return Found(tuple(calls.values()), register.actors)


def _deadline(document: Document, timetable: Timetable, piece: Piece) -> _Deadline | None:
    """What a sentence of a call sets as its limit, if that lies after the resolution."""
    mention = _limit(document, piece) if CALL.search(piece.text) else None
    section = (document.section_at(piece) or timetable.running_on(mention.first)) if mention else None
    if mention is None or section is None:
        return None
    date = timetable.settled(mention, section)
    return _Deadline(piece, section, date, mention) if date >= timetable.resolved_on else None


def _limit(document: Document, piece: Piece) -> Mention | None:
    """The day that a sentence sets as a limit."""
    for mention in document.layout.mentions(piece.text):
        before = piece.text[: mention.start]
        if mention.grain == "day" and (
            UNTIL.search(before) or SCHLUSS.search(before) or CLOSING.search(document.layout.beside_day(piece))
        ):
            return mention
    return None


def _call(
    document: Document, timetable: Timetable, register: Register, coordinator: str, deadline: _Deadline, number: int
) -> Call:
    piece, section = deadline.piece, deadline.section
    around = _around(document, section, piece)
    near = around[:_NEAREST]
    naming = next((other for other in near if CALL_NAME.search(other.text)), piece)
    name = _name(document, naming.text, section)
    invited = find_audience(document, register, piece, around, name)
    address, address_questions = find_address(document, register, near, coordinator, name)
    own = (piece,) if naming is piece or document.layout.mentions(naming.text) else (piece, naming)
    year = (document.ask("year", day=deadline.date),) if deadline.mention.added else ()
    return Call(
        id=f"call-{number}",
        name=name,
        phase=section.number,
        opens=_opens(document, timetable, section, deadline.date),
        deadline=marked(deadline.date, deadline.mention),
        audience=invited.audience,
        address=address,
        asks=_asks(piece.text),
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=(*year, *invited.questions, *address_questions),
        passages=(*(sentence.passage for sentence in own), *invited.passages),
    )


def _around(document: Document, section: Section, piece: Piece) -> list[Piece]:
    """The sentences of a section, the nearest to this one first."""
    pieces = document.layout.between(section.start, section.end)
    return sorted(pieces, key=lambda other: abs(other.start - piece.start))


def _opens(document: Document, timetable: Timetable, section: Section, deadline: dt.date) -> When:
    """A call opens with its phase; one that closes before that, with the resolution."""
    if timetable.of(section).start.day <= deadline:
        return When(rule=f"phase-{section.number}.start")
    return assumed(min(timetable.resolved_on, deadline), document.say("note.opens"))


def _name(document: Document, text: str, section: Section) -> str:
    match = CALL_NAME.search(text)
    return match[0][0].upper() + match[0][1:] if match else document.say("name.call", phase=section.name)


def _asks(text: str) -> tuple[str, ...]:
    """What is asked for, where it is a list of names."""
    match = ASKS.search(text)
    wanted = listed(match["what"]) if match else []
    named = all(item[0].isupper() or (item[0].islower() and len(item.split()) <= 3) for item in wanted)
    return tuple(wanted) if named else ()


def with_everybody(calls: Iterable[Call], actors: Actors) -> tuple[Call, ...]:
    """The calls; where the text does not tell who is called, all bodies and groups known in the end are proposed (R83)."""
    everybody = tuple(actor.id for actor in actors.of("body", "group"))
    return tuple(
        call if call.audience.actors else replace(call, audience=Audience(proposed=everybody, note=call.audience.note))
        for call in calls
    )
