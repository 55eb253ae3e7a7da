"""The simulation: event by event, files arrive, passes run, sessions decide; all on the virtual clock."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from staffelstab.files import write
from staffelstab.service.decide import notes_file
from staffelstab.service.phase_run import open_run
from staffelstab.simulation.event_list import AFTER_SESSION, Event
from staffelstab.simulation.faults import Scenario
from staffelstab.simulation.inputs import Delivery, Verdict
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, create


class Executor(Protocol):
    """What runs the flows as they run live; given by the command line, so that the core stays without Prefect."""

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        """Run the daily pass at `now`."""

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """Record what a session did."""

    def killed_pass(self, workspace: str, now: dt.datetime) -> None:
        """Run the daily pass in a process of its own and kill it in the middle."""


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: which event of how many has happened, and the journal's length before and after."""

    event: Event
    number: int
    of: int
    before: int
    after: int


def simulate(scenario: Scenario, place: Path, out: Path, executor: Executor) -> Iterator[Step]:
    """Simulate a scenario in a new working folder `out`; yields after each event."""
    workspace = create(place, out, now=_beginning(scenario.plan), seed=scenario.plan.id)
    waiting = list(scenario.deliveries)
    seen = _length(workspace)
    for number, event in enumerate(scenario.events, 1):
        while waiting and waiting[0].at <= event.at:
            _deliver(workspace, waiting.pop(0))
        _happen(workspace, event, executor)
        length = _length(workspace)
        yield Step(event, number, len(scenario.events), seen, length)
        seen = length


def _beginning(plan: Plan) -> dt.datetime:
    """The day of the resolution begins the ledger."""
    return plan.starts(min(plan.resolution.date, *(phase.start.day for phase in plan.phases)))


def _happen(workspace: Workspace, event: Event, executor: Executor) -> None:
    root = str(workspace.root)
    if event.verdict is None:
        if event.kill:
            executor.killed_pass(root, event.at)
        executor.daily_pass(root, event.at)
        return
    _write_notes(workspace, event.verdict, event.at)
    executor.decision(root, event.verdict, event.at)
    executor.daily_pass(root, event.at + AFTER_SESSION)


def _write_notes(workspace: Workspace, verdict: Verdict, now: dt.datetime) -> None:
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
