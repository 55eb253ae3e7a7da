"""The occasion on which the matter comes back, mostly without a day: asked for, never made up (R103)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from staffelstab.timetable.draft.find.ids import free_id
from staffelstab.timetable.draft.plan_entries import Event, Resubmission
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bare, slug
from staffelstab.timetable.draft.words.event_words import AGAIN_LATER, OCCASION
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import spoken


@dataclass(frozen=True, slots=True)
class Return:
    """The event at which the matter comes back, and its coming back."""

    event: Event
    resubmission: Resubmission


def find_return(document: Document, coordinator: str, taken: Collection[str], used: Iterable[Passage]) -> Return | None:
    """The first sentence that tells it, of those of which nothing is `used`; the event's id is none of those `taken`."""
    passages = tuple(used)
    for piece in document.sentences:
        occasion = OCCASION.search(piece.text) if AGAIN_LATER.search(piece.text) else None
        if occasion and not piece.touches(passages):
            event = _event(document, piece, bare(spoken(occasion)), taken)
            return Return(event, _resubmission(document, piece, event, coordinator))
    return None


def _event(document: Document, piece: Piece, name: str, taken: Collection[str]) -> Event:
    shown = name[0].upper() + name[1:]
    return Event(
        id=free_id(slug(name, 30), taken),
        name=shown,
        date=When(status="unknown", note=document.say("note.return")),
        quote=piece.text,
        questions=(document.ask("return_day", event=shown),),
        passages=(piece.passage,),
    )


def _resubmission(document: Document, piece: Piece, event: Event, coordinator: str) -> Resubmission:
    return Resubmission(
        name=document.say("name.return"),
        event=event.id,
        owners=(coordinator,),
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=(document.ask("return_owner"),),
        passages=(piece.passage,),
    )
