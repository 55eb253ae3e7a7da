"""What did not go into the draft: sentences on which no item rests, and distances in time that an item leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from staffelstab.timetable.draft.plan_entries import Draft
from staffelstab.timetable.draft.text.counting import count_of, spelled
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bodies
from staffelstab.timetable.draft.words.session_words import DISTANCE
from staffelstab.timetable.reading.strength import strength_of

_WHOLE = re.compile(r"(?=.*\b[a-zäöüß]{3,})\S+\s+\S+\s+\S.*[.!?]['\"“”’)]*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sentence, its line in the text, and why it might matter.

    "date", "duty", "modal"; "distance" where an item rests on the sentence but leaves a distance in time out; "sentence" for
    any other whole sentence.
    """

    text: str
    line: int
    why: str


def leftovers(document: Document, passages: Iterable[Passage] = (), draft: Draft | None = None) -> list[Leftover]:
    """Every such sentence in the order of the text; on `passages` rests an item of the draft, if there is one.

    Headings and other words without a full stop count only with a reason.
    """
    used = [passage for passage in (*document.sheet.passages, *passages) if passage not in document.headings]
    return list(_leftovers(document, used, draft))


def _leftovers(document: Document, used: list[Passage], draft: Draft | None) -> Iterator[Leftover]:
    for piece in document.sentences:
        if piece.touches(used):
            if draft and _lost(document, piece, draft):
                yield Leftover(piece.text, piece.line, "distance")
            continue
        rest = _below_heading(document, piece)
        if rest and (why := _why(document, rest.text, draft)):
            yield Leftover(rest.text, rest.line, why)


def _below_heading(document: Document, piece: Piece) -> Piece | None:
    """The sentence without a heading above it that it was read together with."""
    ends = [heading.end for heading in document.headings if piece.touches([heading])]
    if not ends:
        return piece
    line = next((line for line in document.layout.lines if line.start >= max(ends)), None)
    if line is None or line.start >= piece.end:
        return None
    return Piece(document.layout.quote(line.start, piece.end), line.start, piece.end, line.number)


def _lost(document: Document, piece: Piece, draft: Draft) -> bool:
    """Whether a used sentence names a distance in time ("three weeks before …") that no item has from it."""
    match = DISTANCE.search(piece.text)
    if not match:
        return False
    quotes = {piece.text, document.layout.quote(piece.start, piece.end)}
    rules = [session.papers_due for session in draft.sessions]
    rules += [session.date.rule for session in draft.sessions if session.quote in quotes]
    return not any(rule.startswith(f"{spelled(count_of(match[1]))} ") for rule in rules)


def _why(document: Document, text: str, draft: Draft | None) -> str:
    if any(mention.grain != "year" for mention in document.layout.mentions(text)):
        return "date"
    strength = strength_of(text) if len(text.split()) > 3 else None
    if strength and (bodies(text) or (draft and any(name in text for name in _names(draft)))):
        return "duty"
    if strength:
        return "modal"
    if DISTANCE.search(text):
        return "distance"
    return "sentence" if _WHOLE.match(text) else ""


def _names(draft: Draft) -> Iterator[str]:
    for actors in (draft.offices, draft.bodies, draft.groups, draft.roles):
        yield from (actor.name for actor in actors)
