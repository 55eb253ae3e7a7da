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
from pathlib import Path

import anyio

from deployments.leftovers import settle_leftovers
from deployments.plan_runner import PlanRunner
from deployments.server.beside import Beside, client_of
from deployments.server.holder import Lock
from deployments.server.process import Server, answering, home_of, live_server, mind
from deployments.server.settings import Shown
from deployments.steward import Kept, announce, follow, watch
from flows.daily_pass import daily_pass
from staffelstab.errors import StaffelstabError
from staffelstab.legible import legible_name
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tasks.begin import runs_in
from tasks.decorators import named
from tasks.shared_server import tagged

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
    kept = Kept(find(workspace.resolve()).root, at, clock)
    plan = kept.plan()
    say(plan.words.say("deployments.serve.starting"))
    home, held = home_of(kept.folder), (lock.descriptor,) if lock else ()
    with (
        live_server(home, port, Shown((kept.folder,), at, plan.language), held=held) as server,
        runs_in(kept.folder, frozen=at),
    ):
        if lock:
            lock.opened(server.address)
        _carry_on(kept, plan, server, lambda: _frozen_welcome(plan, kept, at, server, browse))
    say(plan.words.say("deployments.serve.ended"))


def open_live(
    workspace: Path, port: int | None, lock: Lock, *, clock: Callable[[], dt.datetime], welcome: Welcome
) -> None:
    """Open a working folder on a server of our own, until Ctrl-C or SIGTERM.

    Runs are about the moments they are scheduled for, or about the present if they come late.

    `lock` is the one on this folder. Raises as `serve`.
    """
    kept = Kept(find(workspace.resolve()).root, None, clock)
    plan = kept.plan()
    say(plan.words.say("deployments.serve.starting"))
    home, held = home_of(kept.folder), (lock.descriptor,)
    with live_server(home, port, Shown((kept.folder,), None, plan.language), held=held) as server, runs_in(kept.folder):
        lock.opened(server.address)
        _carry_on(kept, plan, server, lambda: welcome(plan, server))
    say(plan.words.say("deployments.serve.ended"))


def open_beside(workspace: Path, server: Beside, lock: Lock, *, clock: Callable[[], dt.datetime]) -> None:
    """Let a working folder's runs happen on a server that is there already, until Ctrl-C or SIGTERM.

    Raises StaffelstabError: as `serve`, or the server does not let us in.
    """
    kept = Kept(find(workspace.resolve()).root, None, clock)
    plan = kept.plan()
    say(plan.words.say("deployments.beside.starting", address=server.address))
    with client_of(server, home_of(kept.folder)), runs_in(kept.folder, shared=True):
        lock.opened(server.address, beside=True)
        _carry_on(kept, plan, server, lambda: _beside_welcome(plan, kept, server))
    say(plan.words.say("deployments.serve.ended"))


def _carry_on(kept: Kept, plan: Plan, server: Server | Beside, welcome: Callable[[], Iterable[str]]) -> None:
    """Tidy up, catch up, and let runs happen until a signal. Inside the blocks of a server and of `runs_in`."""
    with answering(server.lost):
        asyncio.run(settle_leftovers(plan, kept.clock()))
        _first_pass(kept, plan)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_until_ended(kept, plan, server, lambda: say(*welcome())))


def _first_pass(kept: Kept, plan: Plan) -> None:
    """What has been due since the last time; what stands in its way is said, and the interface opens all the same."""
    try:
        with tagged(plan):
            named(daily_pass, plan.language)(kept.at)
    except StaffelstabError as error:
        say(error.text(plan.language))


async def _until_ended(kept: Kept, plan: Plan, server: Server | Beside, ready: Callable[[], None]) -> None:
    """Run until a signal. What is under way may swallow one cancellation; a cancelled group repeats it until all have ended."""
    ended = asyncio.Event()
    for name in ENDING:
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with anyio.create_task_group() as group:
        group.start_soon(_run, kept, plan, ready, ended)
        if isinstance(server, Server):
            group.start_soon(mind, server)
        await ended.wait()
        group.cancel_scope.cancel()


async def _run(kept: Kept, plan: Plan, ready: Callable[[], None], ended: asyncio.Event) -> None:
    runner = PlanRunner(plan.id, ended)
    await announce(kept, plan, runner.aadd_deployment)
    ready()
    async with anyio.create_task_group() as group:
        group.start_soon(follow, kept, plan, runner.aadd_deployment)
        if kept.at is None:
            group.start_soon(watch, kept, say)
        await runner.start()
        group.cancel_scope.cancel()


def _frozen_welcome(
    plan: Plan, kept: Kept, at: dt.datetime, server: Server, browse: Callable[[str], None] | None
) -> Iterable[str]:
    words = plan.words
    if browse:
        browse(server.link())
    day = at.astimezone(plan.zone).date()
    moved = (kept.now(plan).date() - day).days
    yield words.say("deployments.serve.address", address=server.link())
    yield words.say("deployments.serve.again", folder=legible_name(str(kept.folder)))
    yield words.say("deployments.serve.what")
    yield words.say("deployments.serve.frozen" if moved else "deployments.serve.frozen_unmoved", day=day, n=moved)
    yield words.say("deployments.serve.end")


def _beside_welcome(plan: Plan, kept: Kept, server: Beside) -> Iterable[str]:
    words = plan.words
    yield words.say("deployments.beside.where", address=server.address, tag=plan.id)
    yield words.say("deployments.beside.without")
    yield words.say("deployments.up.end", folder=legible_name(str(kept.folder)))


def say(*sentences: str) -> None:
    """Tell whoever is at the terminal, at once."""
    sys.stdout.write("".join(f"{sentence}\n" for sentence in sentences))
    sys.stdout.flush()
