"""The year live: `staffelstab up` on a clock that is turned from moment to moment, papers and entries in time, and disturbances."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from deployments.server.process import home_of
from staffelstab.timetable.agenda.planned_runs import DAILY, PlannedRun, daily_passes, planned_runs
from staffelstab.workspace import find
from tests.conftest import BERLIN, ROOT
from tests.deployments.club import children, command_of
from tests.deployments.wall_clock import WallClock
from tests.live_year.prefect_file import PrefectFile
from tests.live_year.script import Command, Fault, Kill, Off, Script, deliver, next_runs

ZONE = "Europe/Berlin"
LEAD = dt.timedelta(seconds=3)
"""So long before a moment the clock is turned to: a run's process needs about that to start, and is fetched ten seconds ahead."""
PATIENCE = 180.0
BEAT = 0.1
SCRIPT = Path(sys.executable).with_name("staffelstab")


@dataclass(frozen=True)
class Fired:
    """A run of the plan whose moment came while the runner was there: `slug`, and the seconds until all was done."""

    at: dt.datetime
    slug: str
    name: str
    seconds: float


@dataclass
class LiveYear:
    """The folder, its clock, and what happened."""

    root: Path
    place: Path
    clock: WallClock
    seed: int
    say: Callable[[str], None]
    fired: list[Fired] = field(default_factory=list)
    killed: dict[tuple[dt.datetime, str], str] = field(default_factory=dict)
    off: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What should not have been seen while it ran."""
    followed: list[float] = field(default_factory=list)
    """After so many seconds the schedules had followed a date that was moved or confirmed."""

    def __post_init__(self) -> None:
        self.prefect = PrefectFile(home_of(self.root) / "prefect.db")
        self._up: subprocess.Popen[str] | None = None
        self._chance = random.Random(self.seed)

    # -- starting and ending -----------------------------------------------------------------------------------------

    def environment(self) -> dict[str, str]:
        """That of all processes: the turned clock, and a home of its own, so that whatever is written there can be searched."""
        home = self.place / "home"
        home.mkdir(exist_ok=True)
        own = {"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache")}
        return self.clock.environment(ZONE) | own | {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "STAFFELSTAB_LANGUAGE": "de"}

    def open(self) -> None:
        """Start it, and wait until its first pass is over and everything is open."""
        begun = time.monotonic()
        command = [str(SCRIPT), "up", str(self.root), "--no-browser", "--port", "0"]
        up = subprocess.Popen(
            command, cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(up, ready), daemon=True).start()
        self._up = up
        while not ready.wait(BEAT):
            if up.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise AssertionError("not opened: " + "".join(self.spoken[-20:]))
        self.quiet()
        self.say(f"{self.clock.now().astimezone(BERLIN):%Y-%m-%d %H:%M:%S} open after {time.monotonic() - begun:.0f} s")

    def _listen(self, up: subprocess.Popen[str], ready: threading.Event) -> None:
        assert up.stdout is not None
        for line in up.stdout:
            self.spoken.append(line)
            if "Strg+C" in line:
                ready.set()

    def close(self) -> None:
        """End it as Ctrl-C does."""
        up = self._running
        up.send_signal(signal.SIGINT)
        if up.wait(PATIENCE) != 0:
            self.faults.append(f"ended with {up.returncode} on Ctrl-C")
        self._up = None

    @property
    def _running(self) -> subprocess.Popen[str]:
        assert self._up is not None
        return self._up

    # -- the year ----------------------------------------------------------------------------------------------------

    def live(self, script: Script, begin: dt.datetime, end: dt.datetime) -> dt.datetime:
        """Everything from `begin` on, where the folder stands, to `end`; nothing is left running.

        Returns when it ended: earlier, if somebody has put a file called `stop` beside the folder.
        """
        try:
            return self._live(script, begin, end)
        finally:
            if self._up is not None:
                self._up.terminate()
                self._up.wait(PATIENCE)

    def _live(self, script: Script, begin: dt.datetime, end: dt.datetime) -> dt.datetime:
        inputs = [item for item in script.deliveries if item.at >= begin]
        things: list[Command | Fault] = [item for item in (*script.late, *script.faults) if item.at >= begin]
        things.sort(key=lambda item: item.at)
        self.clock.turn_to(begin)
        cursor = begin
        self.open()
        while True:
            coming = next_runs(find(self.root).plan(self.clock.now()), cursor)
            moment = coming[0].at
            first = min(moment, end, things[0].at if things else end)
            while inputs and inputs[0].at < first:
                deliver(self.root, inputs.pop(0))
            if first == end or (self.place / "stop").exists():
                end = self.clock.now()
                break
            if things and things[0].at <= moment:
                thing = things.pop(0)
                if isinstance(thing, Off):
                    while inputs and inputs[0].at < min(thing.until, end):
                        deliver(self.root, inputs.pop(0))
                    things = self._missing(thing, things, end)
                    cursor = min(thing.until, end)
                    if cursor == end:
                        return thing.at  # since when nothing runs
                    continue
                if isinstance(thing, Kill) and thing.writing:
                    self._killed_in(thing, coming)
                    cursor = moment
                    continue
                self.clock.turn_to(thing.at)
                if isinstance(thing, Kill):
                    self._kill_between(thing)
                else:
                    self._enter(thing)
                cursor = thing.at
                continue
            self._come(coming)
            cursor = moment
        if self.clock.now() < end:
            self.clock.turn_to(end)
        self.quiet()
        self._look_at_schedules("at the end")
        self.close()
        return end

    def _missing(self, off: Off, things: list[Command | Fault], end: dt.datetime) -> list[Command | Fault]:
        """Nothing runs for some time; whatever would be entered meanwhile is not."""
        self.clock.turn_to(off.at)
        self.quiet()
        self.close()
        self.off.append((off.at, off.until))
        self.say(f"{off.at:%Y-%m-%d %H:%M} off until {off.until:%Y-%m-%d %H:%M}")
        if off.until < end:
            self.clock.turn_to(off.until)
            self.open()
        return [thing for thing in things if thing.at >= off.until]

    def tell(self, *words: str) -> str:
        """What a command of ours answers, on the same clock."""
        done = subprocess.run(
            [str(SCRIPT), *words], cwd=self.place, env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            self.faults.append(f"{words[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def _enter(self, command: Command) -> None:
        self.tell(*command.of(self.root))
        self.say(f"{command.at:%Y-%m-%d %H:%M} {' '.join(command.words[:3])}")
        if command.words[0] in {"move", "confirm"}:
            begun = time.monotonic()
            self._wait("the schedules to follow", lambda: not self._stale())
            self.followed.append(time.monotonic() - begun)
            self._look_at_schedules(command.words[0])

    def _come(self, coming: Sequence[PlannedRun]) -> None:
        """A scheduled moment comes, and everything of it comes to its end."""
        begun = time.monotonic()
        self._turn_to(coming)
        self._wait(f"{coming[0].at} to end", lambda: self._over(coming))
        seconds = time.monotonic() - begun
        self.fired += [Fired(run.at, slug_of(run), run.name, seconds) for run in coming]
        runs = self.prefect.at(coming[0].at)
        marks = "" if all(run.state == "COMPLETED" for run in runs) else f" {[(run.name, run.said) for run in runs]}"
        if marks or not all(run.slug.startswith(DAILY) for run in coming) or coming[0].at.day % 7 == 1:
            self.say(f"{coming[0].at:%Y-%m-%d %H:%M%z} {'; '.join(run.name for run in coming)} {seconds:.1f} s{marks}")

    def _turn_to(self, coming: Sequence[PlannedRun]) -> None:
        """To just before a moment, once the server has its runs ahead of it."""
        moment, wanted = coming[0].at, {slug_of(run) for run in coming}
        self._wait(f"{moment} to be scheduled", lambda: wanted <= {run.slug for run in self.prefect.at(moment)})
        if self.clock.now() < moment - LEAD:
            self.clock.turn_to(moment - LEAD)

    def _over(self, coming: Sequence[PlannedRun]) -> bool:
        now = self.clock.now()
        if now <= coming[0].at:
            return False
        runs = self.prefect.at(coming[0].at)
        return not any(run.open for run in runs) and not self.prefect.due(now)

    def quiet(self) -> None:
        """Wait until nothing is under way that was due."""
        self._wait("the end of what is due", lambda: not self.prefect.due(self.clock.now()))

    def _wait(self, what: str, there: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while not there():
            assert self._up is None or self._up.poll() is None, "ended by itself: " + "".join(self.spoken[-20:])
            assert time.monotonic() < until, f"{what}; {self.clock.now()}; {self.prefect.due(self.clock.now())}"
            time.sleep(BEAT)

    # -- what the server knows ---------------------------------------------------------------------------------------

    def _stale(self) -> set[tuple[str, str]]:
        """What the server has scheduled that the plan has not, and what it has not of the plan."""
        now = self.clock.now()
        plan = find(self.root).plan(now)
        ours = {(run.slug, run.at.astimezone(dt.UTC).isoformat()) for run in planned_runs(plan) if run.at > now}
        found = [run for run in self.prefect.runs("WHERE state_type = 'SCHEDULED'") if run.scheduled and run.due]
        theirs = {(run.slug, run.due.astimezone(dt.UTC).isoformat()) for run in found if run.due and run.due > now}
        mornings = {item for item in theirs if item[0] == DAILY}
        days = {run.at.astimezone(dt.UTC).isoformat() for run in daily_passes(plan, now.date(), 900)}
        wrong = {item for item in mornings if item[1] not in days}
        slugs = {
            (slug, "schedule") for slug in self.prefect.slugs() ^ {DAILY, *(run.slug for run in planned_runs(plan))}
        }
        return ((theirs - mornings) ^ ours) | wrong | slugs

    def _look_at_schedules(self, when: str) -> None:
        if stale := self._stale():
            self.faults.append(f"{when}: stale or missing schedules {sorted(stale)}")

    # -- kills -------------------------------------------------------------------------------------------------------

    def _killed_in(self, kill: Kill, coming: Sequence[PlannedRun]) -> None:
        """The run of a moment writes, and somebody is killed."""
        before = self._entries()
        self._turn_to(coming)
        self._wait("the run to write", lambda: self._entries() > before)
        time.sleep(self._chance.uniform(0, 0.3))
        [run] = coming
        wrote = self._entries() - before
        self.killed[kill.at, slug_of(run)] = kill.whom
        self._kill(kill)
        self.say(f"{kill.at:%Y-%m-%d %H:%M} {kill.whom} killed in {run.name} after {wrote} entries")
        if kill.whom == "run":
            self._wait("the killed run to be noticed", lambda: self._over(coming))
        else:
            self.open()
        self.say(f"  {[(one.name, one.state, one.said) for one in self.prefect.at(kill.at)]}")

    def _kill_between(self, kill: Kill) -> None:
        self.quiet()
        self._kill(kill)
        self.say(f"{kill.at:%Y-%m-%d %H:%M} {kill.whom} killed")
        self.open()

    def _kill(self, kill: Kill) -> None:
        up = self._running
        offspring = {pid: command_of(pid) for pid in children(up.pid)}
        [server] = [pid for pid, command in offspring.items() if "deployments.server.asgi" in command]
        runs = [pid for pid in offspring if pid != server]
        if kill.whom == "run":
            assert runs
            for pid in runs:
                os.kill(pid, signal.SIGKILL)
            return
        begun, spoken = time.monotonic(), len(self.spoken)
        os.kill(server if kill.whom == "server" else up.pid, signal.SIGKILL)
        up.wait(PATIENCE)
        self.say(
            f"  ended after {time.monotonic() - begun:.1f} s with {up.returncode}: {''.join(self.spoken[spoken:]).strip()}"
        )
        self._up = None
        if runs:
            self._wait("the end of the run that lost its runner", lambda: not any(command_of(pid) for pid in runs))
            self.say(f"  its run ended after {time.monotonic() - begun:.1f} s")

    def _entries(self) -> int:
        with closing(sqlite3.connect(f"file:{self.root / 'ledger.db'}?mode=ro", uri=True, timeout=20)) as connection:
            return int(connection.execute("SELECT max(seq) FROM entries").fetchone()[0])


def slug_of(run: PlannedRun) -> str:
    """The slug of the schedule: every morning's pass has the same."""
    return DAILY if run.slug.startswith(DAILY) else run.slug
