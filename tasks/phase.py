"""The steps that all phases share, as tasks: gather, compile, publish, hand off. What lies between is in `tasks.examine`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from staffelstab.ledger.entries import Unprinted
from staffelstab.phases.kinds.publication import PublicationContent
from staffelstab.phases.report import PhaseReport, ReportOf
from staffelstab.phases.report import unprinted as notes_on
from staffelstab.service import compile_dossier as compiling
from staffelstab.service import hand_off as handing
from staffelstab.service import publish as publishing
from staffelstab.service import survey as surveying
from staffelstab.service.compile_dossier import Compiled
from staffelstab.service.hand_off import HandOff
from staffelstab.service.pass_work import PhaseOutcome, reason_for_pass, surveyed
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from tasks.artifacts import show_phase
from tasks.decorators import step
from tasks.next_run import ask_for_pass
from tasks.told import of_phase

_LOOKED: ContextVar[bool] = ContextVar("looked", default=False)


@contextmanager
def looked() -> Generator[None]:
    """Within the block phases do not look into the inbox again: a pass has one look, and one budget of time for reading."""
    token = _LOOKED.set(True)
    try:
        yield
    finally:
        _LOOKED.reset(token)


@step("gather")
def gather(run: Run) -> Case:
    """Everything received so far; what newly lies in the inbox first, unless the pass has looked already."""
    if not _LOOKED.get():
        surveying.take_in(run)
    return surveying.gather_case(run)


@step("compile")
def compile_dossier(run: Run, case: Case, report: PhaseReport) -> Compiled:
    """The dossier, as a draft or frozen."""
    return compiling.compile_dossier(run, case, report)


@step("publish")
def publish(run: Run, case: Case, report: ReportOf[PublicationContent]) -> tuple[str, ...]:
    """The concept and what belongs to it, for everybody, once it is adopted."""
    return publishing.publish(run, case, report)


@step("hand_off")
def hand_off(run: Run, case: Case, report: PhaseReport) -> HandOff:
    """The baton, if the gate allows."""
    return handing.hand_off(run, case, report)


def conclude(
    run: Run, case: Case, report: PhaseReport, compiled: Compiled, handed: HandOff, published: tuple[str, ...] = ()
) -> PhaseOutcome:
    """Show how the phase stands, enter that it was run, and ask for the next pass if it has just handed over.

    What is entered says how far into the journal the run had looked, so that the phase is due again only with news.
    """
    lacking = publishing.unpublished(run, published)
    dossier = handed.unprinted if handed.now and run.plan.session_of(run.of) is None else compiled.unprinted
    unprinted = Unprinted((*dossier.formats, *lacking), dossier.passages)
    told = replace(report, notes=(*report.notes, *notes_on(unprinted.formats, unprinted.passages, run.plan.language)))
    show_phase(run, case, told, handed)
    surveyed(run, told, compiled.draft, unprinted)
    if handed.now:
        ask_for_pass(run, reason_for_pass("handed-over", handed.now))
    told_of = of_phase(run, case, told, handed)
    return PhaseOutcome(frozen=compiled.state == "frozen", handed_over=handed.now is not None, told=told_of)
