"""A worker: executes the runs of all plans of a server, in processes of its own, on this machine or on another one.

From the server it takes which flow is to run in which working folder, and no more: neither a command nor a place nor any other
variable. While the server cannot be reached it waits and asks again. A run it has begun goes on meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import platform
import shlex
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx
from prefect.settings import temporary_settings
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from deployments.server.beside import Beside, client_of
from deployments.work_pool import POOL
from staffelstab.isolation import BARE, PYTHON
from tasks.environment import FOLDER, SHARED

if TYPE_CHECKING:
    from prefect.client.schemas.objects import Flow, FlowRun, WorkPool
    from prefect.client.schemas.responses import DeploymentResponse

ASKS_SECONDS = 2
"""So often a worker asks for runs."""
HEARTBEAT_SECONDS = 10
AGAIN_SECONDS = 5
TOLD = (FOLDER, SHARED)
"""What the process of a run is told by the server."""


class PlanJob(ProcessJobConfiguration):
    """The process of one run: our command, our environment and its working folder."""

    def prepare_for_flow_run(
        self,
        flow_run: FlowRun,
        deployment: DeploymentResponse | None = None,
        flow: Flow | None = None,
        work_pool: WorkPool | None = None,
        worker_name: str | None = None,
        worker_id: Any = None,
    ) -> None:
        """As Prefect's own, but for what it would take from the server."""
        self.env = {name: value for name, value in self.env.items() if name in TOLD}
        self.command = shlex.join([*PYTHON, "-m", "prefect.engine"])
        self.working_dir = BARE
        super().prepare_for_flow_run(flow_run, deployment, flow, work_pool, worker_name, worker_id)


def default_name() -> str:
    """How a worker is called if nobody says how: by its machine and its process."""
    return f"{platform.node() or 'staffelstab'}-{os.getpid()}"


def work(server: Beside, home: Path, at_once: int, name: str, *, held: bool = False) -> None:
    """Execute runs until Ctrl-C or SIGTERM, at most `at_once` at a time; what it keeps lies in `home`.

    `held`: by the process that started it, with which standard input ends and so does the worker.

    Raises StaffelstabError if the server does not answer at the start or does not let us in.
    """
    with client_of(server, home), temporary_settings({"worker.query_seconds": ASKS_SECONDS}):
        asyncio.run(_until_ended(at_once, name, held))


async def _until_ended(at_once: int, name: str, held: bool) -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if held:
        threading.Thread(target=_when_input_ends, args=(loop, ended), daemon=True).start()
    async with anyio.create_task_group() as group:
        group.start_soon(_work, at_once, name)
        await ended.wait()
        group.cancel_scope.cancel()


def _when_input_ends(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    sys.stdin.read()
    loop.call_soon_threadsafe(ended.set)


async def _work(at_once: int, name: str) -> None:
    while True:
        worker = ProcessWorker(
            POOL, name=name, limit=at_once, create_pool_if_not_found=False, heartbeat_interval_seconds=HEARTBEAT_SECONDS
        )
        worker.job_configuration = PlanJob
        with contextlib.suppress(httpx.HTTPError, RuntimeError, OSError):
            await worker.start(printer=_silent)
        await anyio.sleep(AGAIN_SECONDS)


def _silent(*_: object) -> None:
    """What Prefect says in English at start and end."""


def main() -> None:
    """The worker that `up` starts: `python -m deployments.worker HOME AT_ONCE`; the server is named by the environment."""
    from deployments.server.beside import beside

    server = beside(os.environ)
    if server is None:
        raise SystemExit(2)
    work(server, Path(sys.argv[1]), int(sys.argv[2]), default_name(), held=True)


if __name__ == "__main__":
    main()
