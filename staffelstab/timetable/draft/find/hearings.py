"""Hearings: in which units, with whom, by whom; and attempts at them (R69, R74)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from staffelstab.timetable.draft.find.who_acts import SHORT_FORM, Actors, Found, Register
from staffelstab.timetable.draft.plan_entries import Hearing
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bare, bodies, is_office, nominative, slug
from staffelstab.timetable.draft.words.actor_words import EVERY, GROUP, in_plural
from staffelstab.timetable.draft.words.call_words import CALLED
from staffelstab.timetable.draft.words.duty_words import ATTEMPT, HEARING, SUBJECT, WITH_WHOM
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import by_language, spoken

_QUANTIFIED = re.compile(rf"{EVERY.pattern}(?P<group>(?:[\wÄÖÜäöüß*/-]+\s){{0,2}}?{GROUP.pattern})", re.IGNORECASE)
_ALL_OF = re.compile(rf"\b(?:{by_language('actors.all_of')})")


def find_hearings(document: Document, coordinator: str, taken: Iterable[Passage], actors: Actors) -> Found[Hearing]:
    """Talks, interviews, public hearings: in which units, with whom, by whom (R69, R74); not in sentences that are `taken`."""
    used, register = tuple(taken), Register(actors)
    hearings: list[Hearing] = []
    for piece in document.sentences:
        section = document.section_at(piece)
        if section is None or not HEARING.search(piece.text) or CALLED.search(piece.text) or piece.touches(used):
            continue
        if group := _group(register, piece.text):
            hearings.append(_hearing(document, section.number, group, coordinator, register, piece))
    return Found(tuple(hearings), register.actors)


def _hearing(document: Document, phase: int, group: str, coordinator: str, register: Register, piece: Piece) -> Hearing:
    name = register.actors.actor(group).name
    roles = _roles(register, piece.text, name)
    by = _by(register, piece.text)
    questions = [] if by else [document.ask("hearing_by", group=name)]
    questions += [] if roles else [document.ask("hearing_roles", group=name)]
    return Hearing(
        id=f"{slug(name, 24)}-{phase}",
        name=document.say("name.hearing", group=name),
        phase=phase,
        group=group,
        roles=roles,
        by=by or coordinator,
        attempt=bool(ATTEMPT.search(piece.text)),
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=tuple(questions),
        passages=(piece.passage,),
    )


def _group(register: Register, text: str) -> str:
    """The group in whose units is heard; "" where a sentence names none."""
    if match := _QUANTIFIED.search(text):
        return register.group(match["group"], text)
    if match := _ALL_OF.search(text):
        return register.group(_plural(match), text)
    with_whom = WITH_WHOM.search(text)
    name = bare(with_whom["who"]) if with_whom else ""
    if name and len(name.split()) <= 2 and ((name.isupper() and len(name) <= SHORT_FORM) or GROUP.fullmatch(name)):
        return register.group(name, text)
    return ""


def _plural(match: re.Match[str]) -> str:
    """ "Every regional office" stands for the regional offices."""
    name = spoken(match)
    return in_plural(name) if spoken(match, "each") else name


def _roles(register: Register, text: str, group: str) -> tuple[str, ...]:
    """The functions that are to be heard in each unit, the group itself aside."""
    match = WITH_WHOM.search(text)
    names = [name for name in items(match["who"]) if bare(name)] if match else []
    return tuple(
        register.role(name, text)
        for name in names
        if register.actors.full(nominative(name)).casefold() != group.casefold() and len(name.split()) <= 6
    )


def _by(register: Register, text: str) -> str:
    """Who holds the talks; "" where a sentence does not say."""
    match = SUBJECT.match(text)
    name = match["name"] if match else ""
    if actor := register.actors.find(name):
        return actor
    return register.office(name, text) if name and is_office(name) and not bodies(name) else ""
