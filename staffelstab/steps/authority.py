"""In whose name somebody records a change: the names they typed, checked against the plan and the day."""

from __future__ import annotations

from staffelstab.amend.authority import Authority, decided_by
from staffelstab.steps.run import Run
from staffelstab.steps.sessions import named_session, refuse_to_come


def checked_authority(run: Run, typed: Authority, item: str) -> Authority:
    """The same by ids. Raises RecordError for nobody, an unknown actor, and a session that is unknown or still to come."""
    actor = decided_by(run.plan, typed.by, item)
    if not typed.session:
        return Authority(actor.id, "", typed.authorised)
    session = named_session(run, typed.session)
    refuse_to_come(run, session)
    return Authority(actor.id, session.id, typed.authorised)
