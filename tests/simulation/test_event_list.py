"""The script of a rehearsal: every date that matters, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from staffelstab.simulation.event_list import Event, event_list
from staffelstab.simulation.inputs import deliveries, verdicts
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import at
from tests.year import CHOIR, PARTY

PLAN = load_plan(PARTY)
ARRIVING = deliveries(PLAN, PARTY)
VERDICTS = verdicts(PLAN, PARTY)


def events(until: dt.date | None = None) -> tuple[Event, ...]:
    return event_list(PLAN, ARRIVING, VERDICTS, until)


def test_the_year_from_the_vote_to_the_candidates_of_2019() -> None:
    found = events()

    assert (found[0].at, found[-1].at) == (at("2017-12-15 07:00"), at("2019-09-20 07:00"))
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert [event.at for event in found if event.kind == "session"] == [item.at for item in VERDICTS]
    assert not any(event.kill for event in found)


def test_the_morning_after_a_deadline_and_the_day_papers_are_due_are_played() -> None:
    mornings = {event.at.date().isoformat() for event in events() if event.kind == "pass"}

    assert {"2018-01-14", "2018-01-15", "2018-01-17", "2018-03-02", "2018-05-10", "2018-08-25"} <= mornings


def test_reminders_and_reports_are_played_on_the_day_they_go_out() -> None:
    mornings = {event.at.date().isoformat() for event in events() if event.kind == "pass"}

    assert "2018-01-08" in mornings, "the reminder of Sunday 7 January goes out on Monday"
    assert {"2018-01-12", "2018-02-16", "2018-06-15", "2018-07-27", "2018-09-14"} <= mornings


def test_until_is_the_last_day_played() -> None:
    found = events(dt.date(2018, 1, 19))

    assert found[-1].at == at("2018-01-19 21:30")
    assert events(dt.date(2017, 12, 14)) == ()


def test_what_comes_after_the_last_date_of_an_open_ended_phase_is_looked_at() -> None:
    late = replace(ARRIVING[-1], at=at("2018-11-05 10:00"))
    days = {event.at.date().isoformat() for event in event_list(PLAN, (*ARRIVING, late), VERDICTS)}

    assert "2018-11-06" in days
    assert "2018-11-12" in days


def test_the_choirs_script_is_its_own() -> None:
    plan = load_plan(CHOIR)
    found = event_list(plan, deliveries(plan, CHOIR), verdicts(plan, CHOIR))

    assert found[0].at == at("2025-10-14 07:00", plan.zone)
    assert [event.verdict.session.id for event in found if event.verdict] == ["committee-january", "committee-april"]
