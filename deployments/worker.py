"""A worker: executes the runs of all plans of a server, in processes of its own, on this machine or on another one.

From the server it takes which of our flows is to run in which working folder, and no more (`plan_job.py`). While the server
cannot be reached it waits and asks again; a run it has begun goes on meanwhile. A run's process ends with its worker
(`run_process.py`), and a run that came to no end of its own is closed, by its worker or by the server (`abandoned.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.abc
import httpx
from prefect.exceptions import ObjectNotFound
from prefect.settings import temporary_settings
from prefect.states import Cancelled, Failed
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

from deployments.leftovers import UNDER_WAY, close
from deployments.plan_job import PlanJob
from deployments.server.beside import Beside, client_of
from deployments.work_pool import POOL, TYPE, ask_again
from staffelstab.errors import StaffelstabError
from staffelstab.files import make_private
from staffelstab.isolation import BARE, PYTHON
from staffelstab.language import ORIGINAL, Language
from staffelstab.ledger.entropy import LIVE
from staffelstab.workspace import find
from tasks.environment import SHARED

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

    from staffelstab.timetable.plan.model import Plan

ASKS_SECONDS = 2
"""So often a worker asks for runs."""
HEARTBEAT_SECONDS = 10
AGAIN_SECONDS = 5
LOOK_SECONDS = 5
"""So often a worker asks whether a run it executes is still wanted."""
FINISH_SECONDS = 15
"""So long a worker that is asked to end lets its runs go on."""
TELL_SECONDS = 5
"""So long a worker that ends tries to tell the server what became of its runs."""
SETTINGS = {"worker.query_seconds": ASKS_SECONDS, "client.max_retries": 0, "api.request_timeout": 20.0}
"""A worker asks again by itself, and soon; how long a run rides out a silence is `plan_job.PATIENT`."""

Say = Callable[[str], None]


def name_of_worker(chosen: str = "") -> str:
    """How a worker is called, by its machine if nobody says how: each another one, so that none is taken for one that has gone."""
    return f"{chosen or platform.node() or 'staffelstab'}-{LIVE.bytes(3, 'worker').hex()}"


def work(server: Beside, home: Path, at_once: int, name: str, say: Say, *, held: bool = False) -> None:
    """Execute runs until Ctrl-C or SIGTERM, at most `at_once` at a time; what it keeps lies in `home`.

    `held`: by the process that started it, with which standard input ends and so does the worker. While the server does not answer,
    it waits. Raises StaffelstabError if the server does not let us in.
    """
    os.environ[SHARED] = "1"
    make_private(home)
    with _reached(server, home, say), temporary_settings(SETTINGS):
        asyncio.run(_until_ended(at_once, name, say, held))


@contextlib.contextmanager
def _reached(server: Beside, home: Path, say: Say) -> Generator[None]:
    """Within the block we are a client of the server; begins when it answers."""
    with contextlib.ExitStack() as stack:
        said = False
        while True:
            try:
                stack.enter_context(client_of(server, home))
                break
            except StaffelstabError as error:
                if error.key != "cli.run.unreachable":
                    raise
            if not said:
                say("waits")
                said = True
            time.sleep(AGAIN_SECONDS)
        yield


async def _until_ended(at_once: int, name: str, say: Say, held: bool) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if held:
        threading.Thread(target=_when_input_ends, args=(loop, ended), daemon=True).start()
    worker = PlanWorker(at_once, name, say)
    async with anyio.create_task_group() as group:
        group.start_soon(_work, worker)
        await ended.wait()
        with anyio.move_on_after(FINISH_SECONDS):
            await worker.finished()
        group.cancel_scope.cancel()


def _when_input_ends(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    loop.call_soon_threadsafe(ended.set)


async def _work(worker: PlanWorker) -> None:
    while True:
        with contextlib.suppress(httpx.HTTPError, RuntimeError, OSError):
            await worker.start(printer=_silent)
        await anyio.sleep(AGAIN_SECONDS)


def _silent(*_: object) -> None:
    """What Prefect says in English at start and end."""


class PlanWorker(ProcessWorker):
    """Prefect's worker for processes, which keeps asking however long the server is away, and starts nothing but our flows."""

    type = TYPE
    job_configuration = PlanJob

    def __init__(self, at_once: int, name: str, say: Say) -> None:
        super().__init__(
            POOL, name=name, limit=at_once, create_pool_if_not_found=False, heartbeat_interval_seconds=HEARTBEAT_SECONDS
        )
        self._say = say
        self._reachable = True
        self._ending = False
        self._at_work: set[anyio.abc.Process] = set()
        self._idle = asyncio.Event()

    async def finished(self) -> None:
        """Take no more runs, and wait for those that are under way."""
        self._ending = True
        while self._at_work or self._submitting_flow_run_ids:
            self._idle.clear()
            with anyio.move_on_after(1):
                await self._idle.wait()

    async def get_and_submit_flow_runs(self) -> list[FlowRun]:
        """As Prefect's own, but an answer that does not come is no reason to give up."""
        if self._ending:
            return []
        async with self._patiently():
            return await super().get_and_submit_flow_runs()
        return []

    async def _sync_and_initialize(self) -> None:
        async with self._patiently():
            await super()._sync_and_initialize()

    @contextlib.asynccontextmanager
    async def _patiently(self) -> AsyncGenerator[None]:
        """What the server does not answer is asked again the next time; whoever watches learns when it went and when it came."""
        try:
            yield
        except httpx.HTTPError:
            if self._reachable:
                self._say("lost")
            self._reachable = False
        else:
            if not self._reachable:
                self._say("back")
            self._reachable = True

    async def run(
        self,
        flow_run: FlowRun,
        configuration: ProcessJobConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ProcessWorkerResult:
        """Execute one run in a process of its own. What becomes of it the server is told here, in the plan's language."""
        if not isinstance(configuration, PlanJob):
            raise TypeError(configuration)
        if task_status is None:
            task_status = anyio.TASK_STATUS_IGNORED
        if configuration.refusal:
            await self.client.set_flow_run_state(flow_run.id, Failed(message=configuration.refusal), force=True)
            task_status.started(0)
            return ProcessWorkerResult(status_code=0, identifier="")
        process = await anyio.open_process(
            [*PYTHON, "-m", "deployments.run_process"],
            cwd=BARE,
            env=configuration.environment(),
            start_new_session=True,  # Ctrl-C ends us, and we end our runs
            stdin=subprocess.PIPE,
            stdout=sys.stderr,
            stderr=sys.stderr,
            umask=0o077,
        )
        task_status.started(process.pid)
        self._at_work.add(process)
        wanted = True
        try:
            wanted = await self._while_wanted(flow_run, process)
            await self._settle_patiently(flow_run, configuration, wanted)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await _end(process)
                with anyio.move_on_after(TELL_SECONDS), contextlib.suppress(httpx.HTTPError):
                    await self._settle(flow_run, configuration, wanted)
            raise
        finally:
            self._at_work.discard(process)
            self._idle.set()
        return ProcessWorkerResult(status_code=0, identifier=str(process.pid))

    async def _while_wanted(self, flow_run: FlowRun, process: anyio.abc.Process) -> bool:
        """Until the process has ended; it is ended here, and False, if somebody else has closed its run or wants it to stop."""
        async with anyio.create_task_group() as group:
            unwanted = False

            async def look() -> None:
                nonlocal unwanted
                while not unwanted:
                    await anyio.sleep(LOOK_SECONDS)
                    with contextlib.suppress(httpx.HTTPError):
                        unwanted = await self._is_unwanted(flow_run)
                with anyio.CancelScope(shield=True):
                    await _end(process)

            group.start_soon(look)
            await process.wait()
            group.cancel_scope.cancel()
        return not unwanted

    async def _is_unwanted(self, flow_run: FlowRun) -> bool:
        """Whether somebody has closed the run, wants it to stop, or has deleted it. Raises httpx.HTTPError."""
        try:
            state = (await self.client.read_flow_run(flow_run.id)).state
        except ObjectNotFound:
            return True
        return state is not None and (state.is_crashed() or state.is_cancelled() or state.is_cancelling())

    async def _settle_patiently(self, flow_run: FlowRun, job: PlanJob, wanted: bool) -> None:
        while True:
            try:
                return await self._settle(flow_run, job, wanted)
            except httpx.HTTPError:
                await anyio.sleep(AGAIN_SECONDS)

    async def _settle(self, flow_run: FlowRun, job: PlanJob, wanted: bool) -> None:
        """A run whose process came to its end without saying so is closed, and another pass asked for in its place."""
        try:
            found = await self.client.read_flow_run(flow_run.id)
        except ObjectNotFound:
            return
        state: State[Any] | None = found.state
        if state is None:
            return
        plan, words = _plan_of(job.folder)
        if state.is_cancelling():
            cancelled: State[None] = Cancelled(message=words.say("deployments.leftover.cancelled"))
            await self.client.set_flow_run_state(flow_run.id, cancelled, force=True)
        elif state.type in UNDER_WAY:
            await close(self.client, found, words.say("deployments.leftover.crashed"))
            if plan and wanted:
                await ask_again(self.client, plan, found)


def _plan_of(folder: str) -> tuple[Plan | None, Language]:
    try:
        plan = find(Path(folder)).adopted()
    except (StaffelstabError, OSError):
        return None, Language(ORIGINAL)
    return plan, plan.words


async def _end(process: anyio.abc.Process) -> None:
    """By force: the ledger takes that at every moment, and nothing else than what we say is told of the run."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def main() -> None:
    """The worker that `up` starts: `python -m deployments.worker HOME AT_ONCE NAME`; the server is named by the environment."""
    from deployments.server.beside import beside

    server = beside(os.environ)
    if server is None:
        raise SystemExit(2)
    work(server, Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], _silent, held=True)


if __name__ == "__main__":
    main()
