"""`staffelstab serve`: a working folder in Prefect's own interface, on this machine only, its runs happening in time (R48, U17)."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
from prefect import tags
from prefect.client.orchestration import get_client
from prefect.runner import Runner

from deployments.definitions import coming, deployments
from deployments.leftovers import settle_leftovers
from deployments.registration import name_runs, register
from deployments.server.process import Server, answering, home_of, live_server
from deployments.server.settings import Shown
from deployments.watching import Watch
from flows.daily_pass import daily_pass
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.service.phase_run import open_run
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tasks.begin import runs_in
from tasks.decorators import named

LOOK_AGAIN_SECONDS = 10
WATCH_SECONDS = 60
ENDING = (signal.SIGINT, signal.SIGTERM)


def serve(workspace: Path, at: dt.datetime | None, port: int, *, clock: Callable[[], dt.datetime]) -> None:
    """Open the working folder in a server with interface and let its runs happen, until Ctrl-C or SIGTERM.

    Live, runs are about the moments they are scheduled for. With `at` the plan is shown as it stood then: one daily pass is run at
    that moment, and what comes after is moved to come after the present, which `clock` tells (aware). Raises StaffelstabError: no
    working folder, an unusable plan, the port is taken, or the server does not start.
    """
    shown = _Shown(find(workspace.resolve()).root, at, clock)
    plan = shown.plan()
    words = plan.words
    _say(words.say("deployments.serve.starting"))
    with (
        live_server(home_of(shown.folder), port, Shown(shown.folder, at, plan.language)) as server,
        runs_in(shown.folder, frozen=at),
    ):
        asyncio.run(settle_leftovers(plan, clock()))
        _first_pass(shown, plan)
        with contextlib.suppress(KeyboardInterrupt), answering(server):
            asyncio.run(_until_ended(shown, plan, lambda: _welcome(words, shown, server)))
    _say(words.say("deployments.serve.ended"))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is served: a working folder, live or frozen `at` a moment."""

    folder: Path
    at: dt.datetime | None
    clock: Callable[[], dt.datetime]

    def plan(self) -> Plan:
        """The plan as it holds now, with everything that was confirmed or moved meanwhile. Raises PlanError, LedgerError."""
        return find(self.folder).plan(self.at or self.clock())

    def now(self, plan: Plan) -> dt.datetime:
        """The present moment in the plan's zone."""
        return self.clock().astimezone(plan.zone)


def _first_pass(shown: _Shown, plan: Plan) -> None:
    """What has been due since the last time; what stands in its way is said, and the interface opens all the same."""
    try:
        with tags(plan.id):
            named(daily_pass, plan.language)(shown.at)
    except StaffelstabError as error:
        _say(error.text(plan.language))


async def _until_ended(shown: _Shown, plan: Plan, ready: Callable[[], None]) -> None:
    """Run until a signal. What is under way may swallow one cancellation; a cancelled group repeats it until all have ended."""
    ended = asyncio.Event()
    for name in ENDING:
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with anyio.create_task_group() as group:
        group.start_soon(_run, shown, plan, ready, ended)
        await ended.wait()
        group.cancel_scope.cancel()


async def _run(shown: _Shown, plan: Plan, ready: Callable[[], None], ended: asyncio.Event) -> None:
    runner = Runner(name=plan.id, limit=1, pause_on_shutdown=False)
    loop = asyncio.get_running_loop()
    # It would put a handler of its own in the place of ours, which ends the process in mid-air.
    runner.handle_sigterm = lambda *_: loop.call_soon_threadsafe(ended.set)  # type: ignore[method-assign,assignment]  # its only switch
    await _announce(runner, shown, plan)
    ready()
    async with anyio.create_task_group() as group:
        group.start_soon(_follow, runner, shown, plan)
        if shown.at is None:
            group.start_soon(_watch, shown)
        await runner.start()
        group.cancel_scope.cancel()


async def _announce(runner: Runner, shown: _Shown, plan: Plan) -> None:
    made = deployments(plan, shown.now(plan), shown.at)
    await register(plan, made, runner.aadd_deployment, frozen=shown.at is not None)


async def _follow(runner: Runner, shown: _Shown, plan: Plan) -> None:
    """Name the runs to come, and follow the plan: what was moved by a form, the command line or in the file moves its runs.

    While the plan cannot be read, its schedule stays; its runs say why they fail.
    """
    async with get_client() as client:
        while True:
            with contextlib.suppress(StaffelstabError, OSError):
                found = await anyio.to_thread.run_sync(shown.plan)
                if found != plan:
                    await _announce(runner, shown, found)
                    plan = found
            await name_runs(client, plan, coming(plan, shown.now(plan), shown.at))
            await anyio.sleep(LOOK_AGAIN_SECONDS)


async def _watch(shown: _Shown) -> None:
    """Tell what is alarming; while the plan cannot be read, its runs fail and that is told when it can."""
    watch = Watch(shown.folder, _say)
    async with get_client() as client:
        while True:
            with contextlib.suppress(StaffelstabError, OSError):
                run = await anyio.to_thread.run_sync(open_run, shown.folder, shown.clock())
                await watch.round(client, run)
            await anyio.sleep(WATCH_SECONDS)


def _welcome(words: Language, shown: _Shown, server: Server) -> None:
    _say(words.say("deployments.serve.address", address=server.link()))
    _say(words.say("deployments.serve.again", folder=str(shown.folder)))
    _say(words.say("deployments.serve.what"))
    if shown.at:
        plan = shown.plan()
        day = shown.at.astimezone(plan.zone).date()
        moved = (shown.now(plan).date() - day).days
        _say(words.say("deployments.serve.frozen" if moved else "deployments.serve.frozen_unmoved", day=day, n=moved))
    else:
        _say(words.say("deployments.serve.live"))
    _say(words.say("deployments.serve.end"))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
