"""Survey: gather everything received so far and see what the phase makes of it."""

from __future__ import annotations

from dataclasses import replace

from staffelstab.case.receive import Intake, receive
from staffelstab.case.values import Case
from staffelstab.phases.kinds import PHASE_KINDS
from staffelstab.phases.survey import Picture, Survey, SurveyOf
from staffelstab.steps.run import Run


def take_in(run: Run) -> Intake:
    """Take in what lies in the inbox, original first, and read it. Raises LedgerError."""
    with run.workspace.open() as ledger:
        return receive(run.workspace, ledger, run.plan, run.now, run.office)


def gather_case(run: Run) -> Case:
    """Everything received, recorded and decided up to now. Raises LedgerError."""
    with run.workspace.open(read_only=True) as ledger:
        return run.case(ledger)


def survey_of(run: Run, case: Case) -> Survey:
    """The phase as it stands, all its steps at once. Raises RecordError for a codebook that cannot be used."""
    return replace(PHASE_KINDS[run.of.kind].survey(case, run.of, run.codebook()), seen=case.seen)


def reported(run: Run, case: Case, survey: SurveyOf[Picture]) -> SurveyOf[Picture]:
    """What the steps of a phase's flow put together: checked, and marked with how far into the journal it had looked."""
    PHASE_KINDS[run.of.kind].checked(survey)
    return replace(survey, seen=case.seen)
