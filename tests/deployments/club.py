"""A club's working folder served live, on a clock that a test turns: what several tests of the server share."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun

from staffelstab.ledger.values import Entry
from staffelstab.timetable.agenda.planned_runs import planned_runs
from staffelstab.workspace import find
from tests.conftest import ROOT, at
from tests.deployments.person import Person, signed_in
from tests.deployments.wall_clock import WallClock

PATIENCE_SECONDS = 240
MORNING = "07:00"
SCRIPT = Path(sys.executable).with_name("staffelstab")
"""The command as it is installed: unlike `python -m` it does not look for modules where a person stands."""
PORTION = 200
"""So many runs the server tells at once."""


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
        """Look again and again; a look that costs the server much is taken less often, so that what is awaited has its share."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            began = time.monotonic()
            if there():
                return
            assert time.monotonic() < until, f"{what}; passes: {self.moments('pass')}"
            time.sleep(max(0.2, 4 * (time.monotonic() - began)))  # between two looks

    def planned_before(self, morning: dt.datetime) -> list[dt.datetime]:
        """When the plan's own runs take place between now and a morning's pass."""
        now = self.clock.now()
        return sorted({run.at for run in planned_runs(find(self.root).plan(now)) if now < run.at < morning})

    def was_at_work(self, moment: dt.datetime) -> bool:
        """Whether a run about this moment has noted that it was there: a pass, or a phase alone."""
        return any(entry.at == moment for entry in self.journal("pass", "surveyed"))

    def morning_of(self, day: dt.date) -> None:
        """The night passes; what has a run of its own until then gets it in time, and the morning's pass runs at seven."""
        for moment in self.planned_before(at(f"{day} {MORNING}")):
            self.clock.turn_to(moment - dt.timedelta(seconds=2))
            self.wait_for(f"no run at {moment}", partial(self.was_at_work, moment))
        self.clock.turn_to(at(f"{day} 06:59:58"))
        self.wait_for(f"no pass on {day}", lambda: f"{day:%m-%d} {MORNING}" in self.moments("pass"))


def at_berlin(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(at("2027-03-13").tzinfo)


@contextmanager
def serving(
    club: Club, zone: str, *, kill: bool = False, where: Path = ROOT, product: Path | None = None
) -> Generator[Person]:
    """`staffelstab up` on the computer set to `zone`, called `where` a person stands: somebody who has signed in by its link.

    `product`: another copy of the product than the installed one.

    Ended by Ctrl-C; or it is killed with everything it has started, as when the computer is switched off.
    """
    program = [sys.executable, "-m", "commands.main"] if product else [str(SCRIPT)]
    command = [*program, "up", str(club.root), "--no-browser", "--port", "0"]
    environment = club.clock.environment(zone) | {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    passes = len(club.journal("pass"))
    with subprocess.Popen(
        command, cwd=product or where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if "Strg+C" in line:
                break
        try:
            club.started.append(club.journal("pass")[passes].at)
            yield signed_in(next(line for line in lines if "http" in line).split()[-1])
        finally:
            if kill:
                kill_with_children(process.pid)
            else:
                process.send_signal(signal.SIGINT)
            club.said.append("".join(lines) + process.stdout.read())
    assert process.returncode == (-signal.SIGKILL if kill else 0), club.said[-1]


def kill_with_children(pid: int) -> None:
    """Kill a process and all that came of it, its server and the processes of runs; halted first, so that none is missed."""
    tree = [pid]
    for one in tree:  # which grows
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGSTOP)
            tree += children(one)
    for one in tree:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    with suppress(FileNotFoundError):
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
        return [int(one) for text in lists for one in text.split()]
    return []


def command_of(pid: int) -> str:
    """How a process was called; "" if it has gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


def runs(person: Person) -> list[FlowRun]:
    """All runs the server knows, portion by portion; those that come meanwhile shift the portions, so each counts once."""

    async def read(client: PrefectClient) -> list[FlowRun]:
        found: list[FlowRun] = []
        while portion := await client.read_flow_runs(limit=PORTION, offset=len(found)):
            found += portion
        return list({run.id: run for run in found}.values())

    found: list[FlowRun] = person.asked(read)
    return found


def failures(person: Person) -> list[tuple[str, str | None]]:
    """The runs that failed, crashed or were cancelled: state and name."""
    bad = {"Failed", "Crashed", "TimedOut", "Cancelled", "Cancelling"}
    return sorted((str(run.state_name), run.name) for run in runs(person) if run.state_name in bad)


def left_over(club: Club, person: Person) -> list[tuple[str, str | None]]:
    """The runs whose moment has passed and which have not come to an end: state and name."""
    open_states = {"Running", "Pending", "Late", "Scheduled", "AwaitingConcurrencySlot", "AwaitingRetry", "Retrying"}
    now = club.clock.now()
    return sorted(
        (str(run.state_name), run.name)
        for run in runs(person)
        if run.state_name in open_states and run.expected_start_time and run.expected_start_time <= now
    )


def overview(person: Person, key: str) -> str:
    """The last overview under a key, as the interface shows it."""
    with person.browser() as browser:
        return str(browser.get(f"/artifacts/{key}/latest").raise_for_status().json()["data"])


def names_to_come(person: Person) -> set[str]:
    return {run.name for run in runs(person) if run.state_name in {"Scheduled", "Late"}}


def fill_in(person: Person, form: str, **fields: object) -> None:
    """Start a run of a form's deployment as the interface does: the server, not this process, says what time it is."""
    with person.browser() as browser:
        deployment = browser.get(f"/deployments/name/{form}").json()["id"]
        browser.post(f"/deployments/{deployment}/create_flow_run", json={"parameters": fields}).raise_for_status()
