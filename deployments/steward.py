"""What a plan needs of whoever keeps it open: its runs announced to the server, named, moved with the plan; alarms told (R48, U16).

The same for one plan that is open alone and for each of several on one server.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import anyio
import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.deployments.runner import RunnerDeployment

from deployments.definitions import coming, deployments
from deployments.registration import ask_for_pass, name_runs, register
from deployments.watching import Watch
from staffelstab.errors import StaffelstabError
from staffelstab.service.phase_run import Run, open_run
from staffelstab.service.sending import is_anything_due
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find

LOOK_AGAIN_SECONDS = 5
WATCH_SECONDS = 60
PASSING = (
    StaffelstabError,
    OSError,
    httpx.HTTPStatusError,
    httpx.TimeoutException,
    httpx.ReadError,
    httpx.RemoteProtocolError,
)
"""What a look meets and the next one may not meet again: a plan being edited, a server that is busy. One that is gone is another
matter."""

Add = Callable[[RunnerDeployment], Awaitable[UUID]]
"""Makes a deployment known to the server and to whoever executes its runs."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A working folder that is kept open, live or frozen `at` a moment; `clock` tells the present (aware)."""

    folder: Path
    at: dt.datetime | None
    clock: Callable[[], dt.datetime]

    def plan(self) -> Plan:
        """The plan as it holds now, with everything that was confirmed or moved meanwhile. Raises PlanError, LedgerError."""
        return find(self.folder).plan(self.at or self.clock())

    def now(self, plan: Plan) -> dt.datetime:
        """The present moment in the plan's zone."""
        return self.clock().astimezone(plan.zone)


async def announce(kept: Kept, plan: Plan, add: Add) -> None:
    """Make the server know exactly the plan's deployments."""
    made = deployments(plan, kept.now(plan), kept.at)
    await register(plan, made, add, frozen=kept.at is not None)


async def follow(kept: Kept, plan: Plan | None, add: Add) -> None:
    """Name the runs to come, and follow the plan: what was moved by a form, the command line or in the file moves its runs.

    While the plan cannot be read, its schedule stays; its runs say why they fail. `plan`: what was announced; None if nothing was,
    because it could not be read. Never returns.
    """
    async with get_client() as client:
        while True:
            with contextlib.suppress(*PASSING):
                found = await anyio.to_thread.run_sync(kept.plan)
                if plan is not None and found.id != plan.id:
                    raise StaffelstabError("deployments.other_plan")  # known under its id here: until it is opened anew
                if found != plan:
                    await announce(kept, found, add)
                    plan = found
            if plan is not None:
                with contextlib.suppress(*PASSING):
                    await name_runs(client, plan, coming(plan, kept.now(plan), kept.at))
            await anyio.sleep(LOOK_AGAIN_SECONDS)


async def watch(kept: Kept, say: Callable[[str], None]) -> None:
    """Tell what is alarming; while the plan cannot be read, its runs fail and that is told when it can. Never returns."""
    watching = Watch(kept.folder, say)
    async with get_client() as client:
        while True:
            with contextlib.suppress(*PASSING):
                run = await anyio.to_thread.run_sync(open_run, kept.folder, kept.clock())
                await watching.round(client, run)
                await _letters(client, run)
            await anyio.sleep(WATCH_SECONDS)


async def _letters(client: PrefectClient, run: Run) -> None:
    """Ask for a pass if letters are to leave now: those just released, and those that a server has deferred."""
    if await anyio.to_thread.run_sync(is_anything_due, run):
        await ask_for_pass(client, run.plan, f"letters:{run.now:%Y%m%dT%H}:{run.now.minute // 15}")
