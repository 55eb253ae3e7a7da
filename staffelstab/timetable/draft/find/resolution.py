"""The resolution sheet as the plan file has it: the resolution, who certified it, who answers for it, who receives it (R01-R16)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.timetable.draft.find.coordination import Coordination
from staffelstab.timetable.draft.find.who_acts import Actor, Actors, Register
from staffelstab.timetable.draft.plan_entries import Certified, Recipient, Resolution, Responsible
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.resolution_sheet import Field
from staffelstab.timetable.draft.words.duty_words import RESPONSIBLE
from staffelstab.timetable.plan.actors import folded
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import words


@dataclass(frozen=True, slots=True)
class ResolutionTables:
    """What the sheet comes to, and everybody known after it."""

    resolution: Resolution
    certified: Certified | None
    responsible: Responsible
    recipients: tuple[Recipient, ...]
    actors: Actors


def find_resolution(
    document: Document, resolved_on: dt.date, coordination: Coordination, actors: Actors
) -> ResolutionTables:
    """The sheet's tables; `actors` are all that the timetable names, for a body may have got its full name there."""
    labels, register = document.sheet.labels, Register(actors)
    body = register.body(document.sheet.body or document.say("name.body"))
    certified = _certified(document, labels.certified, register) if labels.certified else None
    responsible = _responsible(document, labels.responsible, coordination, register)
    recipients = _recipients(labels.recipients, register.actors) if labels.recipients else ()
    return ResolutionTables(
        _resolution(document, body, resolved_on), certified, responsible, recipients, register.actors
    )


def _resolution(document: Document, body: str, resolved_on: dt.date) -> Resolution:
    sheet, labels = document.sheet, document.sheet.labels
    questions = [] if sheet.body else [document.ask("body")]
    questions += [] if sheet.day else [document.ask("resolved_on", day=resolved_on)]
    questions += [] if labels.text else [document.ask("text")]
    return Resolution(
        body=body,
        date=resolved_on,
        text=_value(labels.text),
        grounds=_value(labels.grounds),
        publicity=_value(labels.publicity),
        further_measures=_value(labels.further_measures),
        finances=_value(labels.finances),
        coordinated_with=_value(labels.coordinated_with),
        quote=sheet.quote,
        questions=tuple(questions),
    )


def _value(field: Field | None) -> str | None:
    return field.value if field else None


def _certified(document: Document, field: Field, register: Register) -> Certified:
    """Place and day, then a name and an office; what stands before the day and is short is the place (R15)."""
    day = next((mention for mention in document.layout.mentions(field.value) if mention.grain == "day"), None)
    place = field.value[: day.start].split(",")[0].strip() if day else ""
    office = register.signed(field.value[day.end :] if day else field.value, field.quote)
    return Certified(
        place=place if len(place.split()) <= 4 else "",
        date=day.first if day else None,
        office=office,
        quote=field.quote,
        questions=() if office else (document.ask("certified"),),
    )


def _responsible(
    document: Document, field: Field | None, coordination: Coordination, register: Register
) -> Responsible:
    """The office on the sheet; otherwise whoever coordinates, which is asked unless a sentence says that they answer."""
    if field:
        office = register.signed(field.value, field.quote)
        questions = () if office else (document.ask("responsible"),)
        return Responsible(office=office or coordination.coordinator, quote=field.quote, questions=questions)
    quote = coordination.quote or register.actors.actor(coordination.coordinator).quote
    if RESPONSIBLE.match(quote):
        return Responsible(office=coordination.coordinator, quote=quote)
    return Responsible(office=coordination.coordinator, questions=(document.ask("responsible"),))


def _recipients(field: Field, actors: Actors) -> tuple[Recipient, ...]:
    return tuple(_recipient(name, field.quote, actors) for name in items(field.value))


def _recipient(name: str, quote: str, actors: Actors) -> Recipient:
    """A name on the distribution list, and whom it stands for where the draft knows an actor of that very name."""
    actor = next((known for known in actors.of("body", "group", "office") if folded(name) in _called(known)), None)
    return Recipient(
        name=name,
        body=actor.id if actor and actor.kind == "body" else "",
        group=actor.id if actor and actor.kind == "group" else "",
        office=actor.id if actor and actor.kind == "office" else "",
        strength=strength_of(quote),
        quote=quote,
    )


def _called(actor: Actor) -> tuple[str, ...]:
    """The names under which a distribution list may speak of an actor or its members."""
    name = folded(actor.name)
    return name, *(form.format(name=name) for form in words("names.members_of"))
