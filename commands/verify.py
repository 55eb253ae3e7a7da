"""`staffelstab verify`: re-read every byte of the ledger and every baton."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass

from commands import arguments as given
from staffelstab.errors import BatonError, LedgerError
from staffelstab.language import Language
from staffelstab.ledger.values import Entry
from staffelstab.publishing.baton.checking import verify_chain
from staffelstab.publishing.baton.reference import Baton
from staffelstab.service.phase_run import baton_name
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, find

DAMAGED = frozenset({"ledger.damaged", "ledger.foreign", "ledger.missing", "ledger.entry", "ledger.object"})
"""What the ledger says of itself when it cannot be opened because it is not whole."""


@dataclass(frozen=True, slots=True)
class Findings:
    """How much was read, and every damage as a sentence."""

    entries: int
    batons: int
    damage: tuple[str, ...]


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """0 intact, 1 damaged, 11 locked."""
    workspace = find(options.workspace)
    plan = workspace.adopted()
    options.language = plan.language
    found = inspect(workspace, plan)
    print(_json(found) if options.json else _text(found, plan.words))
    return 1 if found.damage else 0


def inspect(workspace: Workspace, plan: Plan) -> Findings:
    """Read everything again: the ledger, each baton, and whether what the ledger handed over is what lies there."""
    handed, entries, damage = _ledger(workspace, plan)
    try:
        chain = verify_chain(workspace.batons) if workspace.batons.is_dir() else []
    except BatonError as error:
        return Findings(entries, 0, (*damage, error.text(plan.language)))
    return Findings(entries, len(chain), (*damage, *_handed(plan, handed, chain)))


def _ledger(workspace: Workspace, plan: Plan) -> tuple[list[Entry], int, list[str]]:
    try:
        with workspace.open(read_only=True) as ledger:
            damage = [item.text(plan.language) for item in ledger.verify()]
            return ledger.entries("handed_over"), len(ledger.entries()), damage
    except LedgerError as error:
        if error.key not in DAMAGED:
            raise
        return [], 0, [error.text(plan.language)]


def _handed(plan: Plan, entries: Sequence[Entry], chain: Sequence[Baton]) -> list[str]:
    """What was handed over but is missing, or lies there as something else."""
    there = {baton.path.name: baton.hash for baton in chain}
    planned = {phase.number: baton_name(phase) for phase in plan.phases}
    names = {baton.number: baton.path.name for baton in chain} | planned  # the plan may have dropped a phase since
    digests = {int(entry.facts["number"]): str(entry.facts["hash"]) for entry in entries}
    wanted = {names.get(number, str(number)): digest for number, digest in digests.items()}
    return [
        BatonError("steps.foreign_baton" if name in there else "baton.missing", baton=name).text(plan.language)
        for name, digest in wanted.items()
        if there.get(name) != digest
    ]


def _json(found: Findings) -> str:
    facts = {
        "intact": not found.damage,
        "entries": found.entries,
        "batons": found.batons,
        "damage": list(found.damage),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _text(found: Findings, words: Language) -> str:
    if found.damage:
        return "\n".join([words.say("cli.verify.damaged", n=len(found.damage)), *found.damage])
    return words.say("cli.verify.intact", entries=found.entries, batons=found.batons)
