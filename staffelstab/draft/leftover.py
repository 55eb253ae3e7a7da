"""What the rules did not understand: sentences with a date, a duty or a modal verb on which no item rests."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.draft.names import bodies
from staffelstab.draft.work import Work
from staffelstab.reading.strength import strength_of


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sentence, its line in the text, and why it might matter: "date", "duty" or "modal"."""

    text: str
    line: int
    why: str


def leftovers(work: Work) -> list[Leftover]:
    """Every such sentence in the order of the text."""
    return [
        Leftover(piece.text, piece.line, why)
        for piece in work.running()
        if not work.is_used(piece) and (why := _why(work, piece.text))
    ]


def _why(work: Work, text: str) -> str:
    if any(item.grain != "year" for item in work.layout.mentions(text)):
        return "date"
    strength = strength_of(text) if len(text.split()) > 3 else None
    if strength and (bodies(text) or any(str(entry.fields["name"]) in text for entry in work.actors.entries.values())):
        return "duty"
    return "modal" if strength else ""
