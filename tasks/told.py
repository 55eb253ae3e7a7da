"""What a run says of itself when it has come to its end: the name of its state and a sentence, in the plan's language (U17).

Prefect shows both wherever it shows the run. They hold counts, offices, days and ids; never a submitted text or a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.hand_off import HandOff
from staffelstab.service.pass_work import StateText
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import name_of

NAMED = 3
"""So many open duties are named; the rest is counted."""
CALM = frozenset({"handed_over", "not_begun", "waits_for_deadline", "waits_for_predecessor"})
"""Gates that ask nobody for anything, as long as nothing binding is open."""
SAID_FIRST = frozenset({"handed_over", "waits_for_result", "returned"})
"""Gates that say more than how many duties are open."""


def of_phase(run: Run, case: Case, report: PhaseReport, handed: HandOff) -> StateText:
    """How a phase stands: before which gate, what binds and is open, whose it is, and until when."""
    words, gate = run.plan.words, handed.gate
    state = "handed_over" if handed.now else _state(run, case, gate.state)
    name = words.say(f"tasks.state.{state}")
    open_duties = [] if handed.now else _open(run, report)
    if not open_duties:
        return StateText(name, "" if state in CALM else _whose(run))
    n = len(report.at("block"))
    which = "; ".join(open_duties) + (words.say("tasks.state.more", n=n - NAMED) if n > NAMED else "")
    return StateText(
        name if state in SAID_FIRST else words.say("tasks.state.open_duties", n=n),
        f"{words.say('tasks.state.duties', n=n, which=which)} {_whose(run)}",
    )


def of_pass(run: Run, lines: Sequence[str], *, calm: bool) -> StateText:
    """What is to be done after a pass."""
    return StateText(run.plan.words.say("tasks.state.nothing_to_do" if calm else "tasks.state.to_do"), " ".join(lines))


def of_entry(run: Run) -> StateText:
    """That something was entered."""
    return StateText(run.plan.words.say("tasks.state.entered"), "")


def _state(run: Run, case: Case, state: str) -> str:
    """The gate; a session that has met and whose result nobody has entered is waited for in another way."""
    session = run.plan.session_of(run.of)
    if session is None or session.date.unsettled:
        return state
    met = session.date.day < case.today and case.decision(session.id) is None
    return "waits_for_result" if state == "waits_for_session" and met else state


def _open(run: Run, report: PhaseReport) -> list[str]:
    phrasing = Phrasing(run.plan, discreet=True)
    return [phrasing.note(note).rstrip(".") for note in report.at("block")[:NAMED]]


def _whose(run: Run) -> str:
    """Whose it is, and until when if the phase has an end."""
    who, until = name_of(run.plan, run.office), run.of.end.date
    if until is None:
        return run.plan.words.say("tasks.state.whose", who=who)
    return run.plan.words.say("tasks.state.whose_until", who=who, day=until)
