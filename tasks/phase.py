"""The steps of a phase as tasks: begin, gather, check, compile, hand off. Thin coats; the work is done in `staffelstab.steps`."""

from __future__ import annotations

import datetime as dt

from staffelstab.case.values import Case
from staffelstab.language import Language
from staffelstab.phases.survey import Survey
from staffelstab.steps import compile as compiling
from staffelstab.steps import hand_off as handing
from staffelstab.steps import publish as publishing
from staffelstab.steps import survey as surveying
from staffelstab.steps.compile import Compiled
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.round import surveyed
from staffelstab.steps.run import Run
from tasks.step import step


@step("gather")
def gather(run: Run) -> Case:
    """Everything received so far: what newly lies in the inbox first."""
    surveying.take_in(run)
    return surveying.gather_case(run)


@step("check")
def check(run: Run, case: Case) -> Survey:
    """Deadlines, completeness, who was not heard, and what the phase makes of it."""
    return surveying.survey_of(run, case)


@step("compile")
def compile_dossier(run: Run, case: Case, survey: Survey) -> Compiled:
    """The dossier, as a draft or frozen."""
    return compiling.compile_dossier(run, case, survey)


@step("publish")
def publish(run: Run, case: Case, survey: Survey) -> tuple[str, ...]:
    """The concept and what belongs to it, for everybody, once it is adopted."""
    return publishing.publish(run, case, survey)


@step("hand_off")
def hand_off(run: Run, case: Case, survey: Survey) -> HandOff:
    """The baton, if the gate allows; then the next phase's run is asked for."""
    done = handing.hand_off(run, case, survey)
    surveyed(run, survey)
    if done.now:
        ask_for_pass(run, f"handed-over-{run.of.number}")
    return done


def ask_for_pass(run: Run, reason: str) -> None:
    """Where runs are deployed, ask for one more daily pass, once for this reason; the daily round catches up anyway.

    It is about the same moment: a plan that is shown frozen stays so.
    """
    import prefect.runtime.deployment
    from prefect.deployments import run_deployment

    if not prefect.runtime.deployment.id:
        return
    run_deployment(
        name=f"daily-pass/{Language(run.plan.language).say('deployments.deployment.daily_pass')}",
        timeout=0,
        as_subflow=False,
        idempotency_key=f"{run.plan.id}:{reason}",
        parameters={"workspace": str(run.workspace.root), "now": run.now.isoformat()},
    )


def moment(now: dt.datetime | None) -> dt.datetime:
    """The moment a run is about: as given, or its scheduled start, so that a retry sees the same (notes on Prefect)."""
    import prefect.runtime.flow_run

    return now or prefect.runtime.flow_run.scheduled_start_time
