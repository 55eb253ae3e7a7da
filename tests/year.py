"""The year of the worked example, played once without Prefect and looked at by many tests: the very procedures of the flows.

Drafts are written as Markdown alone (they do not enter the ledger, and printing them takes most of the time); tests of printed
drafts compile them themselves.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from commands.simulation_flows import FlowExecutor
from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.phases.report import PhaseReport
from staffelstab.service import compile_dossier as compiling
from staffelstab.service import survey
from staffelstab.service.phase_run import Run, open_run
from staffelstab.simulation.event_list import event_list
from staffelstab.simulation.faults import Scenario
from staffelstab.simulation.inputs import Delivery, Verdict, deliveries, verdicts
from staffelstab.simulation.simulate import simulate
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.case.gather import gather
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, find
from tasks.artifacts import collected
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
PARTY = EXAMPLES / "mitgliederarbeit-2018"
CHOIR = EXAMPLES / "choir-statute"


@dataclass(frozen=True)
class Year:
    """A year that was played: where, and every overview shown meanwhile as (moment, phase or None, Markdown)."""

    plan: Plan = field(repr=False)
    place: Path
    root: Path
    shown: list[tuple[dt.datetime, int | None, str]] = field(default_factory=list, repr=False)

    @property
    def workspace(self) -> Workspace:
        """The working folder."""
        return find(self.root)

    def case(self, now: dt.datetime) -> Case:
        """What was known at a moment."""
        return cases(self, now)

    def survey(self, phase: int, now: dt.datetime) -> PhaseReport:
        """A phase as it stood at a moment."""
        run = open_run(self.root, now)
        return survey.survey_of(Run(run.workspace, run.plan, run.now, run.plan.phase(phase)), self.case(now))

    def overview(self, phase: int | None, day: dt.date) -> str:
        """The last overview of a phase (None: of the day) shown on a day."""
        return next(text for at, of, text in reversed(self.shown) if of == phase and at.date() == day)

    def __hash__(self) -> int:
        return hash(self.root)


@cache
def cases(year: Year, now: dt.datetime) -> Case:
    """The case of a year at a moment, gathered once."""
    with year.workspace.open(read_only=True) as ledger:
        return gather(ledger, year.plan, now)


@contextmanager
def markdown_drafts() -> Generator[None]:
    """Within the block drafts and reports are written as Markdown alone: printing them takes most of a year's time."""
    before = compiling.DRAFTS, compiling.REPORTS
    compiling.DRAFTS = compiling.REPORTS = ("md",)
    try:
        yield
    finally:
        compiling.DRAFTS, compiling.REPORTS = before


ALONE = FlowExecutor(recorded=False)


@dataclass(frozen=True)
class DirectExecutor:
    """Runs the flows' own procedures, without Prefect: what the flows do is written once, and this is it.

    `printed` says whether drafts are printed, too, or written as Markdown alone.
    """

    printed: bool = False

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        """The daily pass."""
        with nullcontext() if self.printed else markdown_drafts():
            ALONE.daily_pass(workspace, now)

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """The decision's form, filled in."""
        ALONE.decision(workspace, verdict, now)

    def killed_pass(self, workspace: str, now: dt.datetime) -> None:
        """Nothing is left of a pass that was killed at once."""


def played(place: Path, root: Path, until: dt.date | None = None, *, drafts: bool = False) -> Year:
    """The example at `place` played into the folder `root`."""
    plan = load_plan(place)
    arriving = deliveries(plan, place)
    piece = Scenario(plan, arriving, event_list(plan, arriving, verdicts(plan, place), until))
    year = Year(plan, place, root)
    with collected() as shown, kept_readers():
        for _ in simulate(piece, place, root, DirectExecutor(printed=drafts)):
            pass
    year.shown.extend(
        (item.run.now, item.run.phase.number if item.run.phase else None, item.markdown) for item in shown
    )
    return year


def delivered(year: Year) -> tuple[Delivery, ...]:
    """What came in during the year."""
    return deliveries(year.plan, year.place)


def copy_of(year: Year, root: Path) -> Year:
    """The year's folder once more, to be damaged or continued."""
    shutil.copytree(year.root, root)
    return Year(year.plan, year.place, root)


THE_YEAR = [pytest.mark.slow, pytest.mark.xdist_group("year")]
"""`pytestmark` of files that look at the year: they share one worker, which plays it once."""

_PLAYED: dict[Path, Year] = {}


def _once(place: Path, root: Path, until: dt.date | None = None) -> Year:
    """Fixtures imported in several places are several fixtures; the year is played once all the same."""
    if place not in _PLAYED:
        _PLAYED[place] = played(place, root, until)
    return _PLAYED[place]


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The party's whole year, from the vote of 15 December 2017 to the candidates of the resubmission in 2019."""
    return _once(PARTY, tmp_path_factory.mktemp("year") / "party")


@pytest.fixture(scope="session")
def choir(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The choir's whole round: three phases, two sessions, in English."""
    return _once(CHOIR, tmp_path_factory.mktemp("year") / "choir")
