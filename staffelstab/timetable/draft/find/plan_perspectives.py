"""The sides that a synthesis brings together (R76)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffelstab.timetable.draft.find.who_acts import Actors
from staffelstab.timetable.draft.plan_entries import Perspective
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.names import nominative, slug
from staffelstab.timetable.draft.words.duty_words import VIEWS
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.reading.strength import strength_of


def find_perspectives(document: Document, actors: Actors) -> tuple[Perspective, ...]:
    """Those of the first sentence that lists any."""
    lists = ((piece, match) for piece in document.sentences if (match := VIEWS.search(piece.text)))
    piece, match = next(lists, (None, None))
    if piece is None or match is None:
        return ()
    names = [actors.full(nominative(name)) for name in items(match["who"])]
    return tuple(
        Perspective(
            id=slug(name),
            name=name,
            joined=True,
            strength=strength_of(piece.text),
            quote=piece.text,
            passages=(piece.passage,),
        )
        for name in names
    )


def perspective_of(perspectives: Iterable[Perspective], actors: Actors) -> Mapping[str, str]:
    """By the ids of actors, the perspective of the same name: they speak from it."""
    return {actor: item.id for item in perspectives if (actor := actors.find(item.name))}
