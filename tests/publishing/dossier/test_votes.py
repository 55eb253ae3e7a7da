"""A vote is told as far as it is known, and what is not known is said or left out, never computed (R14)."""

from __future__ import annotations

import pytest

from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Count
from tests.conftest import ROOT

CHOIR = Phrasing(load_plan(ROOT / "examples/choir-statute"))
BOARD = Phrasing(load_plan(ROOT / "examples/mitgliederarbeit-2018"))


@pytest.mark.parametrize(
    ("vote", "told", "whole"),
    [
        (Count(), "", ""),
        (
            Count(yes=5, no=1),
            "5 votes in favour and 1 against",
            "5 votes in favour and 1 against; abstentions are not recorded",
        ),
        (
            Count(yes=1, no=0, abstentions=1),
            "1 vote in favour, 0 against and 1 abstention",
            "1 vote in favour, 0 against and 1 abstention",
        ),
    ],
)
def test_the_choir_hears_what_is_known_of_a_vote(vote: Count, told: str, whole: str) -> None:
    assert (CHOIR.votes(vote), CHOIR.votes(vote, whole=True)) == (told, whole)


def test_the_board_hears_of_two_abstentions_and_of_no_invented_majority() -> None:
    vote = Count(abstentions=2)
    assert BOARD.votes(vote) == "2 Enthaltungen"
    assert BOARD.votes(vote, whole=True) == "2 Enthaltungen; Ja-Stimmen und Nein-Stimmen sind nicht überliefert"
