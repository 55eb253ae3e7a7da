"""Withdraw: a paper, or a row of a sheet, no longer counts, because somebody says so and why; it can be undone.

Nothing is deleted: the original stays in the ledger and the paper in the register. What was frozen or handed over before stays as
it is.
"""

from __future__ import annotations

from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError
from staffelstab.ledger.values import Content, Entry
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import Actor, find_actor

LONGEST = 500
"""Characters of a reason: it stands in the register."""


def withdraw(run: Run, ref: str, by: str, reason: str, *, undo: bool = False) -> Entry:
    """Enter that the paper (B07, G02) or row (V02, needs-1:3) called `ref` is withdrawn, or is so no longer.

    Raises RecordError for a ref or actor nobody knows, without a reason or with a very long one, and where nothing would change.
    """
    words, actor = checked_reason(reason), checked_actor(run, by)
    with run.workspace.open() as ledger:
        case = run.case(ledger)
        paper, row = _meant(case, ref)
        refuse_unchanged(case, ref, undo=undo)
        entries = ledger.entries("withdrawn", subject=paper)
        return ledger.append(
            "withdrawn",
            at=run.now,
            office=run.office,
            subject=paper,
            key=f"withdrawn:{paper}:{row}:{len(entries)}",
            facts={"row": row, "by": actor.id, "undone": undo},
            content=Content("withdrawal", "text/plain", words.encode()),
        )


def checked_reason(reason: str) -> str:
    """A reason as the register has it. Raises RecordError for none and for a very long one."""
    words = line(reason)
    if not words or len(words) > LONGEST:
        raise RecordError("steps.withdrawal_reason", most=LONGEST)
    return words


def checked_actor(run: Run, by: str) -> Actor:
    """Who says so. Raises RecordError for an actor nobody knows."""
    actor = find_actor(run.plan, by)
    if actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    return actor


def refuse_unchanged(case: Case, ref: str, *, undo: bool) -> None:
    """Raise RecordError where nothing would change."""
    if _is_withdrawn(case, ref) != undo:
        raise RecordError("steps.withdrawn_not" if undo else "steps.withdrawn_already", ref=ref)


def _meant(case: Case, ref: str) -> tuple[str, int]:
    """The paper and row that are called so. Raises RecordError."""
    paper = case.paper(ref)
    found = (paper.id, 0) if paper else case.rows.get(ref) or case.rows.get(ref.upper())
    if found is None:
        raise RecordError("steps.unknown_ref", ref=ref)
    return found


def _is_withdrawn(case: Case, ref: str) -> bool:
    if paper := case.paper(ref):
        return paper.withdrawn is not None
    place = _meant(case, ref)
    return any(case.rows.get(item.ref) == place for item in case.withdrawn)
