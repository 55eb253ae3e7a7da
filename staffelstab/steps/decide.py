"""Decide: what a session did with its item, checked whole before anything is written (R14, R75; F38)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from staffelstab.errors import RecordError
from staffelstab.intake.answer import Unreadable
from staffelstab.intake.plain import decode
from staffelstab.language import Language
from staffelstab.ledger.values import Content, Entry
from staffelstab.plan.model import Count, Session
from staffelstab.steps.run import Run

Outcome = Literal["noted", "discussed", "adopted", "returned"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def record_decision(
    run: Run,
    session: str,
    outcome: str,
    *,
    vote: Count | None = None,
    notes: Sequence[str] | None = None,
    assumed: bool = False,
) -> Entry:
    """Record a session's decision. Said twice in a row it is one; a correction may be corrected back. Unknown votes stay unknown.

    Without `notes` the points of the discussion are read from the session's folder (`notizen.txt`, one per line), so that
    they never pass through a form of the Prefect UI.

    Raises RecordError for an unknown session or outcome, impossible votes, notes that are no text, or a session that has not begun.
    """
    vote = vote or Count()
    found = _session(run, session)
    _check(run, found, outcome, vote)
    text = json.dumps(_notes(run, found) if notes is None else list(notes), ensure_ascii=False)
    votes = {"yes": vote.yes, "no": vote.no, "abstentions": vote.abstentions}
    with run.workspace.open() as ledger:
        said = ledger.fingerprint(json.dumps([outcome, votes, text, assumed], sort_keys=True).encode())[:32]
        earlier = ledger.entries("decided", subject=found.id)
        if earlier and str(earlier[-1].key).endswith(f":{said}"):
            return earlier[-1]
        return ledger.append(
            "decided",
            at=run.now,
            office=run.office,
            subject=found.id,
            phase=run.plan.phase(found.phase).id,
            key=f"decided:{found.id}:{len(earlier) + 1}:{said}",
            facts={"outcome": outcome, **votes, "assumed": assumed},
            content=Content("decision", "application/json", text.encode()),
        )


def _session(run: Run, session: str) -> Session:
    try:
        return run.plan.session(session)
    except KeyError:
        known = ", ".join(item.id for item in run.plan.sessions)
        raise RecordError("steps.unknown_session", session=session, known=known) from None


def notes_file(run: Run, session: Session) -> Path:
    """Where the points of a session's discussion are written down, one per line."""
    name = Language(run.plan.language).say("steps.notes_file")
    return run.workspace.session(run.plan, session) / name


def _notes(run: Run, session: Session) -> list[str]:
    path = notes_file(run, session)
    if not path.is_file():
        return []
    try:
        text, _ = decode(path.read_bytes())
    except Unreadable:
        raise RecordError("steps.notes_unreadable", file=path.name) from None
    lines = (line.strip().removeprefix("- ") for line in text.splitlines())
    return [line for line in lines if line]


def _check(run: Run, session: Session, outcome: str, vote: Count) -> None:
    if outcome not in OUTCOMES:
        raise RecordError("steps.unknown_outcome", outcome=outcome, known=", ".join(OUTCOMES))
    if run.now < run.plan.starts(session.date.day):
        raise RecordError("steps.session_to_come", day=session.date.day)
    for count in (vote.yes, vote.no, vote.abstentions):
        if count is not None and count < 0:
            raise RecordError("steps.negative_votes", count=count)


def sender(run: Run, paper: str, actor: str) -> Entry:
    """Record who a paper came from. Raises RecordError for a paper or actor nobody knows."""
    from staffelstab.plan.actors import find_actor

    with run.workspace.open() as ledger:
        found = run.case(ledger).paper(paper)
        known = find_actor(run.plan, actor)
        if found is None:
            raise RecordError("steps.unknown_paper", paper=paper)
        if known is None:
            raise RecordError("steps.unknown_actor", actor=actor)
        return ledger.append(
            "assigned",
            at=run.now,
            office=run.office,
            subject=found.id,
            key=f"assigned:{found.id}:{known.id}:{len(ledger.entries('assigned', subject=found.id))}",
            facts={"actor": known.id},
        )
