"""The ledger held against what lies outside of it: the heads beside it, batons, and frozen dossiers on disk.

Who exchanges the ledger for an older one, or writes its history anew, leaves these behind as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from staffelstab.errors import BatonError, LedgerError, StaffelstabError
from staffelstab.ledger.entries import HandedOn
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.publishing.baton.checking import named_head
from staffelstab.service.compile_dossier import frozen_files
from staffelstab.service.phase_run import Run, baton_name
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, change_of

FINAL = ("dossier.docx", "dossier.odt")
"""What lies in a session's folder only once its dossier is frozen: a draft is not printed in these formats."""


def refuse_foreign_ledger(run: Run) -> None:
    """Raise LedgerError or BatonError, before anything is written, if the ledger is not the one that was kept here.

    Cheap: no content is read, only heads, names of what lies here, and how many entries and objects there are.
    """
    with run.workspace.open(read_only=True) as ledger:
        ledger.check((*run.workspace.heads.read(), *baton_heads(run.workspace, run.plan)), joined=True)
        for bag in unknown_batons(run.workspace, run.plan, ledger):
            raise BatonError("steps.unknown_baton", baton=bag.name)
        for paper in unknown_dossiers(run.workspace, run.plan, ledger):
            raise BatonError("steps.unknown_dossier", file=_shown(run.workspace, paper))


def baton_heads(workspace: Workspace, plan: Plan) -> tuple[Head, ...]:
    """The entries that the plan's batons say they were made of."""
    found = (named_head(bag) for bag in _bags(workspace, plan).values())
    return tuple(head for head in found if head is not None)


def unknown_batons(workspace: Workspace, plan: Plan, ledger: Ledger) -> tuple[Path, ...]:
    """Batons of the plan's phases that the ledger has neither handed over nor begun to."""
    handed = {HandedOn.of(entry).phase for entry in ledger.entries("handed_over")}
    begun = {entry.phase for entry in ledger.entries("sealed")}
    ids = {phase.number: phase.id for phase in plan.phases}
    return tuple(
        bag
        for number, bag in _bags(workspace, plan).items()
        if bag.is_dir() and number not in handed and ids[number] not in begun
    )


def unknown_dossiers(workspace: Workspace, plan: Plan, ledger: Ledger) -> tuple[Path, ...]:
    """Frozen papers on disk of sessions whose dossier was never frozen, as the ledger has it."""
    known = {day for entry in ledger.entries("frozen") for day in _days(workspace, plan, ledger, entry.subject)}
    return tuple(
        path
        for name in FINAL
        for path in sorted(workspace.sessions.glob(f"*/{name}"))
        if path.parent.name not in known and _is_ours(plan, path.parent.name)
    )


def changed_dossiers(workspace: Workspace, plan: Plan, ledger: Ledger) -> Iterator[StaffelstabError]:
    """What is no longer as it was frozen, changed on disk or gone. A session that was moved may have its paper in either folder."""
    for session in plan.sessions:
        folders = [workspace.session(plan, session)]
        folders += [workspace.sessions / day for day in _days(workspace, plan, ledger, session.id)]
        try:
            kept = frozen_files(ledger, session.id)
        except LedgerError as error:
            yield error
            continue
        for ending, data in kept.items():
            yield from _changed(workspace, [folder / f"dossier.{ending}" for folder in folders], data)


def _changed(workspace: Workspace, places: Sequence[Path], data: bytes) -> Iterator[StaffelstabError]:
    there = [path for path in places if path.is_file()]
    if not there:
        yield BatonError("steps.lost_dossier", file=_shown(workspace, places[0]))
    elif all(path.read_bytes() != data for path in there):
        yield BatonError("steps.changed_dossier", file=_shown(workspace, there[0]))


def _bags(workspace: Workspace, plan: Plan) -> dict[int, Path]:
    return {phase.number: workspace.batons / baton_name(phase) for phase in plan.phases}


def _days(workspace: Workspace, plan: Plan, ledger: Ledger, session: str) -> Iterator[str]:
    """The days on which a session meets or was to meet, as its folder is called."""
    for known in (plan, workspace.adopted()):
        yield from (known.day_of(item) for item in known.sessions if item.id == session)
    for entry in ledger.entries("confirmed", "amended", subject=session):
        change = change_of(entry)
        yield from (day.isoformat() for day in (change.former, change.change.date) if day)


def _is_ours(plan: Plan, day: str) -> bool:
    return any(plan.day_of(session) == day for session in plan.sessions)


def _shown(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()
