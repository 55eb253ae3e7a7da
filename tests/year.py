"""The year of the worked example, played once without Prefect and looked at by many tests: the very steps the flows take.

Drafts are left out (they do not enter the ledger and take most of the time); tests of drafts compile them themselves.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from staffelstab.case.gather import gather
from staffelstab.case.values import Case
from staffelstab.overview.phase import overview
from staffelstab.overview.today import today
from staffelstab.overview.todo import KINDS
from staffelstab.phases.survey import Survey
from staffelstab.plan.load import load_plan
from staffelstab.plan.model import Plan
from staffelstab.rehearsal.inputs import Delivery, Verdict, deliveries, verdicts
from staffelstab.rehearsal.sabotage import Play
from staffelstab.rehearsal.script import script
from staffelstab.rehearsal.stage import play
from staffelstab.steps import compile as compiling
from staffelstab.steps import correspondence, decide, hand_off, round, survey  # noqa: A004 -- the daily round
from staffelstab.steps.run import Run, begin, open_run
from staffelstab.workspace import Workspace, find
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

    def survey(self, phase: int, now: dt.datetime) -> Survey:
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


@dataclass(frozen=True)
class Company:
    """Plays with the bare steps and keeps what it would have shown; `drafts` says whether drafts are written, too."""

    shown: list[tuple[dt.datetime, int | None, str]]
    drafts: bool = False

    def daily_pass(self, workspace: str, now: dt.datetime) -> None:
        """What flows/daily_pass.py does."""
        run = open_run(Path(workspace), now)
        found = round.Round(survey.take_in(run), round.missed(run))
        ran = 0
        while phases := round.due(run):
            for phase in phases:
                self.run_phase(begin(Path(workspace), phase.number, now))
                ran += 1
        case = survey.gather_case(run)
        correspondence.post(run, case)
        with run.workspace.open(read_only=True) as ledger:
            entries = ledger.entries(*KINDS, until=now)
        self.shown.append((now, None, today(case, entries, found.missed)))
        round.close(run, found.intake, found.missed, ran)

    def run_phase(self, run: Run) -> None:
        """What the flow of a phase and its tasks do."""
        survey.take_in(run)
        case = survey.gather_case(run)
        found = survey.survey_of(run, case)
        if self.drafts or not is_draft(run, case):
            compiling.compile_dossier(run, case, found)
        done = hand_off.hand_off(run, case, found)
        round.surveyed(run, found)
        self.shown.append((run.now, run.of.number, overview(case, found, done.gate)))

    def decision(self, workspace: str, verdict: Verdict, now: dt.datetime) -> None:
        """What flows/decision.py does."""
        run = open_run(Path(workspace), now)
        decide.record_decision(run, verdict.session.id, verdict.outcome, vote=verdict.vote, assumed=verdict.assumed)

    def killed_pass(self, workspace: str, now: dt.datetime) -> None:
        """Nothing is left of a pass that was killed at once."""


def is_draft(run: Run, case: Case) -> bool:
    """Whether the dossier of this run would be a draft."""
    session = run.plan.session_of(run.of)
    return session is None or (case.now < run.plan.starts(session.papers_due.day) and not case.frozen_for(session.id))


def played(place: Path, root: Path, until: dt.date | None = None, *, drafts: bool = False) -> Year:
    """The example at `place` played into the folder `root`."""
    plan = load_plan(place)
    arriving = deliveries(plan, place)
    piece = Play(plan, arriving, script(plan, arriving, verdicts(plan, place), until))
    year = Year(plan, place, root)
    for _ in play(piece, place, root, Company(year.shown, drafts)):
        pass
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
