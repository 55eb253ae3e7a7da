"""A working folder open, its runs happening in time (R48, U17): live (`staffelstab up`), or frozen at a date (`staffelstab serve`).

Live there is a server of our own, on this machine only, or one that is there already and that others may use too.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx
from prefect import tags
from prefect.client.orchestration import get_client
from prefect.runner import Runner

from deployments.definitions import coming, deployments
from deployments.leftovers import settle_leftovers
from deployments.plan_runner import PlanRunner
from deployments.registration import name_runs, register
from deployments.server.beside import Beside, client_of
from deployments.server.holder import Lock
from deployments.server.process import Server, answering, home_of, live_server
from deployments.server.settings import Shown
from deployments.watching import Watch
from flows.daily_pass import daily_pass
from staffelstab.errors import StaffelstabError
from staffelstab.legible import legible_name
from staffelstab.service.phase_run import open_run
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tasks.begin import runs_in
from tasks.decorators import named
from tasks.shared_server import tags_there

LOOK_AGAIN_SECONDS = 5
WATCH_SECONDS = 60
MIND_SECONDS = 1
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
ENDING = (signal.SIGINT, signal.SIGTERM)

Welcome = Callable[[Plan, Server], Iterable[str]]
"""What is said once the interface is open, line by line."""


def serve(
    workspace: Path,
    at: dt.datetime,
    port: int | None,
    *,
    clock: Callable[[], dt.datetime],
    lock: Lock | None = None,
    browse: Callable[[str], None] | None = None,
) -> None:
    """Show a working folder as it stood `at` a moment, until Ctrl-C or SIGTERM: one daily pass is run at that moment, and what
    comes after is moved to come after the present, which `clock` tells (aware).

    `lock` is the one on this folder, if it was taken; `browse` opens a link. Raises StaffelstabError: no working folder, an
    unusable plan, the port is taken, or the server does not start.
    """
    shown = _Shown(find(workspace.resolve()).root, at, clock)
    plan = shown.plan()
    _say(plan.words.say("deployments.serve.starting"))
    home, held = home_of(shown.folder), (lock.descriptor,) if lock else ()
    with (
        live_server(home, port, Shown(shown.folder, at, plan.language), held=held) as server,
        runs_in(shown.folder, frozen=at),
    ):
        if lock:
            lock.opened(server.address)
        _carry_on(shown, plan, server, lambda: _frozen_welcome(plan, shown, at, server, browse))
    _say(plan.words.say("deployments.serve.ended"))


def open_live(
    workspace: Path, port: int | None, lock: Lock, *, clock: Callable[[], dt.datetime], welcome: Welcome
) -> None:
    """Open a working folder on a server of our own, until Ctrl-C or SIGTERM.

    Runs are about the moments they are scheduled for, or about the present if they come late.

    `lock` is the one on this folder. Raises as `serve`.
    """
    shown = _Shown(find(workspace.resolve()).root, None, clock)
    plan = shown.plan()
    _say(plan.words.say("deployments.serve.starting"))
    home, held = home_of(shown.folder), (lock.descriptor,)
    with live_server(home, port, Shown(shown.folder, None, plan.language), held=held) as server, runs_in(shown.folder):
        lock.opened(server.address)
        _carry_on(shown, plan, server, lambda: welcome(plan, server))
    _say(plan.words.say("deployments.serve.ended"))


def open_beside(workspace: Path, server: Beside, lock: Lock, *, clock: Callable[[], dt.datetime]) -> None:
    """Let a working folder's runs happen on a server that is there already, until Ctrl-C or SIGTERM.

    Raises StaffelstabError: as `serve`, or the server does not let us in.
    """
    shown = _Shown(find(workspace.resolve()).root, None, clock)
    plan = shown.plan()
    _say(plan.words.say("deployments.beside.starting", address=server.address))
    with client_of(server, home_of(shown.folder)), runs_in(shown.folder, shared=True):
        lock.opened(server.address, beside=True)
        _carry_on(shown, plan, server, lambda: _beside_welcome(plan, shown, server))
    _say(plan.words.say("deployments.serve.ended"))


def _carry_on(shown: _Shown, plan: Plan, server: Server | Beside, welcome: Callable[[], Iterable[str]]) -> None:
    """Tidy up, catch up, and let runs happen until a signal. Inside the blocks of a server and of `runs_in`."""
    with answering(server.lost):
        asyncio.run(settle_leftovers(plan, shown.clock()))
        _first_pass(shown, plan)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_until_ended(shown, plan, server, lambda: _say(*welcome())))


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
        with tags(*tags_there(plan)):
            named(daily_pass, plan.language)(shown.at)
    except StaffelstabError as error:
        _say(error.text(plan.language))


async def _until_ended(shown: _Shown, plan: Plan, server: Server | Beside, ready: Callable[[], None]) -> None:
    """Run until a signal. What is under way may swallow one cancellation; a cancelled group repeats it until all have ended."""
    ended = asyncio.Event()
    for name in ENDING:
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with anyio.create_task_group() as group:
        group.start_soon(_run, shown, plan, ready, ended)
        if isinstance(server, Server):
            group.start_soon(_mind, server)
        await ended.wait()
        group.cancel_scope.cancel()


async def _mind(server: Server) -> None:
    """Our own server's process may be killed. Prefect would ask for a minute whether it answers, and then tell all of it."""
    while not server.has_ended:
        await anyio.sleep(MIND_SECONDS)
    raise httpx.ConnectError("the process of the server has ended")


async def _run(shown: _Shown, plan: Plan, ready: Callable[[], None], ended: asyncio.Event) -> None:
    runner = PlanRunner(plan.id, ended)
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
            with contextlib.suppress(*PASSING):
                found = await anyio.to_thread.run_sync(shown.plan)
                if found != plan:
                    await _announce(runner, shown, found)
                    plan = found
            with contextlib.suppress(*PASSING):
                await name_runs(client, plan, coming(plan, shown.now(plan), shown.at))
            await anyio.sleep(LOOK_AGAIN_SECONDS)


async def _watch(shown: _Shown) -> None:
    """Tell what is alarming; while the plan cannot be read, its runs fail and that is told when it can."""
    watch = Watch(shown.folder, _say)
    async with get_client() as client:
        while True:
            with contextlib.suppress(*PASSING):
                run = await anyio.to_thread.run_sync(open_run, shown.folder, shown.clock())
                await watch.round(client, run)
            await anyio.sleep(WATCH_SECONDS)


def _frozen_welcome(
    plan: Plan, shown: _Shown, at: dt.datetime, server: Server, browse: Callable[[str], None] | None
) -> Iterable[str]:
    words = plan.words
    if browse:
        browse(server.link())
    day = at.astimezone(plan.zone).date()
    moved = (shown.now(plan).date() - day).days
    yield words.say("deployments.serve.address", address=server.link())
    yield words.say("deployments.serve.again", folder=legible_name(str(shown.folder)))
    yield words.say("deployments.serve.what")
    yield words.say("deployments.serve.frozen" if moved else "deployments.serve.frozen_unmoved", day=day, n=moved)
    yield words.say("deployments.serve.end")


def _beside_welcome(plan: Plan, shown: _Shown, server: Beside) -> Iterable[str]:
    words = plan.words
    yield words.say("deployments.beside.where", address=server.address, tag=plan.id)
    yield words.say("deployments.beside.without")
    yield words.say("deployments.up.end", folder=legible_name(str(shown.folder)))


def _say(*sentences: str) -> None:
    sys.stdout.write("".join(f"{sentence}\n" for sentence in sentences))
    sys.stdout.flush()
