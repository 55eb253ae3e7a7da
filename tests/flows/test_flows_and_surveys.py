"""What a phase's flow puts together step by step is what its survey makes of the case at once: neither drifts from the other.

The hand-over is made of the survey, the dossier of the flow's own report; so both are compared where everything is there, on the
whole year of the worked example, for every kind of phase.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import fields

import pytest

from flows.daily_pass import PHASES
from staffelstab.phases.report import PhaseReport, ReportOf
from staffelstab.service.compile_dossier import Compiled
from staffelstab.service.phase_run import Run
from staffelstab.service.survey import survey_of
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.load import load_plan
from tasks.artifacts import collected
from tests.conftest import at
from tests.year import PARTY, THE_YEAR, Year, copy_of, markdown_drafts, year

__all__ = ["year"]

pytestmark = THE_YEAR

AFTER_ALL = at("2019-10-02 07:00")
PLAN = load_plan(PARTY)
Compile = Callable[[Run, Case, PhaseReport], Compiled]


@pytest.fixture(scope="module")
def copy(year: Year, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The year's folder, to be run on."""
    return copy_of(year, tmp_path_factory.mktemp("drift") / "party")


def numbers(kind: str) -> list[int]:
    """The phases of this kind in the example."""
    return [phase.number for phase in PLAN.phases if phase.kind == kind]


@pytest.mark.parametrize("kind", PHASES)
def test_flow_and_survey_make_the_same_of_a_case(kind: str, copy: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compiled is the report of the flow; it is recorded on its way and compared with the survey of that moment."""
    seen: list[tuple[PhaseReport, PhaseReport]] = []
    flow = sys.modules[f"flows.{kind}"]
    compile_dossier: Compile = flow.compile_dossier

    def recording(run: Run, case: Case, report: PhaseReport) -> Compiled:
        seen.append((report, survey_of(run, case)))
        return compile_dossier(run, case, report)

    monkeypatch.setattr(flow, "compile_dossier", recording)
    with markdown_drafts(), collected():
        for number in numbers(kind):
            PHASES[kind].fn(str(copy.root), number, AFTER_ALL)

    assert len(seen) == len(numbers(kind)) > 0
    for report, survey in seen:
        assert report.last_seq > 0
        for field in fields(ReportOf):
            assert getattr(report, field.name) == getattr(survey, field.name), field.name
