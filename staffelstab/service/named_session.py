"""The session in which something was decided, as somebody names it: one that the plan has, and that has begun."""

from __future__ import annotations

from staffelstab.errors import RecordError
from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.model import Session


def named_session(run: Run, session: str) -> Session:
    """The session with this id. Raises RecordError, with the ids that there are."""
    try:
        return run.plan.session(session)
    except KeyError:
        known = ", ".join(item.id for item in run.plan.sessions)
        raise RecordError("steps.unknown_session", session=session, known=known) from None


def refuse_to_come(run: Run, session: Session) -> None:
    """Raise RecordError for a session that has not begun: nothing was decided in it yet."""
    if run.now < run.plan.starts(session.date.day):
        raise RecordError("steps.session_to_come", day=session.date.day)
