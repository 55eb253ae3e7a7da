"""Around a session: the frozen paper to its body, and results to everyone who took part, not later than the body (R42, R80)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.publishing.calendar.entry_text import doubt
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.participants import participants
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case, Frozen
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.model import Plan, Session

ENCLOSED = ("pdf", "odt")
"""The formats that go with a letter: one to print and one to write in. All others lie beside them."""


def paper_letters(case: Case) -> Iterator[Letter]:
    """The invitation to each session whose dossier is frozen, with the dossier."""
    for session in case.plan.sessions:
        if frozen := case.frozen_for(session.id):
            yield _paper(case, session, frozen)


def result_letters(case: Case) -> Iterator[Letter]:
    """The results of each synthesis to everyone who contributed or was interviewed, once its dossier is frozen (R80)."""
    for phase in case.plan.phases:
        session = case.plan.session_of(phase)
        frozen = case.frozen_for(session.id) if session else None
        to = participants(case)
        if phase.kind == "synthesis" and session and frozen and to:
            facts = _facts(case, session, frozen) | {"phase": phase}
            subject: dict[str, Fact] = {"number": phase.number, "phase": phase.name}
            yield compose(
                case.plan,
                f"results:{phase.id}",
                frozen.at.date(),
                to,
                subject,
                facts,
                enclosed(case.plan, session, frozen),
                overdue=_over(case, session),
            )


def enclosed(plan: Plan, session: Session, frozen: Frozen) -> tuple[str, ...]:
    """The dossier's files that go with a letter, as they are called in the working folder."""
    formats = [name for name in ENCLOSED if name in frozen.objects] or sorted(frozen.objects)[:1]
    return tuple(f"sessions/{plan.day_of(session)}/dossier.{name}" for name in formats)


def _paper(case: Case, session: Session, frozen: Frozen) -> Letter:
    body = actors(case.plan)[session.body]
    subject: dict[str, Fact] = {"session": session.name, "day": session.date.day}
    facts = _facts(case, session, frozen)
    return compose(
        case.plan,
        f"papers:{session.id}",
        frozen.at.date(),
        (body,),
        subject,
        facts,
        enclosed(case.plan, session, frozen),
        overdue=_over(case, session),
    )


def _over(case: Case, session: Session) -> bool:
    """Whether the day of the session is over."""
    return case.today > session.date.day


def _facts(case: Case, session: Session, frozen: Frozen) -> dict[str, object]:
    words = case.plan.words
    return {
        "session": session.name,
        "day": session.date.day,
        "doubt": doubt(case.plan, session.date, session.id, words),
        "item": words.say(f"calendar.item.{session.item}"),
        "ask": words.say(f"outbox.ask.{session.item}"),
        "frozen": frozen.at,
        "afterwards": frozen.at.date() > session.date.day,
    }
