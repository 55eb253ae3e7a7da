"""Several clubs on one server, their ledgers and Prefect's runs on a PostgreSQL, and workers in networks of their own.

By hand, with figures: `python -m tests.deployments.many_plans PLANS [sqlite]`.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from staffelstab.files import write
from staffelstab.workspace import create, find
from tests.acceptance.cli import environment
from tests.deployments.club import SCRIPT, children
from tests.deployments.free_port import free_port
from tests.deployments.garden import PLAN
from tests.deployments.networks import network
from tests.ledger.conftest import postgres

SETTLED = 60
"""Seconds after which nobody is still writing a paper."""
PASSWORD = "a-password-of-the-workers-of-the-tests"
DEPLOYMENTS = 5
"""The daily pass, two phases and two forms."""
PATIENCE_SECONDS = 240
UNDER_WAY = ("RUNNING", "PENDING", "CANCELLING")
_numbers = count()
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
        [deployment] = self._deployments(tags={"all_": [plan]}, name={"like_": "Tageslauf"})
        return deployment

    def are_announced(self) -> bool:
        """Whether the server knows every plan's runs."""
        made = self._deployments()
        return all(sum(plan in item["tags"] for item in made) == DEPLOYMENTS for plan in self.plans)

    def _deployments(self, **which: Any) -> list[dict[str, Any]]:
        with self.client() as client:
            found: list[dict[str, Any]] = (
                client.post("/deployments/filter", json={"deployments": which}).raise_for_status().json()
            )
            return found

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
            name = f"tests-{next(_numbers)}"
            token = client.get("/csrf-token", params={"client": name}).json()["token"]
            client.headers.update({"prefect-csrf-client": name, "prefect-csrf-token": token})
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
    """What a process holds in memory, in MB; what it shares with others counts by its part of it."""
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in said.splitlines() if line.startswith(("Pss:", "SwapPss:"))) // 1024


# -- by hand -----------------------------------------------------------------------------------------------------------

Tell = Callable[[str], object]


def main(number: int, kind: str) -> None:
    """Open so many plans, and tell how long it takes and what it needs; with workers apart, one of them is cut off twice."""
    tell = sys.stdout.write
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="staffelstab-plans-")))
        url = "" if kind == "sqlite" else stack.enter_context(contextmanager(postgres)())
        found = clubs(place, number, url, at_once=0 if url else 2)
        for folder, paper in product(found.folders, range(12)):
            found.put(folder, f"first-{paper}.txt", f"Birkenweg: Wir brauchen Wasser, zum {paper}. Mal gesagt.")
        tell(f"{number} plans, {kind}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        begun = time.monotonic()
        up = stack.enter_context(opened(found))
        tell(f"open after {time.monotonic() - begun:.0f} s\n")
        apart = [
            stack.enter_context(network(place / name, found.port, found.postgres_port)) for name in ("a", "b") if url
        ]
        workers = [
            stack.enter_context(worker(found, f"worker-{one}", inside=net.inside)) for one, net in enumerate(apart)
        ]
        wait_for("first passes", lambda: all(map(found.passes, found.folders)), patience=3600)
        tell(f"all first passes after {time.monotonic() - begun:.0f} s; load {os.getloadavg()[0]:.1f}\n")
        _tell_needs(up.pid, [one.pid for one in workers], tell)
        for net in apart[:1]:
            _cut_off(found, "halted", net.halt, net.resume, tell)
            _cut_off(found, "refused", net.close, net.dig, tell)
        received = [found.received(folder) for folder in found.folders]
        tell(f"papers {sorted({len(one) for one in received})}, ")
        tell(f"all different: {all(len(set(one)) == len(one) for one in received)}; ")
        tell(f"sound: {all(map(found.sound, found.folders))}; under way: {len(found.under_way())}\n")


def _tell_needs(up: int, workers: Sequence[int], tell: Tell) -> None:
    time.sleep(20)  # until nothing of the start is left in the way
    before, since = _cpu(up), time.monotonic()
    needs = {_role(pid): memory(pid) for pid in (up, *children(up), *workers)}
    time.sleep(30)  # what it needs while nothing is to be done
    after, took = _cpu(up), time.monotonic() - since
    busy = {who: round((after[who] - spent) / took, 2) for who, spent in before.items()}
    tell(f"memory in MB {needs}; share of a core at rest {busy}\n")


def _cut_off(found: Clubs, how: str, cut: Callable[[], None], back: Callable[[], None], tell: Tell) -> None:
    """New papers and a pass for each plan; the first worker is cut off in the middle of its runs, and comes back."""
    for folder, paper in product(found.folders, range(12)):
        found.put(folder, f"{how}-{paper}.txt", f"Quellweg: Wir brauchen Licht, {how} {paper}.")
    before = {folder: len(found.passes(folder)) for folder in found.folders}
    begun = time.monotonic()
    asked = {found.ask_for_pass(plan): folder for plan, folder in zip(found.plans, found.folders, strict=True)}

    def of_the_first() -> list[dict[str, Any]]:
        return [run for run in found.under_way() if run["labels"].get("prefect.worker.name", "").startswith("worker-0")]

    def done(folders: Iterable[Path]) -> bool:
        return all(len(found.passes(folder)) > before[folder] for folder in folders)

    wait_for("runs", lambda: [run for run in of_the_first() if run["state_type"] == "RUNNING"], patience=600)
    lost = {run["id"] for run in of_the_first() if run["id"] in asked}
    cut()
    cut_at = dt.datetime.now(dt.UTC)
    others = [folder for run, folder in asked.items() if run not in lost]
    wait_for("others", lambda: done(others), patience=3600)
    tell(
        f"{how}: {len(lost)} runs cut off; the others' passes {time.monotonic() - begun:.0f} s after they were asked for; "
    )
    wait_for("closed", lambda: not lost & {run["id"] for run in found.under_way()}, patience=3600)
    ends = [dt.datetime.fromisoformat(found.run(one)["end_time"]) for one in lost]
    tell(f"closed {max((end - cut_at).total_seconds() for end in ends):.0f} s after it; ")
    wait_for("all", lambda: done(found.folders), patience=3600)
    tell(f"all passes after {time.monotonic() - begun:.0f} s; ")
    back()
    wait_for("rest", lambda: not found.under_way(), patience=600)
    tell(f"load {os.getloadavg()[0]:.1f}\n")


def _cpu(up: int) -> dict[str, float]:
    """Seconds of the processor, of `up` and what it has started."""
    spent = {}
    for pid in (up, *children(up)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        spent[_role(pid)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def _role(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_text()
    return next((role for role in ("asgi", "deployments.worker", "worker-0", "worker-1") if role in command), "up")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "postgresql")
