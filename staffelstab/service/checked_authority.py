"""In whose name somebody records a change: the names they typed, checked against the plan and the day."""

from __future__ import annotations

from staffelstab.service.named_session import named_session, refuse_to_come
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.authority import Authority, decided_by


def checked_authority(run: Run, typed: Authority, item: str) -> Authority:
    """The same by ids. Raises RecordError for nobody, an unknown actor, and a session that is unknown or still to come."""
    actor = decided_by(run.plan, typed.by, item)
    if not typed.session:
        return Authority(actor.id, "", typed.authorised)
    session = named_session(run, typed.session)
    refuse_to_come(run, session)
    return Authority(actor.id, session.id, typed.authorised)
