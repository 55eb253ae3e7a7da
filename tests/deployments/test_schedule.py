"""The plan's runs as Prefect gets them: their rules, and an example shown ahead of today."""

from __future__ import annotations

import datetime as dt

import pytest

from deployments.schedule import scheduled, shown_from
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT, at

WALL = "%Y-%m-%d %H:%M"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "examples" / "mitgliederarbeit-2018")


def test_an_example_is_shown_ahead_of_today_under_its_true_dates(plan: Plan) -> None:
    shown = shown_from(plan, at("2018-03-05 08:00"), at("2026-11-22 18:00"), mornings=2)
    assert [(f"{run.due:{WALL}}", run.planned.name) for run in shown[:6]] == [
        ("2026-11-23 07:00", "Tageslauf · 6. März 2018"),
        ("2026-11-25 12:00", "Unterlagen durchsehen · Sitzung am 9. März 2018"),
        ("2026-11-26 22:00", "Ergebnis eintragen · Sitzung am 9. März 2018"),
        ("2026-12-16 06:45", "Entwurf der Vorlage · Sitzung am 13. April 2018"),
        ("2026-12-24 06:30", "Vorlage feststellen · Sitzung am 13. April 2018"),
        ("2026-12-24 06:45", "Bericht zum Stand · 6. April 2018"),
    ]
    assert {run.due - run.planned.at for run in shown} == {dt.timedelta(days=3184)}


def test_wall_time_holds_when_the_clock_is_changed(plan: Plan) -> None:
    runs = scheduled(plan)
    assert {run.planned.at.utcoffset() for run in runs} == {dt.timedelta(hours=1), dt.timedelta(hours=2)}
    assert [run.rule.splitlines()[0] for run in runs if run.planned.slug == "freeze-lv-2018-04-13"] == [
        "DTSTART:20180406T063000"
    ]
