"""What an earlier `serve` left behind on its server: runs that were killed, and runs whose moment passed while nothing ran.

A killed run stays "Running" in Prefect's database for ever, for nobody is left to say otherwise; a morning that was missed would
run late, after the pass that has caught up with it. Both are settled before anything is run: the daily pass does what was due.
"""

from __future__ import annotations

import datetime as dt

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Crashed

from staffelstab.timetable.plan.model import Plan
from tasks.begin import is_shared
from tasks.shared_server import tags_there

UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
PORTION = 200


async def settle_leftovers(plan: Plan, now: dt.datetime) -> int:
    """End every run of an earlier time: what was under way as Crashed, what is late as Cancelled. Returns how many there were.

    On a server that others use too, only the plan's own are meant. Runs that somebody asked for (a form filled in, a pass after a
    decision) are not cancelled: they are done now.
    """
    async with get_client() as client:
        crashed: State[None] = Crashed(message=plan.words.say("deployments.leftover.crashed"))
        killed = await all_runs(client, FlowRunFilter(state=in_states(UNDER_WAY), tags=_whose(plan)))
        for run in killed:
            await client.set_flow_run_state(run.id, crashed, force=True)
        return len(killed) + await settle_missed(client, plan, now)


async def settle_missed(client: PrefectClient, plan: Plan, now: dt.datetime) -> int:
    """Cancel the runs whose moment passed while nothing ran: a pass catches up with them. Returns how many there were."""
    late: State[None] = Cancelled(message=plan.words.say("deployments.leftover.late"))
    before = FlowRunFilterExpectedStartTime.model_validate({"before_": now})
    scheduled = FlowRunFilter(state=in_states([StateType.SCHEDULED]), expected_start_time=before, tags=_whose(plan))
    missed = [run for run in await all_runs(client, scheduled) if run.auto_scheduled]
    for run in missed:
        await client.set_flow_run_state(run.id, late, force=True)
    return len(missed)


async def close(client: PrefectClient, run: FlowRun, sentence: str) -> None:
    """End a run as Crashed, and those that it has begun and that are under way with it."""
    crashed: State[None] = Crashed(message=sentence)
    begun = FlowRunFilter(state=in_states(UNDER_WAY), parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[run.id]))
    for one in (run, *await all_runs(client, begun)):
        await client.set_flow_run_state(one.id, crashed, force=True)


def _whose(plan: Plan) -> FlowRunFilterTags | None:
    return FlowRunFilterTags(all_=tags_there(plan)) if is_shared() else None


def in_states(types: list[StateType]) -> FlowRunFilterState:
    """Which runs are meant: those in these states."""
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=types))


async def all_runs(client: PrefectClient, what: FlowRunFilter) -> list[FlowRun]:
    """All runs that are meant, portion by portion."""
    found: list[FlowRun] = []
    while portion := await client.read_flow_runs(flow_run_filter=what, limit=PORTION, offset=len(found)):
        found += portion
    return found
