"""Beside a Prefect server that others use too: a real second one, with a password, and somebody else's things on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from deployments.server.beside import Beside, beside
from deployments.server.process import home_of
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import BARE, child_environment
from staffelstab.workspace import create
from tests.acceptance.cli import environment
from tests.conftest import ROOT, at
from tests.deployments.club import SCRIPT
from tests.deployments.free_port import free_port

EXAMPLE = ROOT / "examples" / "mitgliederarbeit-2018"
PLAN = "mitgliederarbeit-2018"
SECRET = "somebody:else"
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of a Prefect server as somebody else has started it, with a password."""
    home, port = tmp_path_factory.mktemp("theirs"), free_port()
    settings = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_AUTH_STRING": SECRET,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_API_PORT": str(port),
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = (home / "log").open("wb")
    with (
        log,
        subprocess.Popen(
            command, cwd=BARE, env=child_environment() | settings, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not answers(f"http://127.0.0.1:{port}/api/health"):
                assert time.monotonic() < until, (home / "log").read_text()
                time.sleep(0.5)  # between two looks
            yield f"http://127.0.0.1:{port}/api"
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def client(url: str) -> Generator[httpx.Client]:
    name, _, secret = SECRET.partition(":")
    with httpx.Client(base_url=url, auth=(name, secret), timeout=30) as asked:
        yield asked


def found(url: str, kind: str, **what: Any) -> list[dict[str, Any]]:
    with client(url) as asked:
        answer: list[dict[str, Any]] = asked.post(f"/{kind}/filter", json=what).raise_for_status().json()
        return answer


def put_there(url: str) -> tuple[str, str]:
    """Somebody else's deployment of the same name, with a tag like the plan's, and a run of theirs that is under way."""
    with client(url) as asked:
        flow = asked.post("/flows/", json={"name": "Tageslauf"}).raise_for_status().json()["id"]
        deployment = {"name": "Tageslauf", "flow_id": flow, "tags": [PLAN], "entrypoint": "theirs:flow"}
        made = asked.post("/deployments/", json=deployment).raise_for_status().json()["id"]
        run = {"flow_id": flow, "name": "theirs", "tags": [PLAN], "state": {"type": "RUNNING", "name": "Running"}}
        return made, asked.post("/flow_runs/", json=run).raise_for_status().json()["id"]


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(600)
def test_runs_happen_there_and_nothing_of_others_is_touched(theirs: str, tmp_path: Path) -> None:
    deployment, run = put_there(theirs)
    folder = create(EXAMPLE, tmp_path / "akte", now=at("2017-12-15 20:00")).root
    command = [str(SCRIPT), "up", str(folder)]
    told = environment(PREFECT_API_URL=theirs, PREFECT_API_AUTH_STRING=SECRET, PREFECT_RUNNER_POLL_FREQUENCY="1")
    with subprocess.Popen(
        command, cwd=folder, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if "staffelstab down" in line:
                break
        try:
            assert "die Anmeldung von Staffelstab gibt es dort nicht" in said[-2]
            assert not (home_of(folder) / "prefect.db").exists(), "no server of our own"
            ours = {item["name"]: item for item in found(theirs, "deployments") if "staffelstab" in item["tags"]}
            assert f"Tageslauf · {PLAN}" in ours
            assert len(ours) == 10
            with client(theirs) as asked:
                daily = ours[f"Tageslauf · {PLAN}"]["id"]
                started = asked.post(f"/deployments/{daily}/create_flow_run", json={}).raise_for_status().json()["id"]
                until = time.monotonic() + PATIENCE_SECONDS
                while not (ended := asked.get(f"/flow_runs/{started}").json())["end_time"]:
                    assert time.monotonic() < until, ended["state_name"]
                    time.sleep(0.5)  # between two looks
                assert "staffelstab clock --confirm" in ended["state"]["message"], (
                    "our own sentence, from our own folder"
                )
                assert asked.get(f"/deployments/{deployment}").json()["entrypoint"] == "theirs:flow"
                assert asked.get(f"/flow_runs/{run}").json()["state_name"] == "Running"
        finally:
            process.send_signal(signal.SIGTERM)
            said.append(process.stdout.read())
    assert process.returncode == 0
    assert SECRET not in "".join(said)


@pytest.mark.slow
@pytest.mark.server
def test_without_the_password_nothing_is_started(theirs: str, tmp_path: Path) -> None:
    folder = create(EXAMPLE, tmp_path / "akte", now=at("2017-12-15 20:00")).root
    for secret in ({}, {"PREFECT_API_AUTH_STRING": "somebody:wrong"}):
        done = subprocess.run(
            [str(SCRIPT), "up", str(folder)],
            env=environment(PREFECT_API_URL=theirs, **secret),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3
        assert "lässt Staffelstab nicht ein" in done.stderr


@pytest.mark.parametrize(
    "url",
    [
        "http://prefect.example.org/api",
        "http://10.0.0.1:4200/api",
        "http://127.0.0.1.evil.example/api",
        "https://name:secret@prefect.example.org/api",
        "ftp://127.0.0.1/api",
        "http://[::1/api",
        "http://127.0.0.1:99999/api",
        "https:///api",
        "x",
    ],
)
def test_an_address_on_which_others_could_listen_is_refused(url: str) -> None:
    with pytest.raises(StaffelstabError, match=r"beside\.unsafe\(name=PREFECT_API_URL\)"):
        beside({"PREFECT_API_URL": url})


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:4200/api",
        "http://localhost:4200/api/",
        "http://[::1]:4200/api",
        "https://prefect.example.org/api",
    ],
)
def test_this_machine_and_https_are_taken(url: str) -> None:
    found = beside({"PREFECT_API_URL": url, "PREFECT_API_AUTH_STRING": SECRET})
    assert found == Beside(url.rstrip("/"), SECRET)
    assert SECRET not in repr(found)
    assert beside({"PREFECT_API_URL": ""}) is None
