"""What the text says, found step by step.

What a step builds on stands in its arguments: who is known by then (`actors`), which ids are `taken`, and of which passages an
earlier step made something (`used`), so that no sentence becomes two things.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from staffelstab.timetable.draft.find.announced import find_announced
from staffelstab.timetable.draft.find.breaks import find_breaks
from staffelstab.timetable.draft.find.calls import find_calls
from staffelstab.timetable.draft.find.coordination import Coordination, find_coordination
from staffelstab.timetable.draft.find.events import find_events, find_limits
from staffelstab.timetable.draft.find.hearings import find_hearings
from staffelstab.timetable.draft.find.ids import ids_of
from staffelstab.timetable.draft.find.materials import find_materials
from staffelstab.timetable.draft.find.papers import PapersRule, find_papers_rule
from staffelstab.timetable.draft.find.plan_perspectives import find_perspectives
from staffelstab.timetable.draft.find.reports import find_reports
from staffelstab.timetable.draft.find.responsibilities import find_responsibilities
from staffelstab.timetable.draft.find.resubmission import Return, find_return
from staffelstab.timetable.draft.find.sessions import find_dated, find_seconds
from staffelstab.timetable.draft.find.sides import find_sides
from staffelstab.timetable.draft.find.signatures import find_signatures
from staffelstab.timetable.draft.find.succession import Succession, find_succession
from staffelstab.timetable.draft.find.timetable import Timetable, find_timetable
from staffelstab.timetable.draft.find.undated import find_undated
from staffelstab.timetable.draft.find.who_acts import Actors
from staffelstab.timetable.draft.plan_entries import (
    Break,
    Call,
    Event,
    Hearing,
    Material,
    Perspective,
    Reports,
    Responsibility,
    Session,
)
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, passages_of


@dataclass(frozen=True, slots=True)
class Agenda:
    """What happens in the phases, and everybody known after it."""

    sessions: tuple[Session, ...]
    hearings: tuple[Hearing, ...]
    calls: tuple[Call, ...]
    events: tuple[Event, ...]
    actors: Actors

    @property
    def ids(self) -> list[str]:
        """The ids that are taken."""
        return ids_of(self.sessions, self.hearings, self.calls, self.events)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences on which it rests."""
        return passages_of(self.sessions, self.hearings, self.calls, self.events)


@dataclass(frozen=True, slots=True)
class Frame:
    """What lies around the phases: the time that is left, breaks, what the matter comes back to."""

    limits: tuple[Event, ...]
    breaks: tuple[Break, ...]
    returning: Return | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The limits, and the occasion on which the matter comes back."""
        return (*self.limits, self.returning.event) if self.returning else self.limits

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences on which it rests."""
        return passages_of(self.events, self.breaks)


@dataclass(frozen=True, slots=True)
class Duties:
    """Who does what, and everybody known after it."""

    succession: Succession | None
    reports: Reports | None
    perspectives: tuple[Perspective, ...]
    responsibilities: tuple[Responsibility, ...]
    materials: tuple[Material, ...]
    actors: Actors

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences on which they rest."""
        single = [item for item in (self.succession, self.reports) if item]
        return passages_of(single, self.perspectives, self.responsibilities, self.materials)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything found, each kind from what it depends on."""

    timetable: Timetable
    coordination: Coordination
    agenda: Agenda
    frame: Frame
    duties: Duties
    papers: PapersRule | None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences on which anything rests."""
        papers = [self.papers] if self.papers else []
        return passages_of([self.coordination, self.agenda, self.frame, self.duties], papers)


def find_facts(document: Document) -> Facts:
    """Everything that the text says, and what follows from it."""
    timetable = find_timetable(document)
    coordination = find_coordination(document, find_signatures(document))
    agenda = _agenda(document, timetable, coordination)
    frame = _frame(document, coordination, agenda)
    duties = _duties(document, timetable, coordination, agenda, frame)
    return Facts(timetable, coordination, agenda, frame, duties, find_papers_rule(document))


def _agenda(document: Document, timetable: Timetable, coordination: Coordination) -> Agenda:
    """First what has a day of its own: days without one are counted from it."""
    dated = find_dated(document, timetable, coordination.actors)
    used = (*document.passages, *coordination.passages, *passages_of(dated.sessions))
    hearings = find_hearings(document, coordination.coordinator, used, dated.actors)
    calls = find_calls(document, timetable, coordination.coordinator, hearings.actors)
    taken = ids_of(dated.sessions, hearings.items, calls.items)
    events = find_events(document, timetable, dated.sessions, calls.items, taken)
    undated = find_undated(document, timetable, dated.sessions, hearings.items, calls, events)
    sessions = (*dated.sessions, *undated.items)
    seconds = find_seconds(document, dated, sessions, [*taken, *ids_of(undated.items, events.items)])
    agenda = Agenda(sessions, hearings.items, calls.items, (*events.items, *seconds), undated.actors)
    return _with_announced(document, timetable, coordination, agenda)


def _with_announced(document: Document, timetable: Timetable, coordination: Coordination, agenda: Agenda) -> Agenda:
    """The agenda with the calls that have no deadline: it follows from the sessions."""
    used = (*document.passages, *coordination.passages, *agenda.passages)
    announced = find_announced(
        document, timetable, coordination.coordinator, agenda.sessions, agenda.calls, used, agenda.actors
    )
    return replace(agenda, calls=(*agenda.calls, *announced.items), actors=announced.actors)


def _frame(document: Document, coordination: Coordination, agenda: Agenda) -> Frame:
    limits, breaks = find_limits(document, agenda.ids), find_breaks(document)
    used = (*document.passages, *coordination.passages, *agenda.passages, *passages_of(limits, breaks))
    taken = [*agenda.ids, *ids_of(limits)]
    return Frame(limits, breaks, find_return(document, coordination.coordinator, taken, used))


def _duties(
    document: Document, timetable: Timetable, coordination: Coordination, agenda: Agenda, frame: Frame
) -> Duties:
    handover = find_succession(document, timetable.resolved_on, coordination.coordinator, agenda.actors)
    reports = find_reports(document, handover.actors)
    perspectives = find_perspectives(document, handover.actors)
    single = [item for item in (coordination, agenda, frame, handover.succession, reports) if item]
    actors = find_sides(document, (*document.passages, *passages_of(single, perspectives)), handover.actors)
    return Duties(
        handover.succession,
        reports,
        perspectives,
        find_responsibilities(document, actors),
        find_materials(document),
        actors,
    )
