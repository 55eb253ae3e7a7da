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
from staffelstab.publishing.artifacts.todo import KINDS, Walls
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.hand_off import HandOff
from staffelstab.service.pass_work import DailyPass
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from tasks.decorators import step
from tasks.shared_server import key_there


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
def show_today(run: Run, case: Case, found: DailyPass) -> None:
    """ "Heute zu tun", and the whole plan at a glance."""
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    key, intake = run.plan.words.say("overview.key"), found.intake
    walls = None if intake.missing_walls is None else Walls(intake.missing_walls, intake.refused)
    text = today(case, entries, found.missed, look(run.workspace), intake.waiting, intake.unread, walls)
    _show(Shown(run, key, text, run.plan.title))


def _show(shown: Shown) -> None:
    collection = _COLLECTION.get()
    if collection is not None:
        collection.append(shown)
    elif TaskRunContext.get() is not None:
        key = key_there(shown.run.plan, shown.key)
        create_markdown_artifact(key=key, markdown=shown.markdown, description=shown.description)
