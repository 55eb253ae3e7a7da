"""What the coordinator sees in the Prefect UI: overviews without any name or submitted text (U17)."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from prefect.artifacts import create_markdown_artifact
from prefect.context import TaskRunContext

from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.artifacts.phase_overview import overview
from staffelstab.publishing.artifacts.today import today
from staffelstab.publishing.artifacts.todo import CALM, KINDS, Walls, three_lines
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.hand_off import HandOff
from staffelstab.service.pass_work import DailyPass, StateText
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from tasks.decorators import step
from tasks.shared_server import key_there
from tasks.told import of_pass


@dataclass(frozen=True, slots=True)
class Shown:
    """An overview: the run that shows it, the key under which it has a history, Markdown, and what stands above it."""

    run: Run
    key: str
    markdown: str
    description: str


_COLLECTION: ContextVar[list[Shown] | None] = ContextVar("collection", default=None)


@contextmanager
def collected() -> Generator[list[Shown]]:
    """Within the block overviews are collected instead of being shown: for procedures that run without Prefect."""
    shown: list[Shown] = []
    token = _COLLECTION.set(shown)
    try:
        yield shown
    finally:
        _COLLECTION.reset(token)


@step("overview")
def show_phase(run: Run, case: Case, report: PhaseReport, handed: HandOff) -> None:
    """The phase's overview, under one key with a history."""
    description = run.plan.words.say("dossier.subtitle", number=run.of.number, phase=run.of.name)
    _show(Shown(run, f"phase-{run.of.number}", overview(case, report, handed.gate), description))


@step("today")
def show_today(run: Run, case: Case, found: DailyPass) -> StateText:
    """ "Heute zu tun", and the whole plan at a glance. What the pass then says of itself."""
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    key, intake = run.plan.words.say("overview.key"), found.intake
    walls = None if intake.missing_walls is None else Walls(intake.missing_walls, intake.refused)
    folder = look(run.workspace)
    _show(
        Shown(
            run, key, today(case, entries, found.missed, folder, intake.waiting, intake.unread, walls), run.plan.title
        )
    )
    lines = three_lines(run.plan, run.now, entries, folder, passing=True)
    return of_pass(run, [line.text for line in lines], calm=all(line.key in CALM for line in lines))


def _show(shown: Shown) -> None:
    collection = _COLLECTION.get()
    if collection is not None:
        collection.append(shown)
    elif TaskRunContext.get() is not None:
        key = key_there(shown.run.plan, shown.key)
        create_markdown_artifact(key=key, markdown=shown.markdown, description=shown.description)
