"""Gates: when a phase hands over, what holds it back, and what it takes along (R109)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import msgspec
import pytest

from staffelstab.phases.gate import GateState, gate
from staffelstab.phases.report import LEVELS, PhaseReport, note
from staffelstab.submissions.case.contents import Case, Decision, HandedOver
from staffelstab.timetable.plan.model import Count, Gate, Phase, Plan
from staffelstab.timetable.plan.when import When
from tests.conftest import at
from tests.phases.made_cases import PLAN

ANALYSIS = PLAN.phase(1)
AFTER = at("2018-03-10 07:00")
BLOCK, WARN, ASK = note("block", "no_needs"), note("warn", "no_figures"), note("ask", "outside", n=1)


def case(now: dt.datetime, *outcomes: str, plan: Plan = PLAN) -> Case:
    """The call has handed over; the session of 9 March decided this, one thing after another."""
    return Case(
        plan,
        now,
        handed_over=(HandedOver(0, at("2018-01-19 22:00"), "0" * 64),),
        decisions=tuple(Decision("lv-2018-03-09", at("2018-03-09 22:00"), outcome, Count()) for outcome in outcomes),
    )


def with_gate(kind: Gate, *, session: bool = True) -> tuple[Plan, Phase]:
    """The plan with another gate for the analysis, and perhaps no session that treats it."""
    phase = msgspec.structs.replace(ANALYSIS, gate=kind)
    phases = tuple(phase if item.number == 1 else item for item in PLAN.phases)
    sessions = PLAN.sessions if session else tuple(item for item in PLAN.sessions if item.phase != 1)
    return msgspec.structs.replace(PLAN, phases=phases, sessions=sessions), phase


def test_a_phase_waits_for_its_start_and_its_predecessor() -> None:
    report = PhaseReport(ANALYSIS, None)

    assert gate(case(at("2018-01-01 23:59:59")), ANALYSIS, report) == GateState("not_begun")
    assert gate(Case(PLAN, at("2018-01-02 00:00:00")), ANALYSIS, report) == GateState("waits_for_predecessor")
    assert gate(case(at("2018-02-01")), ANALYSIS, report) == GateState("waits_for_session")


def test_handed_over_is_handed_over() -> None:
    done = replace(case(AFTER), handed_over=(HandedOver(1, AFTER, "1" * 64),))

    assert gate(done, ANALYSIS, PhaseReport(ANALYSIS, None, (BLOCK,))) == GateState("handed_over")


@pytest.mark.parametrize("outcome", ["noted", "discussed", "adopted"])
def test_after_presentation_the_phase_hands_over_and_debts_travel_along(outcome: str) -> None:
    """Two duties unmet: the session has seen them, and they go with the baton."""
    report = PhaseReport(ANALYSIS, None, (BLOCK, BLOCK, WARN, ASK))

    assert gate(case(AFTER, outcome), ANALYSIS, report) == GateState("open", debts=2)


def test_returned_keeps_the_phase_open_until_the_session_thinks_otherwise() -> None:
    report = PhaseReport(ANALYSIS, None)

    assert gate(case(AFTER, "returned"), ANALYSIS, report) == GateState("returned")
    assert gate(case(AFTER, "returned", "discussed"), ANALYSIS, report) == GateState("open")
    assert gate(case(AFTER, "discussed", "returned"), ANALYSIS, report) == GateState("returned")


def test_a_gate_by_decision_opens_for_nothing_less() -> None:
    plan, phase = with_gate("decision")

    assert gate(case(AFTER, "discussed", plan=plan), phase, PhaseReport(phase, None)) == GateState("waits_for_session")
    assert gate(case(AFTER, "adopted", plan=plan), phase, PhaseReport(phase, None)) == GateState("open")


def test_a_gate_by_deadline_opens_with_the_first_instant_after_the_last_day() -> None:
    plan, phase = with_gate("deadline", session=False)
    last, first = at("2018-03-09 23:59:59"), at("2018-03-10 00:00:00")

    assert gate(case(last, plan=plan), phase, PhaseReport(phase, None)) == GateState("waits_for_deadline")
    assert gate(case(first, plan=plan), phase, PhaseReport(phase, None)) == GateState("open")


def test_a_gate_by_deadline_does_not_wait_for_the_session_that_treats_the_phase() -> None:
    plan, phase = with_gate("deadline")

    assert gate(case(at("2018-03-09 23:59:59"), plan=plan), phase, PhaseReport(phase, None)) == GateState(
        "waits_for_deadline"
    )
    assert gate(case(AFTER, plan=plan), phase, PhaseReport(phase, None)) == GateState("open")


def test_who_waits_knows_already_what_would_travel_along() -> None:
    """The debts are counted whatever holds the phase back, so that people see them while they can still be paid."""
    report = PhaseReport(ANALYSIS, None, (BLOCK, WARN, BLOCK))
    plan, phase = with_gate("deadline", session=False)

    assert gate(case(AFTER, "returned"), ANALYSIS, report) == GateState("returned", debts=2)
    assert gate(case(AFTER), ANALYSIS, report) == GateState("waits_for_session", debts=2)
    assert gate(case(at("2018-02-01"), plan=plan), phase, report) == GateState("waits_for_deadline", debts=2)


@pytest.mark.parametrize("kind", ["deadline", "complete"])
def test_muss_blocks_soll_warns_kann_asks(kind: Gate) -> None:
    """R109: only what binds holds a phase back after its end."""
    plan, phase = with_gate(kind, session=False)

    assert gate(case(AFTER, plan=plan), phase, PhaseReport(phase, None, (BLOCK,))) == GateState("blocked", debts=1)
    assert gate(case(AFTER, plan=plan), phase, PhaseReport(phase, None, (WARN, ASK))) == GateState("open")


def test_an_open_ended_phase_opens_when_it_is_complete() -> None:
    """R39: no end is invented; the gate looks at what is there."""
    phase = msgspec.structs.replace(ANALYSIS, gate="complete", end=When(None, "open"))
    plan = msgspec.structs.replace(
        with_gate("complete", session=False)[0],
        phases=tuple(phase if item.number == 1 else item for item in PLAN.phases),
    )

    assert gate(case(at("2018-02-01"), plan=plan), phase, PhaseReport(phase, None, (BLOCK,))) == GateState("blocked", 1)
    assert gate(case(at("2018-02-01"), plan=plan), phase, PhaseReport(phase, None)) == GateState("open")


def test_every_strength_has_its_level() -> None:
    assert LEVELS == {"must": "block", "should": "warn", "may": "ask", "information": "ask"}
