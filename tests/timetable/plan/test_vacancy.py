"""An office nobody holds yet: its deputy acts, and nobody is led by an empty chair (R53–R55)."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.timetable.plan.actors import acting, is_vacant, office_at
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.timetable.plan.conftest import PARTY_FOLDER

Day = dt.date
POST = "mitgliederbetreuung"


def unfilled() -> str:
    """The party's plan with a post of which nobody knows when it will be filled."""
    text = (PARTY_FOLDER / "plan.toml").read_text(encoding="utf-8")
    known = 'filled = { date = 2018-05-01, status = "assumed"'
    assert known in text
    return text.replace(known, "filled = { candidates = [2018-05-01, 2018-12-01]")


@pytest.mark.parametrize(
    ("day", "vacant", "acts"), [(Day(2018, 4, 30), True, "koordination"), (Day(2018, 5, 1), False, POST)]
)
def test_until_it_is_filled_the_deputy_acts(party: Plan, day: dt.date, vacant: bool, acts: str) -> None:
    assert (is_vacant(party, POST, day), acting(party, POST, day)) == (vacant, acts)


def test_an_office_that_says_nothing_is_filled(party: Plan) -> None:
    assert not is_vacant(party, "koordination", Day(2018, 1, 1))


def test_the_coordinator_stays_while_the_successor_is_not_there() -> None:
    plan = plan_from(unfilled())
    assert [office_at(plan, Day(2018, 9, 1)), office_at(plan, Day(2019, 9, 1))] == ["koordination", "koordination"]


def without_deputy(deputy: str) -> Plan:
    """The same, the post's deputy another, or none."""
    head, tail = unfilled().split(f'id = "{POST}"')
    assert 'deputy = "koordination"' in tail
    tail = tail.replace('deputy = "koordination"', f'deputy = "{deputy}"' if deputy else "", 1)
    other = '[[offices]]\nid = "vertretung"\nname = "Vertretung"\nfilled = { candidates = [2018-06-01] }\n'
    return plan_from(f'{head}id = "{POST}"{tail}\n{other}')


@pytest.mark.parametrize("deputy", ["", "vertretung"])
def test_an_empty_chair_is_no_deputy_and_never_coordinates(deputy: str) -> None:
    plan = without_deputy(deputy)
    assert (acting(plan, POST, Day(2018, 9, 1)), office_at(plan, Day(2018, 9, 1))) == (POST, "koordination")


def test_once_confirmed_as_filled_the_successor_coordinates() -> None:
    filled = Change(f"{POST}.filled", "confirmed", Day(2018, 9, 10))
    plan = plan_from(unfilled(), changes=[filled])
    assert [office_at(plan, Day(2018, 9, 9)), office_at(plan, Day(2018, 9, 10))] == ["koordination", POST]
