"""The draft as a whole: the text is read once, what it says is found, and the plan file's tables are made of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from staffelstab.language import Language
from staffelstab.timetable.draft.facts import Facts, find_facts
from staffelstab.timetable.draft.find.calls import with_everybody
from staffelstab.timetable.draft.find.directory import directory
from staffelstab.timetable.draft.find.papers import with_papers
from staffelstab.timetable.draft.find.phases import find_phases
from staffelstab.timetable.draft.find.plan_perspectives import perspective_of
from staffelstab.timetable.draft.find.resolution import find_resolution
from staffelstab.timetable.draft.find.vote import find_vote
from staffelstab.timetable.draft.guess import state_of
from staffelstab.timetable.draft.leftover import Leftover, leftovers
from staffelstab.timetable.draft.plan_entries import Draft, Event, Head, Item, Session
from staffelstab.timetable.draft.text.document import Document, read_document
from staffelstab.timetable.draft.text.layout import Layout
from staffelstab.timetable.draft.text.names import slug

SOURCE = "resolution.txt"

T = TypeVar("T", bound=Item)
_Dated = TypeVar("_Dated", Event, Session)


def draft_of(text: str, language: str) -> tuple[Draft | None, list[Leftover]]:
    """The draft of a resolution's text, and the sentences it makes nothing of; no draft where no phases were found."""
    document = read_document(text, Language(language))
    if not document.sections:
        return None, leftovers(document)
    facts = find_facts(document)
    draft = _draft(document, facts)
    return draft, leftovers(document, facts.passages, draft)


def _draft(document: Document, facts: Facts) -> Draft:
    """The tables made of what was found; here is known who acts in the end, and what is treated when."""
    agenda, duties, coordination = facts.agenda, facts.duties, facts.coordination
    sessions = with_papers(agenda.sessions, agenda.calls, facts.papers)
    sheet = find_resolution(document, facts.timetable.resolved_on, coordination, duties.actors)
    perspectives = perspective_of(duties.perspectives, duties.actors)
    people = directory(document, sheet.actors, coordination, duties.succession, perspectives)
    returning = facts.frame.returning
    quoted = _Quotes(document.layout)
    return Draft(
        head=_head(document, facts),
        resolution=quoted.one(sheet.resolution),
        vote=quoted.one(find_vote(document)),
        certified=quoted.one(sheet.certified) if sheet.certified else None,
        responsible=quoted.one(sheet.responsible),
        recipients=quoted.all(sheet.recipients),
        perspectives=quoted.all(duties.perspectives),
        offices=quoted.all(people.offices),
        bodies=quoted.all(people.bodies),
        groups=quoted.all(people.groups),
        roles=quoted.all(people.roles),
        hearings=quoted.all(agenda.hearings),
        events=quoted.all(_by_day((*agenda.events, *facts.frame.events))),
        sessions=quoted.all(_by_day(sessions)),
        phases=quoted.all(find_phases(document, facts.timetable, sessions, agenda.calls)),
        calls=quoted.all(with_everybody(agenda.calls, duties.actors)),
        materials=quoted.all(duties.materials),
        responsibilities=quoted.all(duties.responsibilities),
        resubmission=quoted.one(returning.resubmission) if returning else None,
        reports=quoted.one(duties.reports) if duties.reports else None,
        breaks=facts.frame.breaks,
    )


class _Quotes:
    """Sentences as the text has them, emphasis included."""

    def __init__(self, layout: Layout) -> None:
        self._verbatim = {piece.text: layout.quote(piece.start, piece.end) for piece in layout.pieces}

    def one(self, item: T) -> T:
        """An item with its quote verbatim."""
        return replace(item, quote=self._verbatim.get(item.quote, item.quote))

    def all(self, items: Iterable[T]) -> tuple[T, ...]:
        """Items with their quotes verbatim."""
        return tuple(self.one(item) for item in items)


def _by_day(items: Iterable[_Dated]) -> list[_Dated]:
    """Items in the order of their days; those without a day last, as they were found."""
    return sorted(items, key=lambda item: item.date.date or dt.date.max)


def _head(document: Document, facts: Facts) -> Head:
    """The plan's own fields; time zone and country are supposed, the state is guessed, and each is asked for."""
    sheet, language, forms = document.sheet, document.language.code, document.language.forms
    zone, country = forms.time_zone, forms.country
    state = state_of(document.layout.source.text, language)
    title = sheet.title or document.say("name.title")
    questions = [] if sheet.title else [document.ask("title")]
    questions += [] if sheet.organisation else [document.ask("organisation")]
    questions.append(_place_question(document, zone, country, state))
    return Head(
        id=f"{slug(title, from_end=True)}-{facts.timetable.resolved_on.year}",
        title=title,
        organisation=sheet.organisation or sheet.body or document.say("name.organisation"),
        language=language,
        timezone=zone,
        country=country,
        state=state,
        source=SOURCE,
        coordinator=facts.coordination.coordinator,
        questions=tuple(questions),
    )


def _place_question(document: Document, zone: str, country: str, state: str) -> str:
    if country != "DE":
        return document.ask("place", zone=zone, country=country)
    return document.ask("state" if state else "no_state", state=state)
