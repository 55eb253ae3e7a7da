"""The compose file of docs/compose: its services' commands as they stand there, as processes beside a real PostgreSQL.

There is no docker where tests run. Not shown: that the image can be built, and how a container's user and volumes behave.
"""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
import tomllib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # it says no types

from deployments.installation import read_installation
from staffelstab.errors import StaffelstabError
from staffelstab.files import write
from tests.acceptance.cli import environment
from tests.conftest import ROOT
from tests.deployments.club import SCRIPT
from tests.deployments.many_plans import Clubs, clubs, wait_for

COMPOSE = ROOT / "docs" / "compose"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((COMPOSE / "compose.yaml").read_text(encoding="utf-8"))["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "staffelstab"]


def test_nothing_is_to_be_reached_from_elsewhere_and_no_secret_stands_in_it() -> None:
    assert {service["network_mode"] for service in SERVICES.values()} == {"host"}
    assert not any("ports" in service for service in SERVICES.values())
    assert "listen_addresses=127.0.0.1" in SERVICES["postgres"]["command"]
    told = [name for service in SERVICES.values() for name in service.get("environment", {})]
    assert told == ["POSTGRES_USER", "POSTGRES_PASSWORD_FILE", "POSTGRES_DB"], "what is told is in docker's own list"
    assert set(OURS) == {"server", "worker-1", "worker-2"}
    assert {service["stop_grace_period"] for service in SERVICES.values()} == {"60s"}


def test_the_example_must_be_filled_in(tmp_path: Path) -> None:
    example = (COMPOSE / "installation.example.toml").read_text(encoding="utf-8")
    assert tomllib.loads(example)["database"].endswith("@127.0.0.1:5432/prefect")
    assert "port=5432" in SERVICES["postgres"]["command"]
    file = tmp_path / "installation.toml"
    write(file, example.encode())
    with pytest.raises(StaffelstabError, match=r"installation\.password"):
        read_installation(file)
    write(file, example.replace("WAS-WORKER-SAGEN: openssl rand -hex 24", "a" * 48).encode())
    assert [folder.name for folder in read_installation(file).folders] == ["verein", "gemeinde"]


def test_the_image_holds_the_locked_driver_for_ledgers_and_nothing_else_of_the_tests(tmp_path: Path) -> None:
    [step] = [line for line in (COMPOSE / "Dockerfile").read_text().splitlines() if line.startswith("RUN awk")]
    command = step.removeprefix("RUN ").removesuffix("> postgres.lock \\")
    done = subprocess.run(shlex.split(command), cwd=ROOT, capture_output=True, text=True, check=True)
    names = [line.split("==")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == ["psycopg[binary]", "psycopg-binary"]
    assert done.stdout.count("--hash=sha256:") > 2
    kept = (COMPOSE / "Dockerfile.dockerignore").read_text().split()
    assert [name for name in kept[1:] if not (ROOT / name.removeprefix("!")).exists()] == []


@contextmanager
def started(found: Clubs, name: str) -> Generator[subprocess.Popen[str]]:
    """A service as its container would start it: where a volume would be mounted, its folder is named instead."""
    service = SERVICES[name]
    [(_, inside)] = [volume.split(":") for volume in service["volumes"]]
    program, *words = service["command"]
    assert program == "staffelstab"
    home = found.place / f"home-{name}"
    home.mkdir(exist_ok=True)
    bare = {key: value for key, value in environment().items() if not key.startswith("XDG")}
    with (
        (found.place / f"{name}.log").open("w") as log,
        subprocess.Popen(
            [str(SCRIPT), *(word.replace(inside, str(found.place)) for word in words)],
            env=bare | service.get("environment", {}) | {"HOME": str(home)},
            stdout=log,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(60)  # the grace period
    assert code == 0, (found.place / f"{name}.log").read_text()


def healthy(found: Clubs, name: str) -> bool:
    """What the service is asked by its health check."""
    program, *words = SERVICES[name]["healthcheck"]["test"][1:]
    assert program == "python"
    asked = [word.replace(":4200/", f":{found.port}/") for word in words]
    return subprocess.run([sys.executable, *asked], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(600)
def test_its_services_carry_two_plans(postgres_url: str, tmp_path: Path) -> None:
    found = clubs(tmp_path, 2, postgres_url)
    for folder in found.folders:
        found.put(folder, "paper.txt", "Birkenweg: Wir brauchen Wasser.")
    with ExitStack() as stack:
        server = stack.enter_context(started(found, "server"))
        wait_for("the server is healthy", lambda: healthy(found, "server"), server)
        for name in ("worker-1", "worker-2"):
            stack.enter_context(started(found, name))
        wait_for("first passes", lambda: all(map(found.passes, found.folders)), server)
        told = [str(SCRIPT), "doctor", str(found.file)]
        done = subprocess.run(told, env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert "Der PostgreSQL-Server antwortet" in done.stdout
        assert done.stdout.count("Führt Läufe aus") == 2
        assert done.stdout.count("Plan und Akte lassen sich lesen, letzter Tageslauf") == 2
        assert found.password not in done.stdout
    assert [len(found.received(folder)) for folder in found.folders] == [1, 1]
