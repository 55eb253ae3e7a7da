"""Each fault changes what it says, and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

import pytest

from staffelstab.simulation.event_list import event_list
from staffelstab.simulation.faults import FAULTS, Scenario
from staffelstab.simulation.inputs import deliveries, verdicts
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import at
from tests.year import PARTY

PLAN = load_plan(PARTY)
ARRIVING = deliveries(PLAN, PARTY)
SCENARIO = Scenario(PLAN, ARRIVING, event_list(PLAN, ARRIVING, verdicts(PLAN, PARTY)))


def test_late_every_third_paper_comes_after_the_deadline() -> None:
    found = FAULTS["late"](SCENARIO)
    before = {item.path: item.at for item in SCENARIO.deliveries}
    moved = [item for item in found.deliveries if item.at != before[item.path]]

    assert {item.path for item in found.deliveries} == before.keys()
    assert len(moved) == 6
    assert {item.at for item in moved} == {at("2018-01-17")}
    assert all(item.path.startswith("beitraege/") and before[item.path] < at("2018-01-15") for item in moved)
    assert found.events == SCENARIO.events


def test_unreadable_one_paper_is_cut_in_half() -> None:
    found = FAULTS["unreadable"](SCENARIO)
    cut = [
        (old.path, len(new.content) - len(old.content) // 2)
        for old, new in zip(SCENARIO.deliveries, found.deliveries, strict=True)
        if old != new
    ]

    assert cut == [("beitraege/mail-vom-18-dezember.eml", 0)]


def test_silent_half_of_the_associations_never_answer() -> None:
    """No paper and no minutes of theirs, and where a talk was held with them, the sheet says that nobody answered."""
    found = FAULTS["silent"](SCENARIO)
    gone = {PurePosixPath(item.path).stem for item in SCENARIO.deliveries} - {
        PurePosixPath(item.path).stem for item in found.deliveries
    }
    sheet = next(item for item in found.deliveries if item.path == "gespraeche/gespraeche-maerz.csv")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    needs = next(item for item in found.deliveries if item.path == "beduerfnisse/bedarf-januar.csv")

    assert {"bautzen-kgf", "dresden-kgf", "nordsachsen-vorsitz", "zwickau-anrufliste"} <= gone
    assert "leipzig-vorsitz" not in gone
    assert {row["Stand"] for row in rows if row["Verband"] == "Dresden"} == {"keine Antwort"}
    assert {row["Stand"] for row in rows if row["Verband"] == "Leipzig"} == {"geführt"}
    assert b"Dresden" not in needs.content
    assert b"Leipzig" in needs.content
    assert len(found.events) == len(SCENARIO.events)


def test_standstill_nothing_runs_for_nine_days_and_the_session_is_recorded_after() -> None:
    found = FAULTS["standstill"](SCENARIO)
    quiet = [event for event in found.events if at("2018-01-17") <= event.at < at("2018-01-26")]
    evening = next(event for event in found.events if event.verdict and event.verdict.session.id == "lv-2018-01-19")

    assert quiet == []
    assert evening.at == at("2018-01-26 07:00")
    assert at("2018-01-26 08:00") in [event.at for event in found.events]
    assert [event.at for event in found.events] == sorted(event.at for event in found.events)


def test_killed_the_pass_that_freezes_the_first_paper() -> None:
    found = FAULTS["killed"](SCENARIO)

    assert [event.at for event in found.events if event.kill] == [at("2018-01-17 07:00")]
    assert found.deliveries == SCENARIO.deliveries


@pytest.mark.parametrize("name", FAULTS)
def test_the_same_sabotage_twice_is_the_same(name: str) -> None:
    assert FAULTS[name](SCENARIO) == FAULTS[name](SCENARIO)
