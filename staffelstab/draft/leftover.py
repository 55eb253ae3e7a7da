"""What did not go into the draft: sentences on which no item rests, and distances in time that an item leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.draft.counting import count_of, spelled
from staffelstab.draft.item import Entry
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bodies
from staffelstab.draft.words.meetings import DISTANCE
from staffelstab.draft.work import Work
from staffelstab.reading.strength import strength_of

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


def leftovers(work: Work) -> list[Leftover]:
    """Every such sentence in the order of the text. Headings and other words without a full stop count only with a reason."""
    return list(_leftovers(work))


def _leftovers(work: Work) -> Iterator[Leftover]:
    used = [passage for passage in work.used if passage not in work.headings]
    for piece in work.running():
        if any(start < piece.end and piece.start < end for start, end in used):
            if _lost(work, piece):
                yield Leftover(piece.text, piece.line, "distance")
            continue
        rest = _below_heading(work, piece)
        if rest and (why := _why(work, rest.text)):
            yield Leftover(rest.text, rest.line, why)


def _below_heading(work: Work, piece: Piece) -> Piece | None:
    """The sentence without a heading above it that it was read together with."""
    start = max((end for first, end in work.headings if first < piece.end and piece.start < end), default=piece.start)
    if start == piece.start:
        return piece
    line = next((line for line in work.layout.lines if line.start >= start), None)
    if line is None or line.start >= piece.end:
        return None
    return Piece(work.layout.quote(line.start, piece.end), line.start, piece.end, line.number)


def _lost(work: Work, piece: Piece) -> bool:
    """Whether a used sentence names a distance in time ("three weeks before …") that no item has from it."""
    found = DISTANCE.search(piece.text)
    if not found:
        return False
    quotes = {piece.text, work.layout.quote(piece.start, piece.end)}
    said = " ".join(_values(entry) for entry in work.entries if _rests(entry, quotes))
    return f"{spelled(count_of(found[1]))} " not in said


def _rests(entry: Entry, quotes: set[str]) -> bool:
    return "papers_due" in entry.fields or entry.fields.get("quote") in quotes


def _values(entry: Entry) -> str:
    return " ".join(str(value) for name, value in entry.fields.items() if name not in {"quote", "name"})


def _why(work: Work, text: str) -> str:
    if any(item.grain != "year" for item in work.layout.mentions(text)):
        return "date"
    strength = strength_of(text) if len(text.split()) > 3 else None
    if strength and (bodies(text) or any(str(entry.fields["name"]) in text for entry in work.actors.entries.values())):
        return "duty"
    if strength:
        return "modal"
    if DISTANCE.search(text):
        return "distance"
    return "sentence" if _WHOLE.match(text) else ""
