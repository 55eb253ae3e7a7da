"""The plan's deployments: the daily pass, one per phase, and the forms for decisions and dates, each with its schedules (R47, R48).

Entrypoints are modules, not files: of a file Prefect would leave the folder on the path. Where an example is shown frozen at a
date, each coming run is told the plan's date as its `now`; live, a run takes the moment it was scheduled for, or the
present if it comes late.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, RRule, Schedule
from prefect.types.entrypoint import EntrypointType

from deployments.schedule import ScheduledRun, scheduled, shown_from
from flows.amendment import amendment
from flows.daily_pass import PHASES, daily_pass
from flows.decision import decision
from staffelstab.timetable.agenda.planned_runs import DAILY, MORNING
from staffelstab.timetable.plan.model import Phase, Plan
from tasks.decorators import named
from tasks.shared_server import name_there, tags_there

FORBIDDEN = re.compile(r"\s*[/%<>]+\s*")  # and "&": Prefect takes none of them in a name
FORMS: dict[str, Flow[..., Any]] = {"decision": decision, "amendment": amendment}
"""The flows that a person starts by filling in a form, by the names of their texts below `deployments`."""


def entrypoints() -> frozenset[str]:
    """Where Prefect finds the flows that are deployed: all that a worker ever executes."""
    flows: tuple[Flow[..., Any], ...] = (daily_pass, *PHASES.values(), *FORMS.values())
    return frozenset(f"{flow.fn.__module__}.{flow.fn.__name__}" for flow in flows)


def coming(plan: Plan, now: dt.datetime, at: dt.datetime | None) -> tuple[ScheduledRun, ...]:
    """The dated runs to deploy: those of the plan, or what lies ahead of `at`, moved so that it lies ahead of `now`."""
    return shown_from(plan, at, now) if at else scheduled(plan)


def deployments(plan: Plan, now: dt.datetime, at: dt.datetime | None = None) -> list[RunnerDeployment]:
    """What Prefect is to know of the plan; shown as it stood `at` a moment, if one is given."""
    runs = coming(plan, now, at)
    words = plan.words
    made = [
        _deployment(
            daily_pass,
            words.say("deployments.deployment.daily_pass"),
            words.say("deployments.about.daily_pass"),
            {},
            _schedules(plan, (run for run in runs if run.planned.phase is None), frozen=at is not None)
            + _mornings(plan, at),
            plan,
        )
    ]
    made += [_of_phase(plan, phase, runs, frozen=at is not None) for phase in plan.phases]
    return [*made, *(_form(plan, name, flow) for name, flow in FORMS.items())]


def phase_name(plan: Plan, phase: Phase) -> str:
    """How a phase's deployment is called."""
    name = plan.words.say("deployments.deployment.phase", number=phase.number, name=phase.name)
    return FORBIDDEN.sub(" – ", name.replace("&", "+"))


def _of_phase(plan: Plan, phase: Phase, runs: Iterable[ScheduledRun], *, frozen: bool) -> RunnerDeployment:
    return _deployment(
        PHASES[phase.kind],
        phase_name(plan, phase),
        plan.words.say("deployments.about.phase"),
        {"phase": phase.number},
        _schedules(plan, (run for run in runs if run.planned.phase == phase.number), frozen=frozen),
        plan,
    )


def _form(plan: Plan, form: str, flow: Flow[..., Any]) -> RunnerDeployment:
    words = plan.words
    name, about = words.say(f"deployments.deployment.{form}"), words.say(f"deployments.about.{form}")
    return _deployment(flow, name, about, {}, [], plan)


def _deployment(
    flow: Flow[..., Any], name: str, about: str, parameters: dict[str, Any], schedules: list[Schedule], plan: Plan
) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        named(flow, plan.language),
        name_there(plan, name),
        schedules=schedules,
        parameters=parameters,
        description=about,
        tags=tags_there(plan),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _mornings(plan: Plan, at: dt.datetime | None) -> list[Schedule]:
    if at:
        return []
    return [Cron(f"{MORNING.minute} {MORNING.hour} * * *", timezone=plan.timezone, slug=DAILY)]


def _schedules(plan: Plan, runs: Iterable[ScheduledRun], *, frozen: bool) -> list[Schedule]:
    return [
        RRule(
            run.rule,
            timezone=plan.timezone,
            slug=run.planned.slug,
            parameters={"now": run.planned.at.isoformat()} if frozen else {},
        )
        for run in runs
    ]
