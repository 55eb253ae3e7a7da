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
from staffelstab.timetable.plan.actors import find_actor

LONGEST = 500
"""Characters of a reason: it stands in the register."""


def withdraw(run: Run, ref: str, by: str, reason: str, *, undo: bool = False) -> Entry:
    """Enter that the paper (B07, G02) or row (V02, needs-1:3) called `ref` is withdrawn, or is so no longer.

    Raises RecordError for a ref or actor nobody knows, without a reason or with a very long one, and where nothing would change.
    """
    words = line(reason)
    if not words or len(words) > LONGEST:
        raise RecordError("steps.withdrawal_reason", most=LONGEST)
    actor = find_actor(run.plan, by)
    if actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    with run.workspace.open() as ledger:
        case = run.case(ledger)
        paper, row = _meant(case, ref)
        if _is_withdrawn(case, ref) != undo:
            raise RecordError("steps.withdrawn_not" if undo else "steps.withdrawn_already", ref=ref)
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
