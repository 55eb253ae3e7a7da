"""The rehearsal's server records every run, keeps to itself, and leaves nothing behind."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prefect.settings import get_current_settings

from deployments.server import rehearsal_server
from tests.conftest import ROOT
from tests.deployments.tiny import tiny

RUNS, STEPS = 6, 5


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a server after some runs, the server ended."""
    home = tmp_path_factory.mktemp("prefect")
    with rehearsal_server(home) as server:
        assert [tiny(steps=STEPS) for _ in range(RUNS)] == [15] * RUNS
        strangers = httpx.post(f"{server.address}/api/flow_runs/filter", json={})
        foreign = httpx.get(f"{server.address}/api/health", headers={"origin": "https://elsewhere.example"})
    assert strangers.status_code == 401
    assert foreign.status_code == 403
    return home


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        return database.execute(query).fetchall()


def test_every_flow_and_task_run_is_recorded_when_the_block_ends(rehearsed: Path) -> None:
    runs = rows(rehearsed, "SELECT 'flow', state_type FROM flow_run UNION ALL SELECT 'task', state_type FROM task_run")
    assert Counter(runs) == {("flow", "COMPLETED"): RUNS, ("task", "COMPLETED"): RUNS * STEPS}


def test_only_its_owner_may_read_anything_of_it(rehearsed: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in rehearsed.rglob("*") if path.is_file()}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert "prefect.db" in modes


def test_neither_logs_nor_results_reach_the_database(rehearsed: Path) -> None:
    assert rows(rehearsed, "SELECT count(*) FROM log") == [(0,)]
    assert not (rehearsed / "results").exists()


def test_settings_and_log_levels_are_as_before(rehearsed: Path) -> None:
    assert get_current_settings().api.url is None
    assert logging.getLogger("prefect").level == logging.INFO


CHILD = """
import sys, time
from pathlib import Path
from deployments.server import rehearsal_server
with rehearsal_server(Path(sys.argv[1])) as server:
    print(server.address, flush=True)
    time.sleep(600)
"""


def test_a_killed_rehearsal_takes_its_server_along(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        address = parent.stdout.readline().strip()
        assert httpx.get(f"{address}/api/health").status_code == 200
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    assert gone(address)


def gone(address: str) -> bool:
    """Ask until nobody answers: the server needs a moment to notice, and five seconds to leave at most."""
    for _ in range(500):
        try:
            httpx.get(f"{address}/api/health", timeout=5)
        except httpx.TransportError:
            return True
    return False
