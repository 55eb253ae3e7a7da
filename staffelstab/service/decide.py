"""Decide: what a session did with its item, checked whole before anything is written (R14, R75; F38)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from staffelstab.documents.rendering.characters import json_text
from staffelstab.errors import RecordError
from staffelstab.ledger.entries import Decided
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Content, Entry
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.named_session import named_session, refuse_to_come
from staffelstab.service.phase_run import Run
from staffelstab.service.typed_files import typed_text
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.submissions.case.decisions import decisions
from staffelstab.timetable.plan.model import Count, Plan, Session

Outcome = Literal["noted", "discussed", "adopted", "returned"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it was entered. `former` is what it corrected; `carried` counts the points taken over from there.

    `handed_over` says that the session's phase had handed over before the correction came; its baton stays as it is.
    """

    entry: Entry
    former: Decision | None = None
    carried: int = 0
    handed_over: bool = False


def record_decision(
    run: Run,
    session: str,
    outcome: str,
    *,
    vote: Count | None = None,
    notes: Sequence[str] | None = None,
    assumed: bool = False,
    correction: bool = False,
) -> Recorded:
    """Record a session's decision. Said twice in a row it is one; unknown votes stay unknown.

    What differs from the decision that stands is refused unless it is a `correction`. A correction says everything anew but
    the points of the discussion: those are carried over if it brings none.

    Without `notes` the points of the discussion are read from the session's folder (`notizen.txt`, one per line), so that
    they never pass through a form of the Prefect UI.

    Raises RecordError for an unknown session or outcome, impossible votes, notes that are no text, a session that has not
    begun, another decision that stands already, or a correction of nothing.
    """
    found = named_session(run, session)
    _check(run, found, outcome, vote or Count())
    brought = written_points(run, found) if notes is None else [line for line in notes if line.strip()]
    with run.workspace.open() as ledger, ledger.writing() as transaction:
        before = _before(run, transaction, found)
        carried = before.points if notes is None and not brought else ()
        ruling = _Ruling(outcome, vote or Count(), tuple(brought) or carried, assumed)
        said = ledger.fingerprint(ruling.identity)[:32]
        if before.last and str(before.last.key).endswith(f":{said}"):
            return Recorded(before.last)
        _refuse(run, found, before.decision, correction)
        entry = _append(run, transaction, found, before, ruling, said)
        late = before.decision is not None and _handed_over(run, transaction, found)
    return Recorded(entry, before.decision, len(carried), late)


def proposed_decision(
    run: Run, case: Case, session: str, outcome: str, vote: Count, points: Sequence[str], *, correction: bool = False
) -> Decision:
    """What `record_decision` would enter, refused for the same reasons; nothing is written. Raises RecordError."""
    found = named_session(run, session)
    _check(run, found, outcome, vote)
    standing = case.decision(found.id)
    _refuse(run, found, standing, correction)
    return Decision(found.id, run.now, outcome, vote, tuple(points), met=found.date.date, former=standing)


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What is to be recorded of a session; votes nobody counted are None."""

    outcome: str
    vote: Count
    points: tuple[str, ...]
    assumed: bool

    @property
    def votes(self) -> dict[str, int | None]:
        return {"yes": self.vote.yes, "no": self.vote.no, "abstentions": self.vote.abstentions}

    @property
    def text(self) -> str:
        """The points of the discussion as the ledger keeps them."""
        return json_text(self.points)

    @property
    def identity(self) -> bytes:
        """What makes two of them the same."""
        return json.dumps([self.outcome, self.votes, self.text, self.assumed], sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class _Before:
    """What was recorded of a session so far: how often, the last entry, and the decision that stands by it."""

    times: int = 0
    last: Entry | None = None
    decision: Decision | None = None

    @property
    def points(self) -> tuple[str, ...]:
        return self.decision.notes if self.decision else ()


def _before(run: Run, transaction: Transaction, session: Session) -> _Before:
    earlier = transaction.entries("decided", subject=session.id)
    if not earlier:
        return _Before()
    standing = decisions(transaction, run.plan, [Decided.of(entry) for entry in earlier])[-1]
    return _Before(len(earlier), earlier[-1], standing)


def _append(run: Run, transaction: Transaction, session: Session, before: _Before, ruling: _Ruling, said: str) -> Entry:
    corrects = {"corrects": before.last.seq} if before.last else {}
    met = session.date.day.isoformat()
    return transaction.append(
        "decided",
        at=run.now,
        office=run.office,
        subject=session.id,
        phase=run.plan.phase(session.phase).id,
        key=f"decided:{session.id}:{before.times + 1}:{said}",
        facts={"outcome": ruling.outcome, **ruling.votes, "assumed": ruling.assumed, "met": met, **corrects},
        content=Content("decision", "application/json", ruling.text.encode()),
    )


def _handed_over(run: Run, transaction: Transaction, session: Session) -> bool:
    return transaction.find(f"handed_over:{run.plan.phase(session.phase).number}") is not None


def told(plan: Plan, decision: Decision) -> str:
    """A decision in a few words that hold no text of anybody's: outcome, votes, how many points."""
    words = plan.words
    said = Phrasing(plan).outcome(decision)
    return f"{said}, {words.say('steps.points', n=len(decision.notes))}" if decision.notes else said


def _refuse(run: Run, session: Session, standing: Decision | None, correction: bool) -> None:
    """Raise RecordError if a decision stands that is not to be corrected, or if there is nothing to correct."""
    if standing is not None and not correction:
        what = told(run.plan, standing)
        raise RecordError("steps.decided_already", day=standing.day, what=what, at=standing.at)
    if standing is None and correction:
        raise RecordError("steps.nothing_to_correct", day=session.date.day)


def notes_file(run: Run, session: Session) -> Path:
    """Where the points of a session's discussion are written down, one per line."""
    name = run.plan.words.say("steps.notes_file")
    return run.workspace.session(run.plan, session) / name


def written_points(run: Run, session: Session) -> list[str]:
    """The points of the discussion that are written down in the session's folder. Raises RecordError if that is no text."""
    return points_of(typed_text(run.workspace, notes_file(run, session)) or "")


def points_of(text: str) -> list[str]:
    """The points of a discussion as somebody typed them, one per line, with or without a dash before it."""
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return [line for line in lines if line]


def _check(run: Run, session: Session, outcome: str, vote: Count) -> None:
    if outcome not in OUTCOMES:
        raise RecordError("steps.unknown_outcome", outcome=outcome, known=", ".join(OUTCOMES))
    refuse_to_come(run, session)
    for count in (vote.yes, vote.no, vote.abstentions):
        if count is not None and count < 0:
            raise RecordError("steps.negative_votes", count=count)


def sender(run: Run, paper: str, actor: str) -> Entry:
    """Record who a paper came from. Raises RecordError for a paper or actor nobody knows."""
    from staffelstab.timetable.plan.actors import find_actor

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
