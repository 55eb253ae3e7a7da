"""A backup that was restored on purpose: somebody says so, with a reason, and the ledger goes on from there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.publishing.baton.checking import named_head
from staffelstab.service.outside_ledger import baton_heads, unknown_batons, unknown_dossiers
from staffelstab.service.phase_run import Run
from staffelstab.service.set_aside import Aside, set_aside
from staffelstab.timetable.plan.actors import find_actor

RESTORED = "restored"
"""The kind of entry that says that an older ledger was put back; its content is the reason."""


@dataclass(frozen=True, slots=True)
class Restored:
    """From where the ledger goes on, which entry was confirmed last before, and what no longer fits and was set aside."""

    last: int
    known: int
    aside: Aside


def accept_restored(run: Run, by: str, reason: str, known: Iterable[Head] = ()) -> Restored:
    """Go on with the ledger as it lies there: what it does not know is set aside, and the journal says by whom and why.

    `known`: heads that were noted anywhere else. Raises RecordError if nothing is missing, nobody or no reason is named, or the
    ledger is damaged in itself.
    """
    actor = find_actor(run.plan, by)
    if actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    if not reason.strip():
        raise RecordError("steps.restored.no_reason")
    workspace = run.workspace
    with Ledger.open(workspace.ledger, entropy=workspace.entropy) as ledger:
        batons = unknown_batons(workspace, run.plan, ledger)
        missing = _missing(run, ledger, batons, known)
        papers = {path.parent for path in unknown_dossiers(workspace, run.plan, ledger)}
        if not (missing or batons or papers):
            raise RecordError("steps.restored.nothing")
        aside = set_aside(
            workspace, [*batons, *sorted(file for folder in papers for file in folder.glob("dossier.*"))], run.now
        )
        last = ledger.newest().seq
        highest = max((head.seq for head in missing), default=last)
        entry = ledger.append(
            RESTORED,
            at=run.now,
            office=run.office,
            facts={"by": actor.id, "last": last, "known": highest, "aside": aside.n},
            content=Content("reason", "text/plain", reason.strip().encode()),
        )
        workspace.heads.replace([Head(entry.seq, entry.hash)])
    return Restored(last, highest, aside)


def _missing(run: Run, ledger: Ledger, unknown: tuple[Path, ...], known: Iterable[Head]) -> list[Head]:
    """The known heads that the ledger does not have.

    Raises RecordError if it is damaged, or contradicts a baton that it has itself handed over.
    """
    damage = ledger.verify()
    there = {(entry.seq, entry.hash) for entry in ledger.entries()} if not damage else set()
    named = {head: bag for bag in unknown if (head := named_head(bag)) is not None}
    contradicted = [
        head
        for head in baton_heads(run.workspace, run.plan)
        if (head.seq, head.hash) not in there and head not in named
    ]
    if damage or contradicted:
        raise RecordError("steps.restored.damaged")
    return [head for head in {*run.workspace.heads.read(), *named, *known} if (head.seq, head.hash) not in there]
