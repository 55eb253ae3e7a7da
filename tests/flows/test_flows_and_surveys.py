"""What a phase's flow puts together step by step is what its survey makes of the case at once: neither drifts from the other.

The hand-over is made of the survey, the dossier of the flow's own report; so both are compared for every kind of phase: on the
whole year of the worked example, and, quicker, on all of its sheets and plain papers received at once.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import pytest

from flows.daily_pass import PHASES
from staffelstab.phases.kinds.call import CallContent
from staffelstab.phases.report import PhaseReport, ReportOf
from staffelstab.service.compile_dossier import Compiled
from staffelstab.service.pass_work import PhaseOutcome
from staffelstab.service.phase_run import Run
from staffelstab.service.survey import survey_of
from staffelstab.simulation.inputs import deliveries
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.load import load_plan
from tasks.artifacts import collected
from tests.conftest import at, within
from tests.service.small_folder import folder, put
from tests.year import PARTY, THE_YEAR, Year, copy_of, markdown_drafts, year

__all__ = ["year"]

ALIKE = "Neue Mitglieder warten vier Wochen lang auf einen Anruf, und viele warten vergeblich darauf."
AFTER_ALL = at("2019-10-02 07:00")
IN_SUMMER = at("2018-08-09 12:00")
"""Two days after the last sheets that answer a session's questions; the paper that can be adopted is a draft."""
PLAIN = (".csv", ".ods", ".xlsx", ".txt")
PLAN = load_plan(PARTY)
Test = TypeVar("Test", bound=Callable[..., None])
Compile = Callable[[Run, Case, PhaseReport], Compiled]


def in_the_year(test: Test) -> Test:
    """Mark a test that looks at the whole year."""
    for mark in THE_YEAR:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def copy(year: Year, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year's folder, to be run on."""
    return copy_of(year, tmp_path_factory.mktemp("drift") / "party")


def compare(kind: str, root: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> list[PhaseReport]:
    """Run the phases of a kind; the report of the flow is recorded on its way and compared with the survey of that moment."""
    seen: list[tuple[PhaseReport, PhaseReport]] = []
    flow = sys.modules[f"flows.{kind}"]
    compile_dossier: Compile = flow.compile_dossier

    def recording(run: Run, case: Case, report: PhaseReport) -> Compiled:
        seen.append((report, survey_of(run, case)))
        return compile_dossier(run, case, report)

    monkeypatch.setattr(flow, "compile_dossier", recording)
    phases = [phase.number for phase in PLAN.phases if phase.kind == kind]
    with markdown_drafts(), collected() as shown:
        outcomes = [within(root, PHASES[kind].fn, number, now) for number in phases]
    assert len(seen) == len(phases) > 0
    assert [type(outcome) for outcome in outcomes] == [PhaseOutcome] * len(phases)
    assert [item.run.of.number for item in shown] == phases
    for report, survey in seen:
        assert report.last_seq > 0
        for field in fields(ReportOf):
            assert getattr(report, field.name) == getattr(survey, field.name), field.name
    return [report for report, _ in seen]


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in whose inbox lies what the example's people sent as plain text or as a table, all at once."""
    root = folder(tmp_path_factory.mktemp("received") / "akte")
    for item in deliveries(PLAN, PARTY):
        if item.path.endswith(PLAIN) and item.at < IN_SUMMER:
            path = root / "inbox" / item.path
            path.write_bytes(item.content)
            os.utime(path, (item.at.timestamp(), item.at.timestamp()))
    return root


@in_the_year
@pytest.mark.parametrize("kind", PHASES)
def test_flow_and_survey_make_the_same_of_a_case(kind: str, copy: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(kind, copy.root, AFTER_ALL, monkeypatch)


@pytest.mark.parametrize("kind", PHASES)
def test_so_they_do_of_what_came_at_once(kind: str, received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compare(kind, received, IN_SUMMER, monkeypatch)


def test_so_they_do_where_two_papers_say_nearly_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which nobody did in the example."""
    root = folder(tmp_path / "akte")
    for number in (1, 2):
        put(root, f"beitraege/beisitz-{number}.txt", f"Von: Beisitz {number}\n\n{ALIKE}\n", at("2018-01-10 10:00"))

    [report] = compare("call", root, at("2018-01-11 07:00"), monkeypatch)

    assert isinstance(report.content, CallContent)
    assert len(report.content.alike) == 1
