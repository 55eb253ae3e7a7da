"""Who stands on the resolution sheet: the body that resolved, and the offices that sign, answer and were consulted."""

from __future__ import annotations

from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.names import bodies, is_office
from staffelstab.timetable.reading.lists import items


def find_signatures(document: Document) -> Actors:
    """Everybody whom the sheet names."""
    sheet, register = document.sheet, Register(Actors(document.layout.source.text))
    register.body(sheet.body or document.say("name.body"), sheet.quote)
    for field in (sheet.labels.responsible, sheet.labels.certified):
        if field:
            register.signed(field.value, field.quote)
    consulted = sheet.labels.coordinated_with
    for name in items(consulted.value) if consulted else ():
        if is_office(name) and not bodies(name):
            register.signed(name, consulted.quote if consulted else "")
    return register.actors
