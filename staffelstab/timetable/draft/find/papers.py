"""When the papers of a session must be ready (R42)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from staffelstab.timetable.draft.find.sessions import A_WEEK, papers_due
from staffelstab.timetable.draft.plan_entries import Call, Session
from staffelstab.timetable.draft.text.counting import count_of, spelled
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage
from staffelstab.timetable.draft.words.session_words import PAPER, PAPERS
from staffelstab.timetable.draft.words.unit_words import unit_of

_LEAST = 1


@dataclass(frozen=True, slots=True)
class PapersRule:
    """When papers must be ready, as the text says for every session."""

    rule: str
    passages: tuple[Passage, ...]


def find_papers_rule(document: Document) -> PapersRule | None:
    """The first sentence that says so."""
    for piece in document.sentences:
        match = PAPERS.search(piece.text) if PAPER.search(piece.text) else None
        if match:
            return PapersRule(f"{spelled(count_of(match[1]))} {_unit(match)} before session", (piece.passage,))
    return None


def with_papers(sessions: Iterable[Session], calls: Iterable[Call], rule: PapersRule | None) -> tuple[Session, ...]:
    """The sessions with their rule: the text's, otherwise a week before, less where a call closes within that week."""
    closing = {call.phase: call.deadline.date for call in calls}
    return tuple(replace(session, papers_due=rule.rule if rule else _due(session, closing)) for session in sessions)


def _due(session: Session, closing: Mapping[int, dt.date | None]) -> str:
    return papers_due(_lead(session.date.date, closing.get(session.phase)))


def _lead(day: dt.date | None, deadline: dt.date | None) -> int:
    """Days before the session: a week, or half of what a late deadline leaves."""
    left = (day - deadline).days if day and deadline else 0
    return max(_LEAST, left // 2) if 0 < left <= A_WEEK else A_WEEK


def _unit(match: re.Match[str]) -> str:
    return f"{unit_of(match['unit']).replace('_', ' ')}s"
