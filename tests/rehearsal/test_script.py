"""The script of a rehearsal: every date that matters, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from staffelstab.plan.load import load_plan
from staffelstab.rehearsal.inputs import deliveries, verdicts
from staffelstab.rehearsal.script import Scene, script
from tests.conftest import at
from tests.year import CHOIR, PARTY

PLAN = load_plan(PARTY)
ARRIVING = deliveries(PLAN, PARTY)
VERDICTS = verdicts(PLAN, PARTY)


def scenes(until: dt.date | None = None) -> tuple[Scene, ...]:
    return script(PLAN, ARRIVING, VERDICTS, until)


def test_the_year_from_the_vote_to_the_candidates_of_2019() -> None:
    found = scenes()

    assert (found[0].at, found[-1].at) == (at("2017-12-15 07:00"), at("2019-09-20 07:00"))
    assert [scene.at for scene in found] == sorted(scene.at for scene in found)
    assert [scene.at for scene in found if scene.kind == "session"] == [item.at for item in VERDICTS]
    assert not any(scene.kill for scene in found)


def test_the_morning_after_a_deadline_and_the_day_papers_are_due_are_played() -> None:
    mornings = {scene.at.date().isoformat() for scene in scenes() if scene.kind == "pass"}

    assert {"2018-01-14", "2018-01-15", "2018-01-17", "2018-03-02", "2018-05-10", "2018-08-25"} <= mornings


def test_reminders_and_reports_are_played_on_the_day_they_go_out() -> None:
    mornings = {scene.at.date().isoformat() for scene in scenes() if scene.kind == "pass"}

    assert "2018-01-08" in mornings, "the reminder of Sunday 7 January goes out on Monday"
    assert {"2018-01-12", "2018-02-16", "2018-06-15", "2018-07-27", "2018-09-14"} <= mornings


def test_until_is_the_last_day_played() -> None:
    found = scenes(dt.date(2018, 1, 19))

    assert found[-1].at == at("2018-01-19 21:30")
    assert scenes(dt.date(2017, 12, 14)) == ()


def test_what_comes_after_the_last_date_of_an_open_ended_phase_is_looked_at() -> None:
    late = replace(ARRIVING[-1], at=at("2018-11-05 10:00"))
    days = {scene.at.date().isoformat() for scene in script(PLAN, (*ARRIVING, late), VERDICTS)}

    assert "2018-11-06" in days
    assert "2018-11-12" in days


def test_the_choirs_script_is_its_own() -> None:
    plan = load_plan(CHOIR)
    found = script(plan, deliveries(plan, CHOIR), verdicts(plan, CHOIR))

    assert found[0].at == at("2025-10-14 07:00", plan.zone)
    assert [scene.verdict.session.id for scene in found if scene.verdict] == ["committee-january", "committee-april"]
