"""The daily pass: whatever is due at `now`, in order, harmlessly often; after an outage it catches up and says what it missed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flows.analysis import analysis
from flows.call import call
from flows.finalisation import finalisation
from flows.ideas import ideas
from flows.publication import publication
from flows.synthesis import synthesis
from flows.trials import trials
from staffelstab.errors import StaffelstabError
from staffelstab.service.pass_work import DailyPass, PhaseOutcome
from staffelstab.service.phase_run import Run
from staffelstab.service.sending import Sending
from staffelstab.timetable.plan.model import Phase
from tasks.artifacts import show_today
from tasks.begin import open_pass
from tasks.daily import close_pass, due, gather_all, post, send_released, take_stock
from tasks.decorators import attempt, procedure, tried
from tasks.phase import looked
from tasks.shared_server import tagged

PHASES = {
    "call": call,
    "analysis": analysis,
    "synthesis": synthesis,
    "ideas": ideas,
    "trials": trials,
    "finalisation": finalisation,
    "publication": publication,
}


@procedure("daily-pass")
def daily_pass(now: dt.datetime | None = None) -> DailyPass:
    """Take in what came, run every phase that is due until none is, write letters and calendars, say what is to be done today.

    A way in, a phase or a letter that fails does not keep the rest from running; the pass then fails with its message, after
    everything else.
    """
    run = open_pass(now)
    found = take_stock(run)
    with looked(), tagged(run.plan):
        outcomes = run_phases(run)
    case = gather_all(run)
    posted = tried(post, run, case)
    sent = tried(send_released, run)
    told = show_today(run, case, found)
    close_pass(run, found, ran=len(outcomes))
    problem = sent.problem if isinstance(sent, Sending) else sent
    for failure in (*outcomes, posted, problem, *found.intake.unreached, *found.hindered):
        if isinstance(failure, StaffelstabError):
            raise failure
    return replace(found, told=told)


def run_phases(run: Run) -> list[PhaseOutcome | StaffelstabError]:
    """Run what is due, round by round, each failing phase once.

    Only what a phase froze or handed over in one round makes another due in the next, and a phase does either once: so it ends.
    """
    outcomes: list[PhaseOutcome | StaffelstabError] = []
    failed: set[int] = set()
    news = True
    while news:
        phases = [phase for phase in due(run) if phase.number not in failed]
        ran = [_run_phase(run, phase) for phase in phases]
        failed |= {
            phase.number for phase, outcome in zip(phases, ran, strict=True) if not isinstance(outcome, PhaseOutcome)
        }
        news = any(isinstance(outcome, PhaseOutcome) and outcome.news for outcome in ran)
        outcomes += ran
    return outcomes


def _run_phase(run: Run, phase: Phase) -> PhaseOutcome | StaffelstabError:
    return attempt(PHASES[phase.kind], phase.number, run.now)
