"""Sessions: which there are, how the paper of each stands, and what each decided (R42, U9)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.responses import Response

from pages.days import told_day
from pages.open_points import Points, open_points
from pages.papers_of_sessions import Paper, last_run, paper_of
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.submissions.case.gather import outline
from staffelstab.timetable.plan.model import Phase, Plan, Session


@dataclass(frozen=True, slots=True)
class Row:
    """A session in the list; `day` and `due` say what is known of its days.

    `decided` is what it did in words, "" if nothing is entered; `points` are those of its discussion.
    """

    session: Session
    phase: Phase
    day: str
    due: str
    paper: Paper
    decided: str
    points: tuple[str, ...]
    begun: bool
    address: str


def show(visit: Visit) -> Response:
    """The page: the next session and the last decision first, then all."""
    run, plan = visit.run, visit.plan
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries("surveyed", until=run.now)
        case = outline(ledger, visit.plan, run.now)
        papers = {
            session.id: paper_of(case, session, ledger, last_run(entries, plan.phase(session.phase)))
            for session in plan.sessions
        }
    rows = [_row(visit, case, session, papers[session.id]) for session in plan.sessions]
    rows.sort(key=lambda row: row.session.date.date or dt.date.max)
    coming = next((row for row in rows if not row.decided and _is_to_come(row, case.today)), None)
    return visit.shown(
        "sessions",
        coming=coming,
        open=open_points(visit, coming.phase) if coming else Points(),
        last=next((row for row in reversed(rows) if row.decided), None),
        waiting=[row for row in rows if row.begun and not row.decided and row is not coming],
        rows=rows,
    )


def titled(plan: Plan, session: Session, decision: Decision | None) -> str:
    """The day of a session beside its name: that on which it met, once it decided, otherwise the one it is expected on."""
    if decision:
        return plan.words.day(decision.day)
    return Phrasing(plan).day(session.date) if session.date.date else Phrasing(plan).when(session.date)


def _is_to_come(row: Row, today: dt.date) -> bool:
    return row.session.date.date is None or row.session.date.date >= today


def _row(visit: Visit, case: Case, session: Session, paper: Paper) -> Row:
    phrasing, decision = Phrasing(visit.plan), case.decision(session.id)
    return Row(
        session=session,
        phase=visit.plan.phase(session.phase),
        day=titled(visit.plan, session, decision),
        due=told_day(visit.plan, session.papers_due, session.id),
        paper=paper,
        decided=phrasing.outcome(decision) if decision else "",
        points=tuple(line(point) for point in decision.notes) if decision else (),
        begun=session.date.date is not None and visit.now >= visit.plan.starts(session.date.date),
        address=visit.link(f"sessions/{session.id}"),
    )
