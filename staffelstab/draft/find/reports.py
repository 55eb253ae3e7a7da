"""How often the coordinator reports, also without results (R51)."""

from __future__ import annotations

import re

from staffelstab.draft.items import Reports
from staffelstab.draft.text.document import Document
from staffelstab.draft.text.layout import Piece
from staffelstab.draft.words.duties import EVERY_TIME, REPORTS
from staffelstab.draft.words.numbers import NUMBERS
from staffelstab.reading.strength import strength_of

_WEEKS = {"woche": 1, "wochen": 1, "week": 1, "weeks": 1, "monat": 4, "monate": 4, "month": 4, "months": 4}


def find_reports(document: Document) -> Reports | None:
    """The first sentence that says how often; "regularly" is taken for four weeks and asked for."""
    for piece in document.sentences:
        every = EVERY_TIME.search(piece.text) if REPORTS.search(piece.text) else None
        if every:
            return _reports(document, piece, every)
    return None


def _reports(document: Document, piece: Piece, every: re.Match[str]) -> Reports:
    vague = every["often"]
    return Reports(
        every=_interval(every),
        standing="assumed" if vague else "",
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=(document.ask("reports", word=vague),) if vague else (),
        passages=(piece.passage,),
    )


def _interval(every: re.Match[str]) -> str:
    if every["month"] or every["often"]:
        return "P4W"
    if every["week"]:
        return "P1W"
    unit = (every["de"] or every["en"]).lower()
    word = next((part for part in (every[1], every["n_en"]) if part), "1").lower()
    count = int(word) if word.isdigit() else NUMBERS.get(word, 1)
    return f"P{count}D" if unit.startswith(("tag", "day")) else f"P{count * _WEEKS[unit]}W"
