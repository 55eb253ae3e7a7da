"""Calls that are announced without a deadline: it is derived from the session for which papers are wanted (R82)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from staffelstab.timetable.draft.find.audience import find_audience
from staffelstab.timetable.draft.find.timetable import Timetable
from staffelstab.timetable.draft.find.who_acts import Actors, Found, Register
from staffelstab.timetable.draft.plan_entries import Call, Session
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.words.call_words import AGAIN, CALL_NAME
from staffelstab.timetable.draft.words.phase_words import STAGE
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import whole

_PHASE = re.compile(rf"\b(?:{STAGE})\s+(\d{{1,2}})\b", re.IGNORECASE)
_THEN = whole("calls.then")
_LEAST = dt.timedelta(days=9)


@dataclass(frozen=True, slots=True)
class _Times:
    """From when and until when a call runs, as rules."""

    opens: str
    deadline: str


@dataclass(frozen=True, slots=True)
class _Announcement:
    """A sentence that announces a call, the phase in which it stands, and the one for which papers are wanted."""

    piece: Piece
    section: Section
    target: Section

    @property
    def again(self) -> str:
        """The word that makes it a further call ("second"); "" for a first one."""
        match = AGAIN.search(self.piece.text)
        return match[0] if match else ""


def find_announced(
    document: Document,
    timetable: Timetable,
    coordinator: str,
    sessions: Sequence[Session],
    calls: Sequence[Call],
    used: Iterable[Passage],
    actors: Actors,
) -> Found[Call]:
    """Calls beyond those with a deadline (`calls`), from sentences of which nothing is `used`."""
    register = Register(actors)
    announced: list[Call] = []
    for announcement in _announcements(document, tuple(used)):
        earlier = (*calls, *announced)
        if announcement.again or all(call.phase != announcement.target.number for call in earlier):
            times = _times(timetable, announcement, sessions)
            announced.append(_call(document, register, announcement, times, coordinator, len(earlier) + 1))
    return Found(tuple(announced), register.actors)


def _announcements(document: Document, used: Sequence[Passage]) -> Iterator[_Announcement]:
    """What the text announces; a call that only may follow is no item of the plan, it stays among what is to be asked."""
    for piece in document.sentences:
        section = document.section_at(piece) if CALL_NAME.search(piece.text) else None
        if section and not piece.touches(used) and strength_of(piece.text) != "may":
            named = _PHASE.search(piece.text)
            target = next((item for item in document.sections if named and item.number == int(named[1])), section)
            yield _Announcement(piece, section, target)


def _call(
    document: Document, register: Register, announcement: _Announcement, times: _Times, coordinator: str, number: int
) -> Call:
    piece, phase = announcement.piece, announcement.target
    name = _name(document, announcement)
    invited = find_audience(document, register, piece, (), name)
    return Call(
        id=f"call-{number}",
        name=name,
        phase=phase.number,
        opens=When(rule=times.opens),
        deadline=When(rule=times.deadline, note=document.say("note.no_deadline")),
        audience=invited.audience,
        address=coordinator,
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=(document.ask("no_deadline", call=name), *invited.questions),
        passages=(piece.passage, *invited.passages),
    )


def _name(document: Document, announcement: _Announcement) -> str:
    match = CALL_NAME.search(announcement.piece.text)
    name = match[0] if match else document.say("name.call", phase=announcement.target.name)
    return f"{announcement.again.capitalize()} {name}" if announcement.again else name


def _times(timetable: Timetable, announcement: _Announcement, sessions: Sequence[Session]) -> _Times:
    """From the session that the call follows until papers are wanted for the next, if enough days lie between them."""
    target = timetable.of(announcement.target)
    treated = _treating(announcement.target, sessions)
    before = _followed(announcement, sessions)
    first = before.date.date if before else None
    last = (treated.date.date if treated else None) or target.last
    opens = before.id if before and first and first <= last - _LEAST else f"phase-{target.number}.start"
    if treated and max(target.start.day, first or target.start.day) <= last - _LEAST:
        return _Times(opens, f"{treated.id}.papers_due - P2D")
    return _Times(opens, f"phase-{target.number}.end" if target.end.date else f"{opens} + P14D")


def _followed(announcement: _Announcement, sessions: Sequence[Session]) -> Session | None:
    """The session after which the call opens: that of the phase in which it is announced, if it speaks of another or says so."""
    follows = _THEN.search(announcement.piece.text) or announcement.target is not announcement.section
    return _treating(announcement.section, sessions) if follows else None


def _treating(section: Section, sessions: Sequence[Session]) -> Session | None:
    return next((session for session in sessions if session.phase == section.number), None)
