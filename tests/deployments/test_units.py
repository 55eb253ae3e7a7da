"""Services for several plans and for a worker, started as systemd would start them: there is no systemd here to do it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.cli import environment
from tests.deployments.club import SCRIPT
from tests.deployments.many_plans import Clubs, clubs, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.timeout(600)]


def installed(home: Path, *words: str, **told: str) -> Path:
    """The unit that a command has written."""
    mine = {"HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_RUNTIME_DIR": str(home)} | told
    command = [str(SCRIPT), *words, "--install"]
    subprocess.run(command, env=environment(**mine), capture_output=True, check=True)
    kind = "staffelstab-worker-*" if words[0] == "worker" else "staffelstab-[!w]*"
    [unit] = (home / ".config/systemd/user").glob(f"{kind}.service")
    return unit


@contextmanager
def started(unit: Path, home: Path, journal: Path) -> Generator[subprocess.Popen[bytes]]:
    """What the unit starts, with its variables and nothing else of this environment; ended by SIGTERM, in time."""
    settings = [line.partition("=")[::2] for line in unit.read_text(encoding="utf-8").splitlines()]
    plain = [(name, value.replace("%h", str(home)).replace("%%", "%")) for name, value in settings]
    [command] = [shlex.split(value.removeprefix(":")) for name, value in plain if name == "ExecStart"]
    [where] = [value for name, value in plain if name == "WorkingDirectory"]
    [patience] = [int(value) for name, value in plain if name == "TimeoutStopSec"]
    variables = [shlex.split(value)[0] for name, value in plain if name == "Environment"]
    for name, value in plain:
        if name == "EnvironmentFile":
            variables += shlex.split(Path(value).read_text(encoding="utf-8"))
    told = dict(variable.split("=", 1) for variable in variables) | {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    with (
        journal.open("wb") as said,
        subprocess.Popen(command, cwd=where, env=told, stdout=said, stderr=said, umask=0o077) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(patience)
    assert code == 0, journal.read_text()


def is_open(found: Clubs) -> bool:
    with found.client() as client:
        return client.get("/work_pools/staffelstab").is_success


@pytest.mark.parametrize("elsewhere", [False, True], ids=["beside it", "elsewhere"])
def test_both_services_carry_a_plan(tmp_path: Path, elsewhere: bool) -> None:
    """The worker learns from the file beside it, or on another machine from its private file, where the server is."""
    found = clubs(tmp_path / "clubs", 1)
    [folder] = found.folders
    home = tmp_path / "home"
    home.mkdir()
    up = installed(home, "up", str(found.file))
    told = {
        "PREFECT_API_URL": f"http://127.0.0.1:{found.port}/api",
        "PREFECT_API_AUTH_STRING": f"admin:{found.password}",
    }
    worker = installed(home, "worker", **told) if elsewhere else installed(home, "worker", str(found.file))
    journals = tmp_path / "up.journal", tmp_path / "worker.journal"
    with ExitStack() as stack:
        if elsewhere:
            stack.enter_context(started(worker, home, journals[1]))  # it waits
        stack.enter_context(started(up, home, journals[0]))
        wait_for("open", lambda: "staffelstab login" in journals[0].read_text())
        wait_for("the pool", lambda: is_open(found))
        if not elsewhere:
            stack.enter_context(started(worker, home, journals[1]))
        wait_for("the first pass", lambda: found.passes(folder))
    said = "".join(journal.read_text() for journal in journals)
    assert found.password not in said
    assert "führt Läufe aus" in said
    assert os.path.commonpath([up, worker]) == str(home / ".config/systemd/user")
