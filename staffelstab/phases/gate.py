"""When a phase hands over: at its deadline, after presentation, by decision, or when complete, as the plan's gate says (R109).

What binds and is missing holds a phase back until a session has seen it: once the session that treats the phase has noted,
discussed or adopted its results, the phase hands over, and what was missing travels along as a debt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from staffelstab.phases.report import PhaseReport
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase

State = Literal[
    "handed_over",
    "not_begun",
    "waits_for_predecessor",
    "waits_for_session",
    "waits_for_deadline",
    "returned",
    "blocked",
    "open",
]
PASSED = frozenset({"noted", "discussed", "adopted"})


@dataclass(frozen=True, slots=True)
class GateState:
    """Where a phase stands before its gate; `open` means that it hands over now. `debts` counts binding gaps it takes along."""

    state: State
    debts: int = 0

    @property
    def open(self) -> bool:
        """Whether the phase may hand over now."""
        return self.state == "open"


def gate(case: Case, phase: Phase, report: PhaseReport) -> GateState:
    """The gate of a phase at the case's moment."""
    return gate_with(case, phase, len(report.at("block")))


def gate_with(case: Case, phase: Phase, debts: int) -> GateState:
    """The same, for whoever knows of the phase only how many binding gaps it has."""
    if case.handed(phase.number):
        return GateState("handed_over")
    if case.now < case.plan.starts(phase.start.day):
        return GateState("not_begun")
    before = case.plan.before(phase)
    if before is not None and case.handed(before.number) is None:
        return GateState("waits_for_predecessor")
    return _own(case, phase, debts)


def _own(case: Case, phase: Phase, debts: int) -> GateState:
    session = case.plan.session_of(phase)
    decision = case.decision(session.id) if session else None
    if decision is not None and decision.outcome == "returned":
        return GateState("returned", debts)
    passed = decision is not None and (
        decision.outcome == "adopted" or (phase.gate != "decision" and decision.outcome in PASSED)
    )
    if passed:
        return GateState("open", debts)
    if phase.gate in {"presentation", "decision"} and session is not None:
        return GateState("waits_for_session", debts)
    if phase.end.date is not None and case.now < case.plan.ends(phase.end.date):
        return GateState("waits_for_deadline", debts)
    return GateState("blocked" if debts else "open", debts)
