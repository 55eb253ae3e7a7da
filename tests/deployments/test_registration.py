"""A real server is told about the plan: runs appear, under names, once; they move with their dates and go with their sessions."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import Counter
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.deployments.runner import RunnerDeployment

from deployments.definitions import coming, deployments
from deployments.registration import name_runs, register
from deployments.server.process import Server
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT, at

TEXT = (ROOT / "examples" / "mitgliederarbeit-2018" / "plan.toml").read_text(encoding="utf-8")
WHEN = at("2018-03-05 08:00")
PATIENCE_SECONDS = 120

pytestmark = pytest.mark.usefixtures("live")


def told(plan: Plan) -> None:
    """Register the plan as it stood on 5 March 2018."""
    now = dt.datetime.now(plan.zone)
    asyncio.run(register(plan, deployments(plan, now, WHEN), RunnerDeployment.aapply, frozen=True))


def waiting(plan: Plan) -> list[FlowRun]:
    """The plan's runs to come, by date."""

    async def read() -> list[FlowRun]:
        async with get_client() as client:
            found = await client.read_flow_runs()
        return [run for run in found if plan.id in run.tags and run.expected_start_time]

    return sorted(asyncio.run(read()), key=lambda run: str(run.expected_start_time))


def appeared(plan: Plan) -> list[FlowRun]:
    """The runs to come once the scheduler has made as many as are planned: with SQLAlchemy 2.1 it never would."""
    expected = len(coming(plan, dt.datetime.now(plan.zone), WHEN))
    until = time.monotonic() + PATIENCE_SECONDS
    while len(found := waiting(plan)) != expected and time.monotonic() < until:
        time.sleep(0.3)  # between two looks
    assert len(found) == expected
    return found


def named(plan: Plan) -> list[str]:
    """Their names, after naming."""

    async def name() -> None:
        async with get_client() as client:
            await name_runs(client, plan, coming(plan, dt.datetime.now(plan.zone), WHEN))

    asyncio.run(name())
    return [run.name for run in waiting(plan)]


def days(runs: list[FlowRun], plan: Plan) -> list[dt.date]:
    return [run.expected_start_time.astimezone(plan.zone).date() for run in runs if run.expected_start_time]


def test_runs_appear_move_and_go(live: Server, tmp_path: Path) -> None:
    plan = plan_from(TEXT)
    told(plan)
    first = appeared(plan)
    assert {type(run.parameters["now"]) for run in first} == {str}
    names = named(plan)
    assert names[:3] == ["Tageslauf · 6. März 2018", "Tageslauf · 7. März 2018", "Tageslauf · 8. März 2018"]
    assert "Vorlage feststellen · Sitzung am 13. April 2018" in names

    told(plan)
    assert days(appeared(plan), plan) == days(first, plan), "told twice, planned once"
    assert max(Counter(named(plan)).values()) == 1

    moved = plan_from(TEXT.replace("date = { date = 2018-04-13,", "date = { date = 2018-04-20,"))
    told(moved)
    assert set(named_after(moved)) - set(names) == {
        "Vorlage feststellen · Sitzung am 20. April 2018",
        "Unterlagen durchsehen · Sitzung am 20. April 2018",
        "Ergebnis eintragen · Sitzung am 20. April 2018",
        "Entwurf der Vorlage · Sitzung am 20. April 2018",
    }

    without = plan_from(TEXT.split("[resubmission]")[0] + "[reports]" + TEXT.split("[reports]")[1])
    told(without)
    assert set(names) - set(named_after(without)) == {
        "Wiedervorlage des Konzepts · 14. Juni 2019 (Datum offen, vorgemerkt)",
        "Wiedervorlage des Konzepts · 20. September 2019 (Datum offen, vorgemerkt)",
    }


def named_after(plan: Plan) -> list[str]:
    appeared(plan)
    return named(plan)


def test_the_form_for_decisions_speaks_german(live: Server, tmp_path: Path) -> None:
    plan = plan_from(TEXT)
    told(plan)

    async def form() -> dict[str, dict[str, object]]:
        async with get_client() as client:
            found = await client.read_deployment_by_name("Sitzungsergebnis/Ergebnis einer Sitzung eintragen")
        assert found.parameter_openapi_schema is not None
        return dict(found.parameter_openapi_schema["properties"])

    fields = asyncio.run(form())
    assert fields["session"]["title"] == "Sitzung"
    assert fields["session"]["enum"] == [session.id for session in plan.sessions]
    assert str(fields["session"]["description"]).startswith("Wann sie tagen: lv-2018-01-19 (19. Januar 2018); ")
    assert fields["outcome"]["enum"] == ["noted", "discussed", "adopted", "returned"]
    assert (fields["abstentions"]["title"], fields["abstentions"]["description"]) == (
        "Enthaltungen",
        "Leer lassen, wenn nicht gezählt wurde.",
    )
