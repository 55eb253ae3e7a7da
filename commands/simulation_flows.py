"""How a simulation runs the flows: the flows themselves, as they run live."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from staffelstab.isolation import BARE, PYTHON, child_environment
from staffelstab.language import ORIGINAL
from staffelstab.simulation.inputs import Verdict
from staffelstab.workspace import find

if TYPE_CHECKING:
    from prefect import Flow

P = ParamSpec("P")
R = TypeVar("R")
BEAT = 0.05
"""Seconds between two looks at a process that is to be killed."""


@dataclass(frozen=True, slots=True)
class FlowExecutor:
    """Runs each event of a simulation with the live flows: recorded by Prefect, or their procedures alone, without it."""

    recorded: bool = True

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        """The daily pass."""
        from flows.daily_pass import daily_pass

        with self._in(workspace) as language:
            self._of(daily_pass, language)(now)

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """The decision's form, filled in."""
        from flows.decision import decision

        vote = verdict.vote
        with self._in(workspace) as language:
            self._of(decision, language)(
                verdict.session.id,
                verdict.outcome,
                yes=vote.yes,
                no=vote.no,
                abstentions=vote.abstentions,
                assumed=verdict.assumed,
                now=now,
            )

    @contextmanager
    def _in(self, workspace: str) -> Generator[str]:
        """Within the block flows work in the folder, whose plan's language it is given."""
        from tasks.begin import working_in

        folder = Path(workspace)
        with working_in(folder):
            yield find(folder).adopted().language if self.recorded else ORIGINAL

    def _of(self, flow: Flow[P, R], language: str) -> Callable[P, R]:
        from tasks.decorators import named

        return named(flow, language) if self.recorded else flow.fn

    def killed_pass(self, workspace: str, now: dt.datetime) -> None:
        """The daily pass in a process of its own, killed (SIGKILL) as soon as it has written something."""
        before = _entries(workspace)
        command = [*PYTHON, "-m", "commands.main", "run", workspace, "--now", now.isoformat()]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=BARE, env=child_environment()
        ) as process:
            while process.poll() is None and _entries(workspace) == before:
                try:
                    process.wait(BEAT)
                except subprocess.TimeoutExpired:
                    continue
            process.kill()


def _entries(workspace: str) -> int:
    with find(Path(workspace)).open(read_only=True) as ledger:
        return len(ledger.entries())
