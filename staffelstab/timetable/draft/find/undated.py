"""Sessions without a day of their own: counted from something else, or merely expected; always a proposal (R45)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.timetable.draft.find.events import Events
from staffelstab.timetable.draft.find.ids import ids_of
from staffelstab.timetable.draft.find.sessions import Appointment, Meeting, body_of, item_of, names_a_body, sessions_of
from staffelstab.timetable.draft.find.timetable import Period, Timetable
from staffelstab.timetable.draft.find.who_acts import Found, Register
from staffelstab.timetable.draft.plan_entries import Call, Event, Hearing, Session
from staffelstab.timetable.draft.text.counting import count_of, spelled
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.words.session_words import FIRST, MEETING, RELATIVE
from staffelstab.timetable.draft.words.unit_words import is_before, unit_of
from staffelstab.timetable.plan.when import When

_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Distance:
    """How far a day lies from an event: a number of weeks or days before or after it."""

    event: Event
    count: int
    weeks: bool
    before: bool

    @property
    def rule(self) -> str:
        """As plans write it: "one week before landesparteitag"."""
        unit = "week" if self.weeks else "day"
        plural = "" if self.count == 1 else "s"
        return f"{spelled(self.count)} {unit}{plural} {'before' if self.before else 'after'} {self.event.id}"

    @property
    def day(self) -> dt.date | None:
        """The day that it gives; None where the event has none."""
        days = dt.timedelta(days=self.count * (7 if self.weeks else 1))
        first = self.event.date.date
        return first and (first - days if self.before else first + days)


def find_undated(
    document: Document,
    timetable: Timetable,
    dated: Sequence[Session],
    hearings: Sequence[Hearing],
    calls: Found[Call],
    events: Events,
) -> Found[Session]:
    """One session for each phase that has none yet, from a sentence on which no session, call or hearing rests."""
    register = Register(calls.actors)
    quotes = {item.quote for items in (dated, hearings, calls.items) for item in items}
    meetings = _meetings(document, register, {session.phase for session in dated}, quotes)
    weekday = _common_weekday(dated)
    proposals = [_proposal(document, timetable, meeting, events, weekday) for meeting in meetings]
    taken = ids_of(dated, hearings, calls.items, events.items)
    return Found(sessions_of(document, register.actors, proposals, taken), register.actors)


def _meetings(document: Document, register: Register, treated: set[int], quotes: set[str]) -> list[Meeting]:
    meetings: dict[int, Meeting] = {}
    for piece in document.sentences:
        section = document.section_at(piece)
        if section is None or section.number in {*treated, *meetings} or piece.text in quotes:
            continue
        if _speaks_of_a_session(piece):
            body = body_of(document, register, piece.text)
            meetings[section.number] = Meeting(piece, section, body, item_of(piece.text))
    return list(meetings.values())


def _speaks_of_a_session(piece: Piece) -> bool:
    text = piece.text
    placed = RELATIVE.search(text) or FIRST.search(text)
    return bool(item_of(text) and MEETING.search(text) and placed and names_a_body(text))


def _distance(text: str, events: Events) -> _Distance | None:
    """The distance that a sentence names from an event, known by its name, its acronym or a part of it."""
    match = RELATIVE.search(text)
    event = events.named_in(match["what"]) if match else None
    if match is None or event is None:
        return None
    weeks = unit_of(match["unit"]) == "week"
    return _Distance(event, count_of(match[1]), weeks, is_before(match["side"]))


def _proposal(
    document: Document, timetable: Timetable, meeting: Meeting, events: Events, weekday: int | None
) -> Appointment:
    """The day that follows from a distance in the text; otherwise, or where that lies before the phase, the phase's end."""
    period = timetable.of(meeting.section)
    distance = _distance(meeting.piece.text, events)
    counted = distance.day if distance else None
    if distance and counted and counted >= period.start.day:
        return _counted(document, meeting, period, distance.rule, counted, weekday)
    note = document.say("note.undated_session")
    when = When(period.last, "assumed", candidates=(period.last,), note=note)
    return Appointment(meeting, period.last, when, (document.ask("undated_session", day=period.last),))


def _counted(
    document: Document, meeting: Meeting, period: Period, rule: str, counted: dt.date, weekday: int | None
) -> Appointment:
    """The day counted, or one beside it for which more speaks."""
    language, last = document.language, period.last
    candidates = [day for day in _candidates(counted, last, weekday) if day >= period.start.day]
    best = max(candidates, key=lambda day: (_votes(day, counted, last, weekday), -abs((day - counted).days)))
    listed = language.listed(f"{language.weekday(day)}, {language.day(day)}" for day in candidates)
    questions = (document.ask("relative", n=len(candidates), days=listed),)
    if len(candidates) == 1:
        return Appointment(meeting, best, When(rule=rule), questions)
    note = document.say("note.relative", day=counted, weekday=language.weekday(counted), proposal=best)
    return Appointment(meeting, best, When(best, "derived", rule, tuple(candidates), note), questions)


def _candidates(counted: dt.date, last: dt.date, weekday: int | None) -> list[dt.date]:
    """The day counted, the end of the phase beside it, and the weekday on which the body otherwise meets."""
    near = {counted}
    if abs((last - counted).days) <= _NEAR:
        near.add(last)
    if weekday is not None:
        around = (counted + dt.timedelta(days=off) for off in range(-_NEAR, _NEAR + 1))
        near |= {day for day in around if day.weekday() == weekday}
    return sorted(near)


def _votes(date: dt.date, counted: dt.date, last: dt.date, weekday: int | None) -> int:
    return (date == counted) + (date == last) + (date.weekday() == weekday)


def _common_weekday(sessions: Sequence[Session]) -> int | None:
    """The weekday on which all sessions with a day of their own lie, if there are two or more of them."""
    days = {day.weekday() for session in sessions if (day := session.date.date)}
    return days.pop() if len(days) == 1 and len(sessions) > 1 else None
