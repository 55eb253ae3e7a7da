"""Asking for the next run: where flows are deployed, one more daily pass, once for each reason."""

from __future__ import annotations

import prefect.runtime.deployment
from prefect.deployments import run_deployment

from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.model import Plan
from tasks.begin import frozen_at
from tasks.shared_server import name_there


def pass_deployment(plan: Plan) -> str:
    """Under which name Prefect knows the deployment of the daily pass: its flow's and its own."""
    words = plan.words
    return f"{words.say('flows.name.daily_pass')}/{name_there(plan, words.say('deployments.deployment.daily_pass'))}"


def ask_for_pass(run: Run, reason: str) -> None:
    """Ask for a daily pass under an idempotency key made of plan and reason; nothing outside of a deployment.

    Live, the pass is about the moment it starts. Of a plan shown frozen at a date, it is about the moment of this run.
    """
    if not prefect.runtime.deployment.id:
        return
    run_deployment(
        name=pass_deployment(run.plan),
        timeout=0,
        as_subflow=False,
        idempotency_key=f"{run.plan.id}:{reason}",
        parameters={"now": run.now.isoformat()} if frozen_at() else {},
    )
