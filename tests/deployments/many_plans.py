"""Several clubs on one server, their ledgers and Prefect's runs on a PostgreSQL, and workers in networks of their own.

By hand, with figures: `python -m tests.deployments.many_plans PLANS [sqlite]`.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from staffelstab.files import write
from staffelstab.workspace import create, find
from tests.acceptance.cli import environment
from tests.deployments.club import SCRIPT
from tests.deployments.free_port import free_port
from tests.deployments.garden import PLAN

SETTLED = 60
"""Seconds after which nobody is still writing a paper."""
PASSWORD = "a-password-of-the-workers-of-the-tests"
PATIENCE_SECONDS = 240
UNDER_WAY = ("RUNNING", "PENDING", "CANCELLING")
_EPOCH = dt.date(2027, 3, 13)


@dataclass
class Clubs:
    """The working folders, and how they are opened together."""

    place: Path
    folders: list[Path]
    port: int
    postgres_port: int = 0
    password: str = PASSWORD

    @property
    def file(self) -> Path:
        """What says which of them are open."""
        return self.place / "installation.toml"

    @property
    def plans(self) -> list[str]:
        """The plans' ids."""
        return [find(folder).adopted().id for folder in self.folders]

    def put(self, folder: Path, name: str, text: str) -> None:
        """Somebody puts a paper into the inbox."""
        paper = folder / "inbox" / "beitraege" / name
        write(paper, text.encode())
        os.utime(paper, (time.time() - SETTLED, time.time() - SETTLED))

    def received(self, folder: Path) -> list[str]:
        """The names of the papers in a ledger, in its order."""
        with find(folder).open(read_only=True) as ledger:
            return [str(entry.facts.get("name", entry.key)) for entry in ledger.entries("received")]

    def passes(self, folder: Path) -> list[dt.datetime]:
        """When there were daily passes."""
        with find(folder).open(read_only=True) as ledger:
            return [entry.at for entry in ledger.entries("pass")]

    def sound(self, folder: Path) -> bool:
        """Whether the ledger can be proven."""
        told = environment(HOME=str(self.place))
        done = subprocess.run(
            [str(SCRIPT), "verify", str(folder)], env=told, capture_output=True, text=True, check=False
        )
        return done.returncode == 0

    def runs(self, **what: Any) -> list[dict[str, Any]]:
        """The server's runs."""
        found: list[dict[str, Any]] = []
        with self.client() as client:
            while True:
                asked = {**what, "limit": 200, "offset": len(found), "sort": "ID_DESC"}
                portion = client.post("/flow_runs/filter", json=asked).raise_for_status().json()
                if not portion:
                    return found
                found += portion

    def under_way(self, plan: str | None = None) -> list[dict[str, Any]]:
        """The runs that are under way."""
        which: dict[str, Any] = {"state": {"type": {"any_": [*UNDER_WAY]}}}
        if plan:
            which["tags"] = {"all_": [plan]}
        return self.runs(flow_runs=which)

    def deployment(self, plan: str) -> dict[str, Any]:
        """The deployment of a plan's daily pass."""
        with self.client() as client:
            body = {"deployments": {"tags": {"all_": [plan]}, "name": {"like_": "Tageslauf"}}}
            found: list[dict[str, Any]] = client.post("/deployments/filter", json=body).raise_for_status().json()
            [deployment] = found
            return deployment

    def ask_for_pass(self, plan: str) -> str:
        """A daily pass is asked for; its run's id."""
        deployment = self.deployment(plan)
        with self.client() as client:
            made = client.post(
                f"/deployments/{deployment['id']}/create_flow_run", json={"state": {"type": "SCHEDULED"}}
            )
            return str(made.raise_for_status().json()["id"])

    def run(self, number: str) -> dict[str, Any]:
        """One run."""
        [found] = self.runs(flow_runs={"id": {"any_": [number]}})
        return found

    def ended(self, number: str) -> dict[str, Any]:
        """One run, when it has come to its end."""
        wait_for("no end", lambda: self.run(number)["end_time"])
        return self.run(number)

    @contextmanager
    def client(self) -> Generator[httpx.Client]:
        """Somebody who asks the server."""
        with httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api", auth=("admin", PASSWORD), timeout=60, trust_env=False
        ) as client:
            token = client.get("/csrf-token", params={"client": "tests"}).json()["token"]
            client.headers.update({"prefect-csrf-client": "tests", "prefect-csrf-token": token})
            yield client


def clubs(place: Path, number: int, postgres_url: str = "", *, at_once: int = 0) -> Clubs:
    """So many working folders with a paper in each inbox; databases for Prefect and each ledger, if there is a PostgreSQL."""
    place.mkdir(parents=True, exist_ok=True)
    made = Clubs(place, [place / f"club-{one:02}" for one in range(number)], free_port())
    made.postgres_port = int(postgres_url.rpartition(":")[2] or 0)
    today = dt.datetime.now(dt.UTC)
    for one, folder in enumerate(made.folders):
        plan = place / "plans" / folder.name
        plan.mkdir(parents=True)
        (plan / "plan.toml").write_text(_plan(one, today.date()), encoding="utf-8")
        create(plan, folder, now=today, ledger_url=_database(postgres_url, f"club_{one:02}_{made.port}"))
    prefect = _database(postgres_url, f"prefect_{made.port}").replace("+psycopg", "")
    lines = [
        f"folders = {[folder.name for folder in made.folders]}",
        f"port = {made.port}",
        f'password = "{PASSWORD}"',
        f"at_once = {at_once}",
        *([f'database = "{prefect}"'] if prefect else []),
    ]
    write(made.file, "".join(f"{line}\n" for line in lines).encode())
    return made


def _plan(number: int, today: dt.date) -> str:
    """The allotment club's plan, its dates moved so that its call is open today, under a name of its own."""
    ahead = today - _EPOCH - dt.timedelta(days=2)
    moved = re.sub(r"\d{4}-\d\d-\d\d", lambda day: f"{dt.date.fromisoformat(day[0]) + ahead}", PLAN)
    return moved.lstrip().replace("wasserordnung-2027", f"club-{number:02}", 1)


def _database(postgres_url: str, name: str) -> str:
    if not postgres_url:
        return ""
    engine = sa.create_engine(f"{postgres_url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{postgres_url}/{name}"


@contextmanager
def opened(found: Clubs) -> Generator[subprocess.Popen[str]]:
    """`staffelstab up installation.toml`, until the block ends."""
    command = [str(SCRIPT), "up", str(found.file), "--no-browser"]
    with (
        (found.place / "up.log").open("w") as log,
        subprocess.Popen(command, env=environment(), stdout=log, stderr=log, text=True) as process,
    ):
        try:
            wait_for("open", lambda: "staffelstab down" in (found.place / "up.log").read_text(), process)
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@contextmanager
def worker(
    found: Clubs,
    name: str,
    *,
    inside: Callable[..., list[str]] = lambda *words: list(words),
    at_once: int = 2,
    ends: int = 0,
) -> Generator[subprocess.Popen[str]]:
    """`staffelstab worker`, until the block ends; `inside` begins it in another network. It `ends` with this code."""
    home = found.place / f"home-{name}"
    home.mkdir(exist_ok=True)
    told = {"PREFECT_API_URL": f"http://127.0.0.1:{found.port}/api", "PREFECT_API_AUTH_STRING": f"admin:{PASSWORD}"}
    command = inside(str(SCRIPT), "worker", "--name", name, "--at-once", str(at_once))
    with (
        (found.place / f"{name}.log").open("a") as log,
        subprocess.Popen(
            command, env=environment(**told, HOME=str(home)), stdout=log, stderr=log, text=True
        ) as process,
    ):
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(PATIENCE_SECONDS)
    assert code == ends, (found.place / f"{name}.log").read_text()


def wait_for(
    what: str,
    there: Callable[[], object],
    process: subprocess.Popen[str] | None = None,
    patience: float = PATIENCE_SECONDS,
) -> float:
    """Wait; the seconds it took."""
    begun = time.monotonic()
    while not there():
        assert time.monotonic() < begun + patience, what
        assert process is None or process.poll() is None, what
        time.sleep(0.3)  # between two looks
    return time.monotonic() - begun


def memory(pid: int) -> int:
    """What a process alone holds in memory, in MB."""
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in said.splitlines() if line.startswith(("Private_", "SwapPss"))) // 1024
