"""Several plans open on one server, live, until a signal (R48, U17): `staffelstab up installation.toml`.

Each plan is kept as it is alone: its runs announced and moved with it, its alarms told. Who executes them is another
matter: workers, one beside this process and any number elsewhere. A plan that cannot be read keeps none of the others waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.abc
from prefect.client.orchestration import get_client

from deployments.abandoned import HERE, LOOK_SECONDS, attendance, close_abandoned, forget_the_long_gone
from deployments.installation import Installation
from deployments.leftovers import settle_missed
from deployments.server.beside import ADDRESS, SECRET
from deployments.server.holder import Lock
from deployments.server.process import Server, answering, home_of, live_server, mind
from deployments.server.settings import Shown, credentials
from deployments.serving import ENDING, say
from deployments.steward import PASSING, Kept, announce, follow, watch
from deployments.work_pool import Pooled, ask_for_first_pass, prepare_pool, prepare_queue
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import BARE, PYTHON, child_environment, told
from staffelstab.language import ORIGINAL, Language
from staffelstab.ledger.entropy import LIVE
from staffelstab.timetable.plan.model import Plan
from tasks.environment import LEDGER, SHARED

WORKER_SECONDS = 30.0
"""So long a worker may take to end what it has begun."""
AGAIN_SECONDS = 10
ANNOUNCED_AT_ONCE = 3
"""So many plans tell the server of their runs at the same time: then it still answers those who look."""
READ_AT_ONCE = 32

Welcome = Callable[[Language, Server], Iterable[str]]


def open_installation(
    installation: Installation, locks: Mapping[Path, Lock], *, clock: Callable[[], dt.datetime], welcome: Welcome
) -> None:
    """Open all plans of an installation on a server of our own, until Ctrl-C or SIGTERM.

    `locks` are those on the installation's file and on each folder. Raises StaffelstabError: two folders hold the same plan, the
    port is taken, the server does not start.
    """
    several = tuple(Kept(folder, None, clock) for folder in installation.folders)
    with ThreadPoolExecutor(
        READ_AT_ONCE
    ) as threads:  # a ledger whose server does not answer keeps one waiting for half a minute
        plans = dict(zip(several, threads.map(_read, several), strict=True))
    words = Language(next((plan.language for plan in plans.values() if plan), ORIGINAL))
    _refuse_twins(installation, plans)
    say(words.say("deployments.serve.starting"))
    shown = Shown(tuple(kept.folder for kept in several), None, words.code, shared=True)
    with (
        _told_as_shared(),
        live_server(
            home_of(installation.file),
            installation.port,
            shown,
            held=tuple(lock.descriptor for lock in locks.values()),
            homes=tuple(home_of(kept.folder) for kept in several),
            database=installation.database,
            password=installation.password,
        ) as server,
    ):
        for lock in locks.values():
            lock.opened(server.address)
        with answering(server.lost):
            asyncio.run(_prepared(words))
            here = _Here(server, installation.at_once, words, clock)
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_until_ended(dict(plans), here, welcome))
    say(words.say("deployments.serve.ended"))


def _read(kept: Kept) -> Plan | None:
    """The plan; None, and said, if it cannot be read."""
    try:
        return kept.plan()
    except (StaffelstabError, OSError) as error:
        say(error.text(ORIGINAL) if isinstance(error, StaffelstabError) else str(error.strerror))
        return None


def _refuse_twins(installation: Installation, plans: Mapping[Kept, Plan | None]) -> None:
    seen: dict[str, Path] = {}
    for kept, plan in plans.items():
        if plan is None:
            continue
        if plan.id in seen:
            raise StaffelstabError(
                "deployments.installation.twins",
                file=installation.file.name,
                plan=plan.id,
                one=str(seen[plan.id]),
                other=str(kept.folder),
            )
        seen[plan.id] = kept.folder


def _told_as_shared() -> AbstractContextManager[None]:
    """Within the block the plans are told apart; an address of the environment is none of a ledger: they would share it."""
    return told({SHARED: "1", LEDGER: ""})


async def _prepared(words: Language) -> None:
    async with get_client() as client:
        await prepare_pool(client, words.say("deployments.installation.pool"))


async def _announced(kept: Kept, plan: Plan) -> None:
    async with get_client() as client:
        await prepare_queue(client, plan)
    await announce(kept, plan, Pooled(kept.folder, plan))


@dataclass
class _Here:
    """What this process looks after beside the plans: a worker on this machine, whose `name` is another one each time it begins."""

    server: Server
    at_once: int
    words: Language
    clock: Callable[[], dt.datetime]
    name: str = ""


async def _until_ended(plans: dict[Kept, Plan | None], here: _Here, welcome: Welcome) -> None:
    ended = asyncio.Event()
    for name in ENDING:
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with anyio.create_task_group() as group:
        gate = anyio.CapacityLimiter(ANNOUNCED_AT_ONCE)
        for kept in plans:
            group.start_soon(_keep, kept, plans, gate)
        group.start_soon(_look_after_runs, plans, here)
        group.start_soon(mind, here.server)
        if here.at_once:
            group.start_soon(_work_here, here)
        say(*welcome(here.words, here.server))
        await ended.wait()
        group.cancel_scope.cancel()


async def _keep(kept: Kept, plans: dict[Kept, Plan | None], gate: anyio.CapacityLimiter) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(watch, kept, say)
        plans[kept] = plan = await _begun(kept, plans, gate)
        await follow(kept, plan, Pooled(kept.folder, plan))


def _twins_once(kept: Kept, twin: Kept, plan: Plan, told: str) -> str:
    """Say that a folder holds the plan of another one, which keeps its runs; once. What was said."""
    facts = {"plan": plan.id, "one": str(twin.folder), "other": str(kept.folder)}
    said = plan.words.say("deployments.installation.twin_later", **facts)
    if said != told:
        say(said)
    return said


async def _begun(kept: Kept, plans: Mapping[Kept, Plan | None], gate: anyio.CapacityLimiter) -> Plan:
    """The plan, when it could be read, its runs are announced and its first pass is asked for."""
    plan, told = plans[kept], ""
    while True:
        with contextlib.suppress(*PASSING):
            found = await anyio.to_thread.run_sync(kept.plan) if plan is None else plan
            if twin := next(
                (other for other, its in plans.items() if other is not kept and its and its.id == found.id), None
            ):
                told = _twins_once(kept, twin, found, told)
                await anyio.sleep(AGAIN_SECONDS)
                continue
            async with gate:
                async with get_client() as client:
                    await settle_missed(client, found, kept.clock())
                await _announced(kept, found)
                await ask_for_first_pass(found, kept.now(found))
            return found
        plan = None  # it may be another one by now
        await anyio.sleep(AGAIN_SECONDS)


async def _look_after_runs(plans: Mapping[Kept, Plan | None], here: _Here) -> None:
    """Close the runs whose worker has gone. Never returns."""
    since = here.clock()
    async with get_client() as client:
        while True:
            with contextlib.suppress(*PASSING):
                there = await attendance(client, since, (here.name,))
                known = [plan for plan in plans.values() if plan]
                for plan in await close_abandoned(client, known, there, here.clock()):
                    say(plan.words.say("deployments.installation.abandoned", plan=plan.title))
                await forget_the_long_gone(client, here.clock())
            await anyio.sleep(LOOK_SECONDS)


async def _work_here(here: _Here) -> None:
    """A worker on this machine, and another one if it ends: until cancelled."""
    server, words = here.server, here.words
    told = {ADDRESS: f"{server.address}/api", SECRET: credentials(server.password)}
    log_file = server.home / "worker.log"
    while True:
        here.name = f"{HERE}{LIVE.bytes(3, 'worker').hex()}"
        with open(os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:  # noqa: PTH123 -- with a mode
            process = await anyio.open_process(
                [*PYTHON, "-m", "deployments.worker", str(server.home), str(here.at_once), here.name],
                cwd=BARE,
                env=child_environment() | told,
                start_new_session=True,  # Ctrl-C ends us, and we end the worker
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                umask=0o077,
            )
        try:
            await process.wait()
        finally:
            with anyio.CancelScope(shield=True):
                await _end(process)
        say(words.say("deployments.installation.worker_ended", log=str(log_file)))
        await anyio.sleep(AGAIN_SECONDS)


async def _end(process: anyio.abc.Process) -> None:
    """By closing what it reads, as it would be if we were killed."""
    if process.stdin:
        await process.stdin.aclose()
    with anyio.move_on_after(WORKER_SECONDS):
        await process.wait()
    if process.returncode is None:
        process.kill()
        await process.wait()
