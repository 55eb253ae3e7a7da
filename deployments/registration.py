"""Telling a server about the plan's deployments, and keeping it honest: no stale schedules, a form one can read, runs with names.

Prefect keeps a schedule whose slug is no longer mentioned, and calls runs to come by random names; both are put right here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterTags,
)
from prefect.deployments.runner import RunnerDeployment

from deployments.schedule import ScheduledRun
from staffelstab.service.named_session import with_day
from staffelstab.timetable.agenda.planned_runs import names_of
from staffelstab.timetable.amend.items import items
from staffelstab.timetable.plan.deciders import who_decides
from staffelstab.timetable.plan.model import Plan
from tasks.next_run import pass_deployment
from tasks.shared_server import tags_there

Schema = dict[str, Any]


async def register(
    plan: Plan,
    items: Iterable[RunnerDeployment],
    add: Callable[[RunnerDeployment], Awaitable[UUID]],
    *,
    frozen: bool = False,
) -> None:
    """Make the server know exactly these deployments of the plan; `add` tells it of one. Harmless to repeat.

    `frozen`: the plan is shown frozen at a date, so that runs may be told moments; otherwise nobody can tell them one.
    """
    made = {await add(item): item for item in items}
    async with get_client() as client:
        await _tidy(client, plan, made)
        for deployment_id in made:
            await _explain(client, plan, deployment_id, frozen=frozen)


async def _tidy(client: PrefectClient, plan: Plan, made: Mapping[UUID, RunnerDeployment]) -> None:
    """Delete what earlier plans left: schedules no longer planned, and the plan's deployments that are no longer made."""
    for deployment_id, deployment in made.items():
        wanted = {schedule.slug for schedule in deployment.schedules or []}
        for schedule in await client.read_deployment_schedules(deployment_id):
            if schedule.slug not in wanted:
                await client.delete_deployment_schedule(deployment_id, schedule.id)
    ours = DeploymentFilter(tags=DeploymentFilterTags(all_=tags_there(plan)))
    for known in await client.read_deployments(deployment_filter=ours):
        if known.id not in made:
            await client.delete_deployment(known.id)


async def _explain(client: PrefectClient, plan: Plan, deployment_id: UUID, *, frozen: bool) -> None:
    schema = (await client.read_deployment(deployment_id)).parameter_openapi_schema
    if schema:
        update = DeploymentUpdate(parameter_openapi_schema=explained(schema, plan, frozen=frozen))
        await client.update_deployment(deployment_id, update)


def explained(schema: Schema, plan: Plan, *, frozen: bool = False) -> Schema:
    """A form's schema with titles and hints in the plan's language, and the sessions to choose from; no other field is taken.

    The moment a run is about (`now`) is no field of a form: it is the present, or the moment at which the plan is shown `frozen`,
    where only our own schedules and runs tell another.
    """
    words = plan.words
    given = schema.get("properties", {})
    fields = {name: dict(field) for name, field in given.items() if name != "now"}
    for name, field in fields.items():
        if words.knows(f"deployments.form.{name}"):
            field["title"] = words.say(f"deployments.form.{name}")
        if name in ("yes", "no", "abstentions"):
            field["description"] = words.say("deployments.form.counted")
    if "session" in fields:
        fields["session"]["enum"] = [session.id for session in plan.sessions]
        days = "; ".join(with_day(plan, session.id) for session in plan.sessions)
        fields["session"]["description"] = words.say("deployments.form.session_days", sessions=days)
    if "item" in fields:
        fields["item"]["enum"] = [item.name for item in items(plan)]
        fields["by"]["enum"] = [*who_decides(plan)]
        fields["session"]["enum"] = ["", *fields["session"]["enum"]]
        settled = words.say("deployments.form.session_settled")
        fields["session"]["description"] = f"{settled} {fields['session']['description']}"
        fields["date"]["description"] = words.say("deployments.form.day_settled")
    if "outcome" in fields:
        fields["outcome"]["description"] = words.say("deployments.form.outcomes")
    return {**schema, "properties": fields, "additionalProperties": frozen}


async def ask_for_pass(client: PrefectClient, plan: Plan, reason: str) -> None:
    """Ask for a daily pass, once for each reason."""
    found = await client.read_deployment_by_name(pass_deployment(plan))
    await client.create_flow_run_from_deployment(found.id, idempotency_key=f"{plan.id}:{reason}")


async def name_runs(client: PrefectClient, plan: Plan, runs: Iterable[ScheduledRun]) -> int:
    """Give every scheduled run the name of its appointment. Returns how many were renamed."""
    name_of = names_of(plan, (run.planned for run in runs))
    renamed = 0
    for run in await client.read_flow_runs(flow_run_filter=_waiting(plan)):
        slug = run.created_by.display_value if run.created_by else None
        name = name_of(slug, run.expected_start_time) if slug and run.expected_start_time else None
        if name and run.name != name:
            await client.update_flow_run(run.id, name=name)
            renamed += 1
    return renamed


def _waiting(plan: Plan) -> FlowRunFilter:
    return FlowRunFilter(
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Scheduled", "Late"])),
        tags=FlowRunFilterTags(all_=tags_there(plan)),
    )
