"""What the ledger says was confirmed or amended lies over the plan; the file stays as it was resolved (F08)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When

PARTY = Path(__file__).parents[3] / "examples/mitgliederarbeit-2018/plan.toml"
Day = dt.date


def after(*changes: Change) -> Plan:
    return load_plan(PARTY, changes)


def test_a_moved_session_takes_along_what_hangs_on_it_and_keeps_the_old_date() -> None:
    plan = after(Change("lv-2018-03-09", "amended", Day(2018, 3, 16)))
    session = plan.session("lv-2018-03-09")
    assert session.date == When(Day(2018, 3, 16), "amended", former=Day(2018, 3, 9))
    assert session.date.certain
    assert session.papers_due.date == Day(2018, 3, 9)


def test_moved_twice_the_date_that_was_adopted_is_still_known() -> None:
    moves = [Change("phase-1", "amended", Day(2018, 3, day)) for day in (16, 19)]
    assert after(*moves).phase(1).end == When(Day(2018, 3, 19), "amended", former=Day(2018, 3, 9))


def test_a_confirmed_proposal_is_a_fact_without_other_candidates() -> None:
    plan = after(Change("lv-2018-08-17", "confirmed", Day(2018, 8, 17)))
    date = plan.session("lv-2018-08-17").date
    assert (date.date, date.status, date.candidates, date.certain) == (Day(2018, 8, 17), "confirmed", (), True)
    assert date.rule == "one week before lpt"


def test_once_the_occasion_has_a_date_the_concept_comes_back_on_that_day() -> None:
    """R103."""
    plan = after(Change("wahlauswertung", "confirmed", Day(2019, 9, 27)))
    assert plan.days_of_return == (Day(2019, 9, 27),)


def test_an_audience_and_a_reading_can_be_confirmed_too() -> None:
    """R58, R83."""
    plan = after(
        Change("call-2.audience", "confirmed"),
        Change("fraktionen", "confirmed"),
    )
    assert plan.call("call-2").audience.proposed == ()
    assert len(plan.call("call-2").audience.adopted) == 6
    assert [item.origin for item in plan.responsibilities if item.id == "fraktionen"] == ["confirmed"]


@pytest.mark.parametrize("item", ["lv-2018-09-09", "resolution", ""])
def test_nothing_else_can_be_changed(item: str) -> None:
    with pytest.raises(KeyError):
        after(Change(item, "amended", Day(2018, 9, 9)))
