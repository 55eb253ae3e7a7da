"""A fortnight live: `staffelstab serve` as people start it, scheduled runs by the clock of the day, in three time zones.

The wall clock of the processes is turned from evening to morning (wall_clock.py), all else is real: Prefect's server and
scheduler, the processes of the runs, the ledger. The organisation is not an example. Its club house has three computers, set to
St. John's (whose clocks change on 14 March 2027), UTC and Berlin (28 March); the folder goes from one to the next. Somebody comes
late, somebody moves the session while everything runs, and the outcome is entered by the form.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import temporary_settings

from staffelstab.ledger.values import Entry
from staffelstab.workspace import find
from tests.conftest import ROOT, at, require
from tests.deployments.garden import garden
from tests.deployments.wall_clock import WallClock
from tests.steps.made import put

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("live")]

PATIENCE_SECONDS = 120
MORNING = "07:00"


@dataclass
class Club:
    """The club's folder, its clock, and what its computers said."""

    root: Path
    clock: WallClock
    said: list[str] = field(default_factory=list)
    started: list[dt.datetime] = field(default_factory=list)

    def tell(self, zone: str, *words: str) -> str:
        """A command of ours on the computer set to `zone`."""
        command = [sys.executable, "-m", "commands.main", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.clock.environment(zone), capture_output=True, text=True, check=True
        )
        return done.stdout

    def journal(self, *kinds: str) -> list[Entry]:
        with find(self.root).open(read_only=True) as ledger:
            return ledger.entries(*kinds)

    def moments(self, kind: str) -> list[str]:
        """When something was entered, by Berlin's wall clock."""
        return [f"{at_berlin(entry.at):%m-%d %H:%M}" for entry in self.journal(kind)]

    def wait_for(self, what: str, there: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not there():
            assert time.monotonic() < until, f"{what}; passes: {self.moments('pass')}"
            time.sleep(0.2)  # between two looks

    def morning_of(self, day: dt.date) -> None:
        """The night passes; the morning's pass runs at seven."""
        self.clock.turn_to(at(f"{day} 06:59:58"))
        self.wait_for(f"no pass on {day}", lambda: f"{day:%m-%d} {MORNING}" in self.moments("pass"))


def at_berlin(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(at("2027-03-13").tzinfo)


@contextmanager
def serving(club: Club, zone: str) -> Generator[str]:
    """`staffelstab serve` on the computer set to `zone`: the server's address, once it is open; ended by Ctrl-C."""
    command = [sys.executable, "-m", "commands.main", "serve", str(club.root), "--port", "0"]
    environment = club.clock.environment(zone) | {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    passes = len(club.journal("pass"))
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if "Strg+C" in line:
                break
        try:
            club.started.append(club.journal("pass")[passes].at)
            yield next(line for line in lines if "http" in line).split()[-1]
        finally:
            process.send_signal(signal.SIGINT)
            club.said.append("".join(lines) + process.stdout.read())
    assert process.returncode == 0, club.said[-1]


def asked(address: str, question: Callable[[PrefectClient], Any]) -> Any:
    """What the server answers a client."""

    async def ask() -> Any:
        async with get_client() as client:
            return await question(client)

    with temporary_settings({"api.url": f"{address}/api", "client.csrf_support_enabled": True}):
        return asyncio.run(ask())


def runs(address: str) -> list[FlowRun]:
    """All runs the server knows."""

    async def read(client: PrefectClient) -> list[FlowRun]:
        return await client.read_flow_runs()

    found: list[FlowRun] = asked(address, read)
    return found


def names_to_come(address: str) -> set[str]:
    return {run.name for run in runs(address) if run.state_name in {"Scheduled", "Late"}}


def fill_in(address: str, form: str, **fields: object) -> None:
    """Start a run of a form's deployment as the interface does: the server, not this process, says what time it is."""
    with httpx.Client(base_url=f"{address}/api") as browser:
        token = browser.get("/csrf-token", params={"client": "browser"}).json()["token"]
        browser.headers.update({"prefect-csrf-client": "browser", "prefect-csrf-token": token})
        deployment = browser.get(f"/deployments/name/{form}").json()["id"]
        browser.post(f"/deployments/{deployment}/create_flow_run", json={"parameters": fields}).raise_for_status()


def days(first: int, last: int) -> list[dt.date]:
    return [dt.date(2027, 3, day) for day in range(first, last + 1)]


@pytest.fixture
def club(tmp_path: Path) -> Club:
    """A working folder, made in the morning of the first day."""
    club = Club(tmp_path / "akte", WallClock(tmp_path))
    club.clock.turn_to(at("2027-03-13 06:30"))
    club.tell("UTC", "init", str(garden(tmp_path / "plan")), str(club.root))
    return club


@pytest.mark.timeout(900)
def test_a_fortnight_by_the_clock_of_the_day(club: Club) -> None:
    with serving(club, "America/St_Johns"):
        for day in days(13, 15):
            club.morning_of(day)
        put(
            club.root, "beitraege/birkenweg.txt", "Von: Birkenweg\n\nDas Wasser ist zu knapp.\n", at("2027-03-15 18:00")
        )
        for day in days(16, 17):
            club.morning_of(day)
    assert [entry.facts["new"] for entry in club.journal("pass")][-2:] == [1, 0]

    club.clock.turn_to(at("2027-03-17 20:00"))
    with serving(club, "UTC") as address:
        for day in days(18, 19):
            club.morning_of(day)
        assert [entry.facts["occasion"] for entry in club.journal("letter")][-1] == "reminder"

        assert "Ergebnis eintragen · Sitzung am 24. März 2027" in names_to_come(address)
        club.clock.turn_to(at("2027-03-19 19:00"))
        given = ("--apply", "--by", "vorstand", "--reason", "Der Saal ist am 24. vergeben.")
        club.tell("UTC", "move", str(club.root), "vorstand-maerz", "2027-03-25", *given)
        moved = "Ergebnis eintragen · Sitzung am 25. März 2027"
        club.wait_for("the evening's run has not moved", lambda: moved in names_to_come(address))
        assert "Ergebnis eintragen · Sitzung am 24. März 2027" not in names_to_come(address)

        for day in days(20, 21):
            club.morning_of(day)
        club.clock.turn_to(at("2027-03-22 00:00:58"))
        club.wait_for("the call's end", lambda: "03-22 00:01" in club.moments("surveyed"))
        club.morning_of(dt.date(2027, 3, 22))
        club.clock.turn_to(at("2027-03-23 06:29:58"))
        club.wait_for("the freeze", lambda: "03-23 06:30" in club.moments("frozen"))
        club.morning_of(dt.date(2027, 3, 23))

    late = "Von: Quellweg\n\nDer Brunnen ist versandet.\n"
    put(club.root, "beitraege/quellweg.txt", late, at("2027-03-23 21:00"))
    club.clock.turn_to(at("2027-03-23 22:00"))
    with serving(club, "Europe/Berlin") as address:
        for day in days(24, 25):
            club.morning_of(day)
        club.clock.turn_to(at("2027-03-25 21:00"))
        fill_in(address, "decision/Ergebnis einer Sitzung eintragen", session="vorstand-maerz", outcome="noted", yes=5)
        club.wait_for("the hand-over after the decision", lambda: club.journal("handed_over"))
        club.clock.turn_to(at("2027-03-25 21:59:58"))
        club.wait_for("the evening's pass", lambda: "03-25 22:00" in club.moments("pass"))
        for day in days(26, 29):
            club.morning_of(day)
        states = {run.state_name for run in runs(address)}
        asked_for = [run for run in runs(address) if run.idempotency_key and ":decided-" in run.idempotency_key]

    assert states <= {"Completed", "Scheduled"}
    assert len(asked_for) == 1
    assert "Traceback" not in "".join(club.said)
    assert [line for said in club.said for line in said.splitlines() if "Etwas Unvorhergesehenes" in line] == []

    mornings = [entry.at for entry in club.journal("pass") if f"{at_berlin(entry.at):%H:%M:%S.%f}" == "07:00:00.000000"]
    assert mornings == [at(f"{day} 07:00") for day in days(13, 29)]
    assert [f"{at_berlin(moment):%z}" for moment in mornings[-3:]] == ["+0100", "+0200", "+0200"]
    assert len(club.started) == 3
    assert [entry.facts["missed"] for entry in club.journal("pass") if entry.facts["missed"]] == []
    with find(club.root).open(read_only=True) as ledger:
        assert ledger.verify() == []
    register = (club.root / "sessions").glob("*/dossier.md")
    assert any("Brunnen" not in path.read_text(encoding="utf-8") for path in register), (
        "late papers are not in the frozen one"
    )
