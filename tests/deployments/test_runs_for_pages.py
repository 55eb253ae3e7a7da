"""What our pages are told of Prefect's runs: those of a phase in their own words, those to come, and that nobody answers."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from pathlib import Path

import pytest
from prefect import tags

from deployments.definitions import deployments
from deployments.server.process import Server, rehearsal_server
from deployments.server.runs import PrefectRuns
from flows.call import call
from staffelstab.workspace import find
from tasks.artifacts import collected
from tasks.begin import runs_in
from tasks.decorators import named
from tests.conftest import at
from tests.prepared_server import prepared
from tests.service.small_folder import folder

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("asked")]

MORNING = at("2018-01-10 07:00")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server for the tests of this file."""
    with rehearsal_server(prepared(tmp_path_factory.mktemp("runs"))) as running:
        yield running


def test_a_phase_and_what_comes_are_told_and_a_server_that_is_away_is_no_answer(server: Server, tmp_path: Path) -> None:
    root = folder(tmp_path / "akte")
    plan = find(root).adopted()
    runs = PrefectRuns(f"x:{server.password}", server.address)
    asyncio.run(deployments(plan, MORNING)[0].aapply())
    with collected(), runs_in(root), tags(plan.id):
        named(call, plan.language)(0, MORNING)

    [told] = runs.of_phase(plan, plan.phases[0]) or ()
    assert told.name.startswith("Phase 0: Take-Off")
    assert told.state == "completed"
    assert told.word not in ("", "Completed")
    assert told.address.startswith("/v2/runs/flow-run/")
    assert runs.of_phase(plan, plan.phases[1]) == ()
    assert runs.to_come(plan) == ()

    assert runs.ask_for_pass(plan, "test")
    assert len(runs.to_come(plan) or ()) == 1

    away = PrefectRuns("x:y", "http://127.0.0.1:9")
    assert away.of_phase(plan, plan.phases[0]) is None
    assert away.to_come(plan) is None
    assert not away.ask_for_pass(plan, "test")
