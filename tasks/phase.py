"""The steps that all phases share, as tasks: gather, compile, publish, hand off. What lies between is in `tasks.examine`."""

from __future__ import annotations

from staffelstab.case.values import Case
from staffelstab.phases.publication import PublicationPicture
from staffelstab.phases.survey import Survey, SurveyOf
from staffelstab.steps import compile as compiling
from staffelstab.steps import hand_off as handing
from staffelstab.steps import publish as publishing
from staffelstab.steps import survey as surveying
from staffelstab.steps.compile import Compiled
from staffelstab.steps.hand_off import HandOff
from staffelstab.steps.round import Outcome, surveyed
from staffelstab.steps.run import Run
from tasks.coat import step
from tasks.next_run import ask_for_pass
from tasks.overview import show_phase


@step("gather")
def gather(run: Run) -> Case:
    """Everything received so far: what newly lies in the inbox first."""
    surveying.take_in(run)
    return surveying.gather_case(run)


@step("compile")
def compile_dossier(run: Run, case: Case, survey: Survey) -> Compiled:
    """The dossier, as a draft or frozen."""
    return compiling.compile_dossier(run, case, survey)


@step("publish")
def publish(run: Run, case: Case, survey: SurveyOf[PublicationPicture]) -> tuple[str, ...]:
    """The concept and what belongs to it, for everybody, once it is adopted."""
    return publishing.publish(run, case, survey)


@step("hand_off")
def hand_off(run: Run, case: Case, survey: Survey) -> HandOff:
    """The baton, if the gate allows."""
    return handing.hand_off(run, case, survey)


def conclude(run: Run, case: Case, survey: Survey, compiled: Compiled, handed: HandOff) -> Outcome:
    """Show how the phase stands, enter that it was run, and ask for the next pass if it has just handed over.

    What is entered says how far into the journal the run had looked, so that the phase is due again only with news.
    """
    show_phase(run, case, survey, handed)
    surveyed(run, survey, compiled.draft)
    if handed.now:
        ask_for_pass(run, f"handed-over-{run.of.number}")
    return Outcome(frozen=compiled.state == "frozen", handed_over=handed.now)
