"""Survey: gather everything received so far and see what the phase makes of it."""

from __future__ import annotations

from dataclasses import replace

from staffelstab.phases.registry import PHASE_KINDS
from staffelstab.phases.report import Content, PhaseReport, ReportOf
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.case.receive import Intake, receive


def take_in(run: Run) -> Intake:
    """Take in what lies in the inbox, original first, and read it. Raises LedgerError."""
    with run.workspace.open() as ledger:
        return receive(run.workspace, ledger, run.plan, run.now, run.office)


def gather_case(run: Run) -> Case:
    """Everything received, recorded and decided up to now. Raises LedgerError."""
    with run.workspace.open(read_only=True) as ledger:
        return run.case(ledger)


def survey_of(run: Run, case: Case) -> PhaseReport:
    """The phase as it stands, all its steps at once. Raises RecordError for a codebook that cannot be used."""
    return replace(PHASE_KINDS[run.of.kind].survey(case, run.of, run.codebook()), last_seq=case.last_seq)


def reported(run: Run, case: Case, report: ReportOf[Content]) -> ReportOf[Content]:
    """What the steps of a phase's flow put together: checked, and marked with how far into the journal it had looked."""
    return replace(PHASE_KINDS[run.of.kind].checked(report), last_seq=case.last_seq)
