"""`staffelstab serve`: a plan in Prefect's own interface, on this machine only (R48, U17)."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import sys
from pathlib import Path

import anyio
from prefect.client.orchestration import get_client
from prefect.runner import Runner

from deployments.catalogue import coming, deployments
from deployments.registration import name_runs, register
from deployments.schedule import PlannedRun
from deployments.server import Server, home_of, live_server
from flows.daily_pass import daily_pass
from staffelstab.language import Language
from staffelstab.plan.model import Plan
from staffelstab.workspace import find

LOOK_AGAIN_SECONDS = 10


def serve(
    workspace: Path, at: dt.datetime | None, port: int, *, started: dt.datetime, password: str | None = None
) -> None:
    """Open the working folder in a server with interface and let its runs happen, until Ctrl-C.

    With `at` the plan is shown as it stood then: one daily pass is run at that moment, and what comes after is moved to come after
    `started`, the present moment. Raises StaffelstabError: no working folder, an unusable plan, the port is taken, or the server
    does not start.
    """
    folder = find(workspace.resolve()).root
    plan = find(folder).plan(at or started)
    started = started.astimezone(plan.zone)
    words = Language(plan.language)
    _say(words.say("deployments.serve.starting"))
    with live_server(home_of(folder), port, password) as server:
        daily_pass(str(folder), at)
        with contextlib.suppress(KeyboardInterrupt):
            _welcome(words, plan, server, at, started)
            asyncio.run(_until_interrupted(plan, folder, at, started))
    _say(words.say("deployments.serve.ended"))


async def _until_interrupted(plan: Plan, folder: Path, at: dt.datetime | None, now: dt.datetime) -> None:
    """Run until Ctrl-C. What is under way may swallow one cancellation; a cancelled group repeats it until all have ended."""
    interrupted = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupted.set)
    async with anyio.create_task_group() as group:
        group.start_soon(_run, plan, folder, at, now)
        await interrupted.wait()
        group.cancel_scope.cancel()


async def _run(plan: Plan, folder: Path, at: dt.datetime | None, now: dt.datetime) -> None:
    runner = Runner(name=plan.id, limit=1, pause_on_shutdown=False)
    await register(plan, deployments(plan, folder, now, at), runner.aadd_deployment)
    async with anyio.create_task_group() as group:
        group.start_soon(_keep_naming, plan, coming(plan, now, at))
        await runner.start()
        group.cancel_scope.cancel()


async def _keep_naming(plan: Plan, runs: tuple[PlannedRun, ...]) -> None:
    async with get_client() as client:
        while True:
            await name_runs(client, plan, runs)
            await anyio.sleep(LOOK_AGAIN_SECONDS)


def _welcome(words: Language, plan: Plan, server: Server, at: dt.datetime | None, started: dt.datetime) -> None:
    _say(words.say("deployments.serve.address", address=server.address))
    _say(words.say("deployments.serve.coming", address=server.coming))
    _say(words.say("deployments.serve.what"))
    if at:
        day = at.astimezone(plan.zone).date()
        shift = started.date() - day
        _say(words.say("deployments.serve.frozen", day=day, days=shift.days))
    else:
        _say(words.say("deployments.serve.live"))
    _say(words.say("deployments.serve.end"))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
