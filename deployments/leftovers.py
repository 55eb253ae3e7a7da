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
    crashed: State[None] = Crashed(message=plan.words.say("deployments.leftover.crashed"))
    late: State[None] = Cancelled(message=plan.words.say("deployments.leftover.late"))
    async with get_client() as client:
        before = FlowRunFilterExpectedStartTime.model_validate({"before_": now})
        whose = FlowRunFilterTags(all_=tags_there(plan)) if is_shared() else None
        killed = await _all(client, FlowRunFilter(state=_of(UNDER_WAY), tags=whose))
        scheduled_before = FlowRunFilter(state=_of([StateType.SCHEDULED]), expected_start_time=before, tags=whose)
        missed = await _all(client, scheduled_before)
        scheduled = [run for run in missed if run.auto_scheduled]
        for runs, state in ((killed, crashed), (scheduled, late)):
            for run in runs:
                await client.set_flow_run_state(run.id, state, force=True)
    return len(killed) + len(scheduled)


def _of(types: list[StateType]) -> FlowRunFilterState:
    return FlowRunFilterState(type=FlowRunFilterStateType(any_=types))


async def _all(client: PrefectClient, what: FlowRunFilter) -> list[FlowRun]:
    found: list[FlowRun] = []
    while portion := await client.read_flow_runs(flow_run_filter=what, limit=PORTION, offset=len(found)):
        found += portion
    return found
