"""Letters on paper: one PDF with a letter for each person, the address in the window of an envelope (DIN 5008, form B).

What stands in them are data that typst reads, never its source: no name and no sentence can pass for an instruction.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from staffelstab.documents.rendering.characters import harmless, line
from staffelstab.documents.rendering.typeset import pdf
from staffelstab.language import TEMPLATES
from staffelstab.people.contact import Contact
from staffelstab.publishing.outbox.stored_letters import StoredLetter
from staffelstab.publishing.outbox.writing import unwrapped
from staffelstab.timetable.plan.model import Plan

SOURCE = TEMPLATES / "document" / "letter.typ"


def on_paper(
    plan: Plan, letters: Iterable[tuple[StoredLetter, Contact]], sender: Sequence[str], at: dt.datetime
) -> bytes:
    """The letters in their order, each on pages of its own; `sender` is what stands small above the address.

    Raises RenderError if typst cannot set them.
    """
    words = plan.words
    day = at.astimezone(plan.zone).date()
    values = {
        "title": line(plan.title),
        "organisation": line(plan.organisation),
        "lang": plan.language,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "date": words.day(day),
        "page": words.say("mailing.page"),
        "letters": [_values(letter, contact, sender) for letter, contact in letters],
    }
    data = json.dumps(values, ensure_ascii=False)
    return pdf(SOURCE.read_text(encoding="utf-8"), {"letters.json": data}, at)


def _values(letter: StoredLetter, contact: Contact, sender: Sequence[str]) -> dict[str, object]:
    paragraphs = unwrapped(harmless(letter.text)).strip().split("\n\n")
    return {
        "sender": " · ".join(map(line, sender)),
        "address": [line(part) for part in (contact.name, *contact.post)],
        "subject": line(letter.heading.subject),
        "paragraphs": [[line(part) for part in paragraph.split("\n")] for paragraph in paragraphs],
    }
