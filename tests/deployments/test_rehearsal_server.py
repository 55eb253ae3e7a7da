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

from deployments.server.process import Server, rehearsal_server
from tests.conftest import ROOT
from tests.deployments.tiny import tiny
from tests.prepared_server import prepared

RUNS, STEPS = 6, 5


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a server after some runs, the server ended."""
    home = tmp_path_factory.mktemp("prefect")
    before = around()
    with rehearsal_server(home) as server:
        assert [tiny(steps=STEPS) for _ in range(RUNS)] == [15] * RUNS
        assert around() != before
        asked = f"{server.address}/api/admin/version"
        answers = [httpx.get(asked, auth=auth).status_code for auth in (None, ("admin", "guessed"), known(server))]
        foreign = httpx.get(f"{server.address}/api/health", headers={"origin": "https://elsewhere.example"})
    assert answers == [401, 401, 200]
    assert foreign.status_code == 403
    assert around() == before
    return home


def around() -> tuple[str | None, int]:
    """What the block changes in this process and puts back."""
    return get_current_settings().api.url, logging.getLogger("prefect").level


def known(server: Server) -> tuple[str, str]:
    """The login the server was given."""
    assert server.password
    return "admin", server.password


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


CHILD = """
import sys, time
from pathlib import Path
from deployments.server.process import rehearsal_server
with rehearsal_server(Path(sys.argv[1])) as server:
    print(server.address, flush=True)
    time.sleep(600)
"""


def test_a_killed_rehearsal_takes_its_server_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(prepared(tmp_path / "prefect"))]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
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
