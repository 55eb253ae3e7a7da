"""Runs whose worker has gone, or was cut off: closed, so that they do not block their plan's queue, and replaced by another pass.

A worker says every ten seconds that it is there. One that has been silent for 45 seconds is taken for gone. What it began it may
still be doing, cut off as it is; when it learns that its run is closed it ends that, and until then the ledger keeps the two
apart, by its lock and its keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun, Worker
from prefect.exceptions import ObjectNotFound

from deployments.leftovers import UNDER_WAY, all_runs, close, in_states
from deployments.work_pool import POOL, ask_again
from staffelstab.timetable.plan.model import Plan
from tasks.shared_server import OURS

GONE = dt.timedelta(seconds=45)
"""A worker that has been silent for so long is taken for gone."""
LOOK_SECONDS = 10
FORGET = dt.timedelta(days=1)
"""A worker that has been gone for so long is no longer listed."""
HERE = "up:"
"""How the name of a worker begins that an `up` has started on the server's own machine; it ends with it."""
WORKER = "prefect.worker.name"
"""The label of a run that says which worker executes it."""
PORTION = 200


@dataclass(frozen=True, slots=True)
class Attendance:
    """Which workers are there: when each was `heard` last; `since` when we listen; the names of our own on this machine."""

    heard: Mapping[str, dt.datetime]
    since: dt.datetime
    ours: Container[str] = field(default=())

    def gone(self, run: FlowRun, now: dt.datetime) -> bool:
        """Whether nobody executes a run any more; one that was only just taken bears no name yet."""
        name = str((run.labels or {}).get(WORKER, ""))
        if name.startswith(HERE) and name not in self.ours:
            return True
        taken = run.state.timestamp if run.state else now
        return now - max(self.heard.get(name, taken), self.since) > GONE

    def last(self, run: FlowRun) -> dt.datetime | None:
        """When the worker of a run was heard last, if it ever was."""
        return self.heard.get(str((run.labels or {}).get(WORKER, "")))


async def attendance(client: PrefectClient, since: dt.datetime, ours: Container[str]) -> Attendance:
    """Who is there. Raises httpx.HTTPError."""
    heard = {worker.name: worker.last_heartbeat_time for worker in await workers(client)}
    return Attendance({name: at for name, at in heard.items() if at}, since, ours)


async def workers(client: PrefectClient) -> list[Worker]:
    """All workers the server knows of. Raises httpx.HTTPError."""
    found: list[Worker] = []
    while portion := await client.read_workers_for_work_pool(POOL, offset=len(found), limit=PORTION):
        found += portion
    return found


async def forget_the_long_gone(client: PrefectClient, now: dt.datetime) -> None:
    """Each worker has a name of its own, so that the list of those that have gone would grow. Raises httpx.HTTPError."""
    for worker in await workers(client):
        if worker.last_heartbeat_time and now - worker.last_heartbeat_time > FORGET:
            where = {"work_pool_name": POOL, "name": worker.name}
            await client.request("DELETE", "/work_pools/{work_pool_name}/workers/{name}", path_params=where)


async def close_abandoned(
    client: PrefectClient, plans: Iterable[Plan], there: Attendance, now: dt.datetime
) -> list[Plan]:
    """Close the runs of these plans whose worker has gone, and ask for another pass of each plan. Raises httpx.HTTPError.

    Runs that other runs have begun are closed with them.
    """
    by_id = {plan.id: plan for plan in plans}
    found = await all_runs(client, FlowRunFilter(state=in_states(UNDER_WAY), tags=FlowRunFilterTags(all_=[OURS])))
    own = [run for run in found if run.parent_task_run_id is None]
    left = [run for run in own if there.gone(run, now)]
    left += await _orphans(client, found, [run for run in own if run not in left], now)
    closed: list[Plan] = []
    for run in left:
        plan = next((by_id[tag] for tag in run.tags if tag in by_id), None)
        if plan is None:
            continue
        with suppress(ObjectNotFound):  # deleted meanwhile, or the plan's deployments are being made anew
            if await _is_under_way(client, run):
                closed += await _closed(client, plan, run, _sentence(plan, there.last(run)))
    return closed


async def _closed(client: PrefectClient, plan: Plan, run: FlowRun, sentence: str) -> list[Plan]:
    """Close one; the plan, if another pass was asked for in its place."""
    await close(client, run, sentence)
    if run.parent_task_run_id is not None:
        return []
    await ask_again(client, plan, run)
    return [plan]


async def _orphans(
    client: PrefectClient, found: Iterable[FlowRun], alive: list[FlowRun], now: dt.datetime
) -> list[FlowRun]:
    """Runs within runs that are no longer under way."""
    inner = [run for run in found if run.parent_task_run_id and run.state and now - run.state.timestamp > GONE]
    if not inner:
        return []
    parents = FlowRunFilterParentFlowRunId(any_=[run.id for run in alive])
    kept = {run.id for run in await all_runs(client, FlowRunFilter(parent_flow_run_id=parents))} if alive else set()
    return [run for run in inner if run.id not in kept]


async def _is_under_way(client: PrefectClient, run: FlowRun) -> bool:
    """Whether it still is, a moment later: it may have come to its end meanwhile."""
    state = (await client.read_flow_run(run.id)).state
    return state is not None and state.type in UNDER_WAY


def _sentence(plan: Plan, last: dt.datetime | None) -> str:
    if last is None:
        return plan.words.say("deployments.leftover.crashed")
    return plan.words.say("deployments.leftover.abandoned", at=last.astimezone(plan.zone))
