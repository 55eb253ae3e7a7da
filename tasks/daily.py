"""The steps of the daily pass as tasks."""

from __future__ import annotations

from staffelstab.service import correspondence, pass_work, sending, survey
from staffelstab.service.pass_work import DailyPass
from staffelstab.service.phase_run import Run
from staffelstab.service.sending import Sending
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase
from tasks.batches import reading_in_batches
from tasks.decorators import step


@step("look")
def take_stock(run: Run) -> DailyPass:
    """Take in what came, and see what was missed while nothing ran."""
    with reading_in_batches(run.plan.language) as troubles:
        intake = survey.take_in(run)
    return DailyPass(intake, pass_work.missed(run), hindered=tuple(troubles[:1]))


def due(run: Run) -> tuple[Phase, ...]:
    """The phases to run now."""
    return pass_work.due(run)


@step("gather")
def gather_all(run: Run) -> Case:
    """Everything that is known now, after all phases."""
    case = survey.gather_case(run)
    pass_work.keep_cautions_of(run, case)
    return case


@step("post")
def post(run: Run, case: Case) -> int:
    """Letters and calendars that are due, into the outbox and the calendar folder. How many letters are new."""
    return correspondence.post(run, case)


@step("send")
def send_released(run: Run) -> Sending:
    """Send what somebody has released."""
    return sending.send(run)


@step("close")
def close_pass(run: Run, found: DailyPass, ran: int) -> None:
    """Note that the pass has ended."""
    pass_work.close(run, found.intake, found.missed, ran)
