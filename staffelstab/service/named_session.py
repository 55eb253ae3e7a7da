"""The session in which something was decided, as somebody names it: one that the plan has, and that has begun."""

from __future__ import annotations

from staffelstab.errors import RecordError
from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.model import Plan, Session


def named_session(run: Run, session: str) -> Session:
    """The session with this id. Raises RecordError, with the ids that there are and the days they stand for."""
    try:
        return run.plan.session(session)
    except KeyError:
        known = ", ".join(with_day(run.plan, item.id) for item in run.plan.sessions)
        raise RecordError("steps.unknown_session", session=session, known=known) from None


def refuse_to_come(run: Run, session: Session) -> None:
    """Raise RecordError for a session that has not begun: nothing was decided in it yet."""
    if run.now < run.plan.starts(session.date.day):
        raise RecordError("steps.session_to_come", day=session.date.day)


def with_day(plan: Plan, session: str) -> str:
    """A session's id with the day on which it meets now: the id keeps the day of the resolution, wherever the session was moved."""
    days = {item.id: item.date.date for item in plan.sessions}
    day = days.get(session)
    return f"{session} ({plan.words.day(day)})" if day else session
