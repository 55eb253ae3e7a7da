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


def close_phase(run: Run, survey: Survey, compiled: Compiled, handed: HandOff) -> Outcome:
    """Enter that the phase was run and how far it had looked, so that it is due again only with news; what others hear of it."""
    surveyed(run, survey, compiled.draft)
    return Outcome(frozen=compiled.state == "frozen", handed_over=handed.now)
