"""Everything of a working folder read again: the ledger, each baton, and whether what was handed over and frozen lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.errors import BatonError, LedgerError, PlanError, StaffelstabError
from staffelstab.ledger.entries import HandedOn
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.publishing.baton.checking import verify_chain
from staffelstab.publishing.baton.reference import Baton
from staffelstab.service.outside_ledger import baton_heads, changed_dossiers, unknown_batons, unknown_dossiers
from staffelstab.service.phase_run import baton_name
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace

DAMAGED = frozenset({"ledger.damaged", "ledger.foreign", "ledger.missing", "ledger.entry", "ledger.object"})
"""What the ledger says of itself when it cannot be opened because it is not whole."""


@dataclass(frozen=True, slots=True)
class Findings:
    """How much was read, every damage as a sentence, and the last entry: a note of it elsewhere vouches for all before it."""

    entries: int
    batons: int
    damage: tuple[str, ...]
    head: Head | None = None


def inspect(workspace: Workspace, plan: Plan, known: Sequence[Head] = ()) -> Findings:
    """Read everything again: the ledger, each baton, and whether what the ledger handed over and froze is what lies there."""
    ledger = _ledger(workspace, plan, (*known, *workspace.heads.read(), *baton_heads(workspace, plan)))
    damage = (*ledger.damage, *_heads_file(workspace, plan))
    try:
        chain = verify_chain(workspace.batons) if workspace.batons.is_dir() else []
    except BatonError as error:
        return Findings(ledger.entries, 0, (*damage, error.text(plan.language)), ledger.head)
    return Findings(ledger.entries, len(chain), (*damage, *_handed(plan, ledger.handed, chain)), ledger.head)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What was found in the ledger itself, and against it in the folder."""

    handed: tuple[HandedOn, ...] = ()
    entries: int = 0
    damage: tuple[str, ...] = ()
    head: Head | None = None


def _ledger(workspace: Workspace, plan: Plan, known: Sequence[Head]) -> _Ledger:
    try:
        with workspace.open(read_only=True) as ledger:
            damage = [item.text(plan.language) for item in ledger.verify(known)]
            try:
                damage += [error.text(plan.language) for error in _outside(workspace, ledger)]
                handed = tuple(HandedOn.of(entry) for entry in ledger.entries("handed_over"))
                newest = ledger.newest()
            except PlanError as error:
                return _Ledger(damage=(*damage, error.text(plan.language)))
            except (KeyError, ValueError, TypeError):  # written by somebody else; the chain says so, too
                return _Ledger(damage=(*damage, LedgerError("ledger.damaged", file="ledger.db").text(plan.language)))
            return _Ledger(handed, newest.seq, tuple(damage), newest)
    except LedgerError as error:
        if error.key not in DAMAGED:
            raise
        return _Ledger(damage=(error.text(plan.language),))


def _outside(workspace: Workspace, ledger: Ledger) -> list[StaffelstabError]:
    """What lies in the folder and is unknown to the ledger, or is no longer as the ledger has it."""
    plan = workspace.plan(ledger.latest_time())
    unknown: list[StaffelstabError] = [
        BatonError("steps.unknown_baton", baton=bag.name) for bag in unknown_batons(workspace, plan, ledger)
    ]
    papers = sorted({path.relative_to(workspace.root) for path in unknown_dossiers(workspace, plan, ledger)})
    unknown += [BatonError("steps.unknown_dossier", file=path.as_posix()) for path in papers]
    return unknown + list(changed_dossiers(workspace, plan, ledger))


def _heads_file(workspace: Workspace, plan: Plan) -> list[str]:
    damaged = workspace.heads.damaged()
    return [plan.words.say("cli.verify.heads", file=workspace.heads.path.name, n=damaged)] if damaged else []


def _handed(plan: Plan, handed: Sequence[HandedOn], chain: Sequence[Baton]) -> list[str]:
    """What was handed over but is missing, or lies there as something else."""
    there = {baton.path.name: baton.hash for baton in chain}
    planned = {phase.number: baton_name(phase) for phase in plan.phases}
    names = {baton.number: baton.path.name for baton in chain} | planned  # the plan may have dropped a phase since
    wanted = {names.get(item.phase, str(item.phase)): item.hash for item in handed}
    return [
        BatonError("steps.foreign_baton" if name in there else "baton.missing", baton=name).text(plan.language)
        for name, digest in wanted.items()
        if there.get(name) != digest
    ]
