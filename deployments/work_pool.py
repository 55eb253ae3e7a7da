"""Where several plans share a server, their runs wait in a work pool, and workers execute them (`worker.py`).

Each plan has a queue of its own in the pool, out of which one run at a time is taken: none of a plan's runs meets another of
it, and no plan waits for another. What a worker starts it decides itself; from the server it learns the working folder only.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

from deployments.registration import ask_for_pass
from staffelstab.timetable.plan.model import Plan
from tasks.environment import FOLDER, SHARED

POOL = "staffelstab"
TYPE = "staffelstab"
"""The kind of worker that takes runs out of the pool. One of Prefect's own kinds would start whatever the server says."""
NOTHING = {
    "job_configuration": {"env": "{{ env }}"},
    "variables": {"type": "object", "properties": {"env": {"type": "object"}}},
}
"""What the pool says of a process: only what a deployment does."""


async def prepare_pool(client: PrefectClient, about: str) -> None:
    """Make the pool if there is none. Harmless to repeat. `about`: what people read of it."""
    try:
        await client.read_work_pool(POOL)
    except ObjectNotFound:
        await client.create_work_pool(
            WorkPoolCreate(name=POOL, type=TYPE, base_job_template=NOTHING, description=about)
        )


async def prepare_queue(client: PrefectClient, plan: Plan) -> None:
    """Make the plan's queue, out of which one run at a time is taken. Harmless to repeat."""
    try:
        await client.create_work_queue(plan.id, description=plan.title, concurrency_limit=1, work_pool_name=POOL)
    except ObjectAlreadyExists:
        queue = await client.read_work_queue_by_name(plan.id, work_pool_name=POOL)
        await client.update_work_queue(queue.id, concurrency_limit=1)


class Pooled:
    """Makes deployments known whose runs workers execute in a working folder: an `Add` of `steward.py`."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._folder = folder
        self._queue = plan.id

    async def __call__(self, deployment: RunnerDeployment) -> UUID:
        """Tell the server of one."""
        deployment.work_pool_name = POOL
        deployment.work_queue_name = self._queue
        deployment.job_variables = {"env": {FOLDER: str(self._folder), SHARED: "1"}}
        return await deployment.aapply()


async def ask_for_first_pass(plan: Plan, now: dt.datetime) -> None:
    """What has been due since the last time: a daily pass, now, once for each start."""
    async with get_client() as client:
        await ask_for_pass(client, plan, f"start:{now.isoformat()}")


async def ask_again(client: PrefectClient, plan: Plan, run: FlowRun) -> None:
    """A daily pass in place of a run that came to no end of its own: once for each such run, however many notice it.

    Not in place of one that itself was asked for here: what ends its worker each time would be tried without end.
    """
    if not (run.idempotency_key or "").startswith(f"{plan.id}:again:"):
        await ask_for_pass(client, plan, f"again:{run.id}")
