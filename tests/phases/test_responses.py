"""Calls by hand: who was called, what is missing, and what the strength of the call makes of it (R60–R63)."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from staffelstab.phases import responses
from staffelstab.submissions.case.contents import Case
from tests.conftest import at
from tests.phases.made_cases import PLAN, paper

CALL = PLAN.calls[0]
OPEN, CLOSED = at("2018-01-14 23:59:59"), at("2018-01-15 00:00:00")


def test_before_the_call_there_is_nothing_to_say() -> None:
    early = responses.state(Case(PLAN, at("2017-12-14 23:59:59")), CALL)

    assert (early.begun, early.open, list(responses.notes(early))) == (False, False, [])


def test_an_empty_call_is_a_question_while_it_runs_and_a_block_after() -> None:
    def said(now: Case) -> list[tuple[str, str]]:
        return [(note.level, note.key) for note in responses.notes(responses.state(now, CALL))]

    assert said(Case(PLAN, OPEN)) == [("ask", "no_papers")]
    assert said(Case(PLAN, CLOSED)) == [("block", "no_papers")]


def test_a_call_that_only_may_be_answered_never_blocks() -> None:
    """R109."""
    optional = msgspec.structs.replace(CALL, strength="may")

    assert [note.level for note in responses.notes(responses.state(Case(PLAN, CLOSED), optional))] == ["ask"]


def test_what_comes_unasked_is_taken_and_named() -> None:
    unasked = paper("B01", OPEN, "Wir auch.", sender="leipzig")
    state = responses.state(Case(PLAN, OPEN, papers=(unasked,)), CALL)

    assert (state.others, state.delivered) == ((unasked,), ())


def test_unreadable_doubtful_and_nameless_papers_are_each_named() -> None:
    strange = replace(
        paper("B01", OPEN, sender="lv-vorsitz"), status="unreadable", reason="password", doubtful=True, sender=None
    )
    state = responses.state(Case(PLAN, CLOSED, papers=(strange,)), CALL)

    assert [(note.level, note.key) for note in responses.notes(state)] == [
        ("warn", "missing_answers"),
        ("warn", "unread"),
        ("ask", "nameless"),
        ("ask", "doubtful"),
    ]
    assert responses.counts(state) == {
        "called": 20,
        "delivered": 0,
        "papers": 1,
        "late": 0,
        "unread": 1,
        "statements": 0,
    }


def test_a_newer_version_takes_the_place_of_the_older() -> None:
    old, new = paper("B01", OPEN, "Eins.", sender="lv-vorsitz"), paper("B02", OPEN, "Zwei.", sender="lv-vorsitz")
    state = responses.state(Case(PLAN, OPEN, papers=(replace(old, newer="B02"), new)), CALL)

    assert [paper.ref for paper in state.papers] == ["B02"]
    assert [answer.papers for answer in state.delivered] == [(new,)]
