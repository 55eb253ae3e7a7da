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
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path

import anyio
import anyio.abc
from prefect.client.orchestration import get_client

from deployments.installation import Installation
from deployments.leftovers import settle_leftovers
from deployments.server.beside import ADDRESS, SECRET
from deployments.server.holder import Lock
from deployments.server.process import Server, answering, home_of, live_server, mind
from deployments.server.settings import Shown, credentials
from deployments.serving import ENDING, say
from deployments.steward import PASSING, Kept, announce, follow, watch
from deployments.work_pool import Pooled, ask_for_first_pass, prepare_pool, prepare_queue
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import BARE, PYTHON, child_environment
from staffelstab.language import ORIGINAL, Language
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tasks.environment import SHARED

WORKER_SECONDS = 30.0
"""So long a worker may take to end what it has begun."""
AGAIN_SECONDS = 10

Welcome = Callable[[Language, Server], Iterable[str]]


def open_installation(
    installation: Installation, locks: Mapping[Path, Lock], *, clock: Callable[[], dt.datetime], welcome: Welcome
) -> None:
    """Open all plans of an installation on a server of our own, until Ctrl-C or SIGTERM.

    `locks` are those on the installation's file and on each folder. Raises StaffelstabError: two folders hold the same plan, the
    port is taken, the server does not start.
    """
    several = tuple(Kept(find(folder).root, None, clock) for folder in installation.folders)
    plans = {kept: _read(kept) for kept in several}
    words = Language(next((plan.language for plan in plans.values() if plan), ORIGINAL))
    _refuse_twins(installation, plans)
    say(words.say("deployments.serve.starting"))
    shown = Shown(tuple(kept.folder for kept in several), None, words.code, shared=True)
    with (
        live_server(
            home_of(installation.file),
            installation.port,
            shown,
            held=tuple(lock.descriptor for lock in locks.values()),
            homes=tuple(home_of(kept.folder) for kept in several),
            database=installation.database,
            password=installation.password,
        ) as server,
        _told_as_shared(),
    ):
        for lock in locks.values():
            lock.opened(server.address)
        with answering(server.lost):
            asyncio.run(_prepared(plans, words))
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(_until_ended(plans, server, installation.at_once, words, welcome))
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


@contextmanager
def _told_as_shared() -> Generator[None]:
    before = os.environ.get(SHARED)
    os.environ[SHARED] = "1"
    try:
        yield
    finally:
        os.environ.pop(SHARED)
        os.environ |= {SHARED: before} if before is not None else {}


async def _prepared(plans: Mapping[Kept, Plan | None], words: Language) -> None:
    async with get_client() as client:
        await prepare_pool(client, words.say("deployments.installation.pool"))
    for kept, plan in plans.items():
        if plan:
            await settle_leftovers(plan, kept.clock())
            await _announced(kept, plan)
            await ask_for_first_pass(plan, kept.now(plan))


async def _announced(kept: Kept, plan: Plan) -> None:
    async with get_client() as client:
        await prepare_queue(client, plan)
    await announce(kept, plan, Pooled(kept.folder, plan))


async def _until_ended(
    plans: Mapping[Kept, Plan | None], server: Server, at_once: int, words: Language, welcome: Welcome
) -> None:
    ended = asyncio.Event()
    for name in ENDING:
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with anyio.create_task_group() as group:
        for kept, plan in plans.items():
            group.start_soon(_keep, kept, plan)
        group.start_soon(mind, server)
        if at_once:
            group.start_soon(_work_here, server, at_once, words)
        say(*welcome(words, server))
        await ended.wait()
        group.cancel_scope.cancel()


async def _keep(kept: Kept, plan: Plan | None) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(watch, kept, say)
        while plan is None:
            await anyio.sleep(AGAIN_SECONDS)
            with contextlib.suppress(*PASSING):
                plan = await anyio.to_thread.run_sync(kept.plan)
                await _announced(kept, plan)
                await ask_for_first_pass(plan, kept.now(plan))
        await follow(kept, plan, Pooled(kept.folder, plan))


async def _work_here(server: Server, at_once: int, words: Language) -> None:
    """A worker on this machine, and another one if it ends: until cancelled."""
    told = {ADDRESS: f"{server.address}/api", SECRET: credentials(server.password)}
    log_file = server.home / "worker.log"
    while True:
        with open(os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:  # noqa: PTH123 -- with a mode
            process = await anyio.open_process(
                [*PYTHON, "-m", "deployments.worker", str(server.home), str(at_once)],
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
