"""The next pass is asked for where flows are deployed: under the plan's name and the entry's hash, at the moment told.

The server only keeps what it is asked for; what becomes of it on a running one, `test_chain` tells.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment

from deployments.definitions import deployments
from deployments.server.process import Server, rehearsal_server
from flows.amendment import amendment
from flows.call import call
from flows.decision import decision
from staffelstab.ledger.values import Entry
from staffelstab.service.decide import record_decision
from staffelstab.service.pass_work import reason_for_pass
from staffelstab.workspace import find
from tasks.artifacts import collected
from tasks.begin import runs_in
from tests.conftest import at, within
from tests.prepared_server import prepared
from tests.service.small_folder import folder, run_at

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("asked")]

EVENING = at("2018-01-19 21:30")
Asked = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server for the tests of this file."""
    with rehearsal_server(prepared(tmp_path_factory.mktemp("asked"))) as running:
        yield running


@pytest.fixture
def root(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new folder, whose daily pass the server knows; what runs here counts as one of them, as Prefect offers to tests."""
    root = folder(tmp_path / "akte")
    plan = find(root).adopted()
    asyncio.run(_know(deployments(plan, EVENING)[0]))
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "a-form-of-this-plan")
    return root


async def _know(daily_pass: RunnerDeployment) -> None:
    """Tell the server of the daily pass, and have it forget what the test before asked for."""
    await daily_pass.aapply()
    async with get_client() as client:
        for run in await client.read_flow_runs():
            await client.delete_flow_run(run.id)


def asked() -> Asked:
    """The passes asked for by now: under which key, and what each is told."""

    async def read() -> Asked:
        async with get_client() as client:
            known = await client.read_deployment_by_name("Tageslauf/Tageslauf")
            found = await client.read_flow_runs()
        runs = [run for run in found if run.deployment_id == known.id and not run.auto_scheduled]
        return sorted((str(run.idempotency_key), run.parameters) for run in runs)

    return asyncio.run(read())


def only_entry(root: Path, kind: str) -> Entry:
    """The only entry of a kind."""
    with find(root).open(read_only=True) as ledger:
        [entry] = ledger.entries(kind)
    return entry


def test_whoever_enters_an_outcome_twice_asks_for_one_pass(root: Path) -> None:
    for _ in range(2):
        within(root, decision.fn, "lv-2018-01-19", "noted", now=EVENING)

    entry = only_entry(root, "decided")
    assert asked() == [(f"mitgliederarbeit-2018:decided-{entry.hash[:16]}", {})]


def test_after_an_older_ledger_was_put_back_the_same_number_asks_for_a_pass_again(root: Path, tmp_path: Path) -> None:
    """Prefect gives the finished run of a key it knows: by the entry's number nothing would come of what is entered now."""
    older = Path(shutil.copytree(root, tmp_path / "older"))
    within(root, decision.fn, "lv-2018-01-19", "noted", now=EVENING)
    within(older, decision.fn, "lv-2018-01-19", "discussed", now=EVENING)

    assert only_entry(root, "decided").seq == only_entry(older, "decided").seq
    assert len(asked()) == 2


def test_whoever_confirms_a_day_asks_for_a_pass(root: Path) -> None:
    within(root, amendment.fn, "lv-2018-08-17", dt.date(2018, 8, 17), "landesvorstand", now=EVENING)

    reason = reason_for_pass("amended", only_entry(root, "confirmed"))
    assert asked() == [(f"mitgliederarbeit-2018:{reason}", {})]


def test_a_phase_asks_for_a_pass_when_it_hands_over_and_never_again(root: Path) -> None:
    with collected():
        waiting = within(root, call.fn, 0, at("2018-01-17 07:00"))
        before = asked()
        record_decision(run_at(root, "2018-01-19 21:30"), "lv-2018-01-19", "noted")
        outcomes = [within(root, call.fn, 0, at(f"2018-01-{day} 07:00")) for day in (20, 21)]

    assert (waiting.frozen, waiting.handed_over, before) == (True, False, [])
    assert [outcome.handed_over for outcome in outcomes] == [True, False]
    reason = reason_for_pass("handed-over", only_entry(root, "handed_over"))
    assert asked() == [(f"mitgliederarbeit-2018:{reason}", {})]


def test_of_a_plan_shown_frozen_the_pass_is_about_the_moment_of_the_run(root: Path) -> None:
    """A plan that is shown as it stood on a day: whatever comes of it stands there, too."""
    with runs_in(root, frozen=EVENING):
        decision("lv-2018-01-19", "noted", now=EVENING)

    [(_, told)] = asked()
    assert told.keys() == {"now"}
    assert dt.datetime.fromisoformat(told["now"]) == EVENING


def test_without_a_deployment_nobody_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT__RUNTIME__DEPLOYMENT__ID")

    within(root, decision.fn, "lv-2018-01-19", "noted", now=EVENING)

    assert only_entry(root, "decided").seq > 0
    assert asked() == []
