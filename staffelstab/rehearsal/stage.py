"""The stage: scene by scene, files arrive, passes run, sessions decide; all on the virtual clock."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from staffelstab.files import write
from staffelstab.plan.model import Plan
from staffelstab.rehearsal.inputs import Delivery, Verdict
from staffelstab.rehearsal.sabotage import Play
from staffelstab.rehearsal.script import AFTER_SESSION, Scene
from staffelstab.steps.decide import notes_file
from staffelstab.steps.run import open_run
from staffelstab.workspace import Workspace, create


class Company(Protocol):
    """Who plays: the flows as they run live, given by the command line so that the core stays without Prefect."""

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        """Run the daily pass at `now`."""

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """Record what a session did."""

    def killed_pass(self, workspace: str, now: dt.datetime) -> None:
        """Run the daily pass in a process of its own and kill it in the middle."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the audience sees: which scene of how many has been played, and the journal's length before and after."""

    scene: Scene
    number: int
    of: int
    before: int
    after: int


def play(piece: Play, place: Path, out: Path, company: Company) -> Iterator[Moment]:
    """Play a piece in a new working folder `out`; yields after each scene."""
    workspace = create(place, out, now=_curtain(piece.plan), seed=piece.plan.id)
    waiting = list(piece.deliveries)
    seen = _length(workspace)
    for number, scene in enumerate(piece.scenes, 1):
        while waiting and waiting[0].at <= scene.at:
            _deliver(workspace, waiting.pop(0))
        _scene(workspace, scene, company)
        length = _length(workspace)
        yield Moment(scene, number, len(piece.scenes), seen, length)
        seen = length


def _curtain(plan: Plan) -> dt.datetime:
    """The day of the resolution begins the ledger."""
    return plan.starts(min(plan.resolution.date, *(phase.start.day for phase in plan.phases)))


def _scene(workspace: Workspace, scene: Scene, company: Company) -> None:
    root = str(workspace.root)
    if scene.verdict is None:
        if scene.kill:
            company.killed_pass(root, scene.at)
        company.daily_pass(root, scene.at)
        return
    _minutes(workspace, scene.verdict, scene.at)
    company.decision(root, scene.verdict, scene.at)
    company.daily_pass(root, scene.at + AFTER_SESSION)


def _minutes(workspace: Workspace, verdict: Verdict, now: dt.datetime) -> None:
    run = open_run(workspace.root, now)
    if verdict.notes:
        write(notes_file(run, verdict.session), "".join(f"{note}\n" for note in verdict.notes).encode())


def _deliver(workspace: Workspace, delivery: Delivery) -> None:
    path = workspace.inbox / delivery.path
    write(path, delivery.content)
    os.utime(path, (delivery.at.timestamp(), delivery.at.timestamp()))


def _length(workspace: Workspace) -> int:
    with workspace.open(read_only=True) as ledger:
        return ledger.entries()[-1].seq
