"""The plan's deployments, as Prefect is told of them: names, entrypoints, parameters, one run at a time."""

from __future__ import annotations

from typing import Any

from deployments.definitions import deployments, entrypoints
from deployments.registration import explained
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import ROOT, at

PLAN = load_plan(ROOT / "examples" / "mitgliederarbeit-2018")
NOW = at("2026-11-22 18:00")


def test_live_there_is_a_pass_every_morning_and_a_deployment_per_phase() -> None:
    made = deployments(PLAN, NOW)
    assert [(item.name, item.entrypoint, len(item.schedules or [])) for item in made] == [
        ("Tageslauf", "flows.daily_pass.daily_pass", 21),
        ("Phase 0 · Take-Off", "flows.call.call", 4),
        ("Phase 1 · Analyse", "flows.analysis.analysis", 3),
        ("Phase 2 · Auswertung", "flows.synthesis.synthesis", 3),
        ("Phase 3 · Ideenentwicklung", "flows.ideas.ideas", 4),
        ("Phase 4 · Try + Error", "flows.trials.trials", 3),
        ("Phase 5 · Finalisierung", "flows.finalisation.finalisation", 3),
        ("Phase 6 · Publikation + Implementierung", "flows.publication.publication", 0),
        ("Ergebnis einer Sitzung eintragen", "flows.decision.decision", 0),
        ("Termin bestätigen oder verlegen", "flows.amendment.amendment", 0),
    ]
    assert {(schedule.parameters or {}).get("now") for item in made for schedule in item.schedules or []} == {None}


def test_frozen_every_run_is_told_the_date_of_the_plan() -> None:
    made = deployments(PLAN, NOW, at("2018-03-05 08:00"))
    told = {
        str(schedule.slug): (schedule.parameters or {})["now"] for item in made for schedule in item.schedules or []
    }
    assert told["freeze-lv-2018-04-13"] == "2018-04-06T06:30:00+02:00"
    assert told["daily-pass-2018-03-06"] == "2018-03-06T07:00:00+01:00"
    assert made[-1].parameters == {}


def test_no_deployment_has_a_limit_whose_slot_would_outlive_a_killed_server() -> None:
    """Never two runs at once: that is kept by the one runner of `serve`, which ends with it."""
    made = deployments(PLAN, NOW)
    assert {item.concurrency_limit for item in made} == {None}


def test_the_form_for_dates_offers_what_can_be_settled_and_who_decides() -> None:
    schema: dict[str, Any] = {
        "properties": {name: {} for name in ("now", "item", "date", "by", "session", "authorised")}
    }
    fields = explained(schema, PLAN)["properties"]
    assert {"lv-2018-03-09", "phase-1.end", "call-2.audience", "fraktionen"} <= set(fields["item"]["enum"])
    assert "resolution" not in fields["item"]["enum"]
    assert fields["by"]["enum"] == ["landesvorstand"]
    assert fields["authorised"]["title"] == "Von dem Gremium, das zuständig ist, dazu ermächtigt"
    assert fields["session"]["enum"][:2] == ["", "lv-2018-01-19"]
    assert fields["date"]["title"] == "Tag, der gilt"


def test_what_is_deployed_is_what_a_worker_executes() -> None:
    assert {item.entrypoint for item in deployments(PLAN, NOW)} == entrypoints()
