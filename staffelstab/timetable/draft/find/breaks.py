"""School holidays and recesses that the text names with their days."""

from __future__ import annotations

from staffelstab.timetable.draft.plan_entries import Break
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.names import bare
from staffelstab.timetable.draft.words.event_words import BREAK


def find_breaks(document: Document) -> tuple[Break, ...]:
    """Every break whose first and last day are given."""
    return tuple(
        Break(name=bare(name[0]), since=span.first.first, until=span.last.last, passages=(piece.passage,))
        for piece in document.sentences
        if (name := BREAK.search(piece.text))
        for span in document.layout.spans(piece.text)
        if span.first and span.last and span.first.grain == span.last.grain == "day"
    )
