"""The steps of the daily pass as tasks."""

from __future__ import annotations

from staffelstab.case.values import Case
from staffelstab.plan.model import Phase
from staffelstab.steps import correspondence, round, survey  # noqa: A004 -- the daily round
from staffelstab.steps.round import Round
from staffelstab.steps.run import Run
from tasks.coat import step


@step("look")
def look(run: Run) -> Round:
    """Take in what came, and see what was missed while nothing ran."""
    return Round(survey.take_in(run), round.missed(run))


def due(run: Run) -> tuple[Phase, ...]:
    """The phases to run now."""
    return round.due(run)


@step("post")
def post(run: Run) -> Case:
    """Letters and calendars that are due, into the outbox and the calendar folder."""
    case = survey.gather_case(run)
    correspondence.post(run, case)
    return case


@step("close")
def close_pass(run: Run, found: Round, ran: int) -> None:
    """Note that the pass has ended."""
    round.close(run, found.intake, found.missed, ran)
