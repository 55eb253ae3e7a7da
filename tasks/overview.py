"""What the coordinator sees in the Prefect UI: overviews without any name or submitted text (U17)."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact

from staffelstab.case.values import Case
from staffelstab.language import Language
from staffelstab.overview.phase import overview
from staffelstab.overview.today import today
from staffelstab.overview.todo import KINDS
from staffelstab.phases.survey import Survey
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.round import Round
from staffelstab.steps.run import Run
from tasks.step import step


@step("overview")
def show_phase(run: Run, case: Case, survey: Survey, done: HandOff) -> None:
    """The phase's overview, under one key with a history."""
    create_markdown_artifact(
        key=f"phase-{run.of.number}",
        markdown=overview(case, survey, done.gate),
        description=f"Phase {run.of.number}: {run.of.name}",
    )


@step("today")
def show_today(run: Run, case: Case, found: Round) -> None:
    """ "Heute zu tun", and the whole plan at a glance."""
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    create_markdown_artifact(
        key=Language(run.plan.language).say("overview.key"),
        markdown=today(case, entries, found.missed),
        description=run.plan.title,
    )
