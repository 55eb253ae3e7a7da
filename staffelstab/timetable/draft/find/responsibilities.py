"""Who answers for working out what, in the resolution's own words, and as understood (R56, R58)."""

from __future__ import annotations

from staffelstab.timetable.draft.find.who_acts import Actors
from staffelstab.timetable.draft.plan_entries import Responsibility
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import nominative, slug
from staffelstab.timetable.draft.words.actor_words import INFLECTED
from staffelstab.timetable.draft.words.duty_words import ANSWER, DECIDE_LIST
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.reading.strength import strength_of


def find_responsibilities(document: Document, actors: Actors) -> tuple[Responsibility, ...]:
    """Every name on a list of those who answer."""
    return tuple(
        _responsibility(document, piece, name, actors)
        for piece in document.sentences
        if ANSWER.search(piece.text) and (listing := DECIDE_LIST.search(piece.text))
        for name in items(listing["list"])
    )


def _responsibility(document: Document, piece: Piece, name: str, actors: Actors) -> Responsibility:
    actor = actors.find(name)
    return Responsibility(
        id=slug(name, 30),
        name=name,
        actors=(actor,) if actor else _alike(name, actors),
        standing="" if actor else "assumed",
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=() if actor else (document.ask("answers", name=name),),
        passages=(piece.passage,),
    )


def _alike(name: str, actors: Actors) -> tuple[str, ...]:
    """Offices and groups whose names end like it."""
    stem = INFLECTED.sub("", nominative(name).casefold())
    like = [actor.id for actor in actors.of("office", "group") if actor.name.casefold().endswith(stem)]
    return tuple(like) if len(stem) > 5 else ()
