"""Sessions: sentences that bring something before a body on a day (R44, R45, R48, R108)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from staffelstab.timetable.draft.find.ids import free_id, ids_of
from staffelstab.timetable.draft.find.timetable import Timetable, marked
from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.plan_entries import Event, Session
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import bodies
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.words.call_words import UNTIL
from staffelstab.timetable.draft.words.session_words import ITEMS, MEETING, RELATIVE
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import any_of

A_WEEK = 7
_FIRST_OF_TWO = re.compile(
    rf"(\d{{1,2}})\.?\s*(?:{any_of('events.two_days')}|/|\+|&|[-–])\s*(?:(?:{any_of('meetings.day_article')})\s+)?$"
)
_ASSEMBLY = re.compile(rf"(?:{any_of('meetings.assembly')})$", re.I)
_OF_MEETING = re.compile(
    rf"(?:{any_of('meetings.of_meeting')})\s+(?:{any_of('meetings.of')})\s+(?:(?:{any_of('meetings.of_article')})\s+)?"
    r"(?P<body>.{3,60})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as a sentence has it: the body's id, what the item is to be there, the phase it treats."""

    piece: Piece
    section: Section
    body: str
    item: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting on its day: the day, how the plan file holds it, and what is asked about it."""

    meeting: Meeting
    day: dt.date
    when: When
    questions: tuple[str, ...] = ()

    @property
    def phase(self) -> int:
        """The number of the phase that is treated."""
        return self.meeting.section.number


@dataclass(frozen=True, slots=True)
class DatedSessions:
    """The session that treats each phase, and meetings on other days: each phase is treated at one only."""

    sessions: tuple[Session, ...]
    others: tuple[Appointment, ...]
    actors: Actors


def find_dated(document: Document, timetable: Timetable, actors: Actors) -> DatedSessions:
    """Every session whose sentence names its day; of several for one phase the one nearest to its end."""
    register = Register(actors)
    sentences = document.sentences
    meetings = [meeting for piece in sentences if (meeting := _meeting(document, timetable, register, piece))]
    chosen = _one_each(timetable, meetings)
    others = tuple(meeting for meeting in meetings if meeting not in chosen)
    return DatedSessions(sessions_of(document, register.actors, chosen), others, register.actors)


def sessions_of(
    document: Document, actors: Actors, appointments: Iterable[Appointment], taken: Iterable[str] = ()
) -> tuple[Session, ...]:
    """The appointments as sessions, each under an id of its own that is not `taken`."""
    ids = [*taken]
    sessions = []
    for appointment in appointments:
        ids.append(free_id(document.say("name.session_id", date=str(appointment.day)), ids))
        sessions.append(_session(document, actors, appointment, ids[-1]))
    return tuple(sessions)


def _session(document: Document, actors: Actors, appointment: Appointment, key: str) -> Session:
    """A session, called like its body if that is an assembly; papers are due a week before, as far as it is known here."""
    meeting = appointment.meeting
    body = actors.actor(meeting.body).name
    return Session(
        id=key,
        name=body if _ASSEMBLY.search(body) else document.say("name.session", body=body),
        body=meeting.body,
        date=appointment.when,
        papers_due=papers_due(A_WEEK),
        phase=appointment.phase,
        item=meeting.item,
        strength=strength_of(meeting.piece.text),
        quote=meeting.piece.text,
        questions=appointment.questions,
        passages=(meeting.piece.passage,),
    )


def papers_due(days: int) -> str:
    """The rule by which papers must be ready so many days before the session (R42)."""
    return f"session - P{days}D"


def _meeting(document: Document, timetable: Timetable, register: Register, piece: Piece) -> Appointment | None:
    item, section = item_of(piece.text), document.section_at(piece)
    mention = _day_of(document, timetable, piece, section)
    if not item or mention is None or not names_a_body(piece.text):
        return None
    date = _first_of_two(piece.text, mention, timetable.settled(mention, section))
    begun = section and timetable.of(section).start.day <= date
    home = section if begun else timetable.running_on(date)
    if home is None or date < timetable.resolved_on:
        return None
    questions = (document.ask("year", day=date),) if mention.added else ()
    meeting = Meeting(piece, home, body_of(document, register, piece.text), item)
    return Appointment(meeting, date, marked(date, mention), questions)


def item_of(text: str) -> str:
    """What the item is to be at the session, by the verb; "" if nothing is put before anybody."""
    return next((kind for kind, pattern in ITEMS if pattern.search(text)), "")


def names_a_body(text: str) -> bool:
    """Whether a sentence speaks of a body or a meeting."""
    return bool(bodies(text) or MEETING.search(text))


def body_of(document: Document, register: Register, text: str) -> str:
    """The body whose session it is: the one of the meeting, otherwise the only one, otherwise the one that resolved."""
    own = document.sheet.body
    of_meeting = _OF_MEETING.search(text)
    names = (bodies(of_meeting["body"]) if of_meeting else []) or bodies(text)
    name = own if own in names else names[0] if names else own
    return register.body(name or document.say("name.body"), text)


def _day_of(document: Document, timetable: Timetable, piece: Piece, section: Section | None) -> Mention | None:
    """The day of the session: no deadline, no end of a range, nothing another date is counted from; the nearest to its word."""
    near = timetable.of(section).start.day if section else None
    counted = RELATIVE.search(piece.text)
    before = counted.start() if counted else len(piece.text)
    ends = _ends_of_ranges(document, piece, near)
    days = [
        mention
        for mention in document.layout.mentions(piece.text, near)
        if mention.grain == "day"
        and mention.start < before
        and (mention.start not in ends or _FIRST_OF_TWO.search(piece.text[: mention.start]))
        and not UNTIL.search(piece.text[: mention.start])
    ]
    meeting = MEETING.search(piece.text)
    return min(days, key=lambda day: abs(day.start - meeting.start()) if meeting else day.start, default=None)


def _ends_of_ranges(document: Document, piece: Piece, near: dt.date | None) -> set[int]:
    return {
        span.last.start
        for span in document.layout.spans(piece.text, near)
        if span.first and span.last and span.first is not span.last
    }


def _first_of_two(text: str, mention: Mention, date: dt.date) -> dt.date:
    """29 March for "am 29. und 30. März"."""
    other = _FIRST_OF_TWO.search(text[: mention.start])
    first = int(other[1]) if other else 0
    return date.replace(day=first) if 0 < first < date.day else date


def _one_each(timetable: Timetable, meetings: Iterable[Appointment]) -> list[Appointment]:
    """The one meeting that treats each phase: the nearest to its end, of equals the first in the text."""
    best: dict[int, Appointment] = {}
    for meeting in meetings:
        nearest = best.setdefault(meeting.phase, meeting)
        if _distance(timetable, meeting) < _distance(timetable, nearest):
            best[meeting.phase] = meeting
    return sorted(best.values(), key=lambda chosen: (chosen.day, chosen.meeting.piece.start))


def _distance(timetable: Timetable, appointment: Appointment) -> int:
    return abs((appointment.day - timetable.of(appointment.meeting.section).last).days)


def find_seconds(
    document: Document, dated: DatedSessions, sessions: Iterable[Session], taken: Collection[str]
) -> tuple[Event, ...]:
    """A phase is treated at one session; what is to be shown at another day stays as an event, and is asked for."""
    quotes = {session.quote for session in sessions}
    events: list[Event] = []
    for other in dated.others:
        event = _second(document, dated.actors, other)
        if event.quote not in quotes and event.id not in {*taken, *ids_of(events)}:
            events.append(event)
    return tuple(events)


def _second(document: Document, actors: Actors, appointment: Appointment) -> Event:
    meeting = appointment.meeting
    return Event(
        id=f"{document.say('name.session_id', date=str(appointment.day))}-2",
        name=document.say("name.session", body=actors.actor(meeting.body).name),
        date=appointment.when,
        quote=meeting.piece.text,
        questions=(document.ask("second_session", number=appointment.phase),),
        passages=(meeting.piece.passage,),
    )
