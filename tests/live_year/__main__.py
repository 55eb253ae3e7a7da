"""Play it: `python -m tests.live_year [SEED] [--from DAY] [--to DAY] [--keep FOLDER]`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import pickle
import shutil
import sys
import tempfile
import time
from pathlib import Path

from deployments.server.process import home_of
from tests.conftest import BERLIN
from tests.deployments.wall_clock import WallClock
from tests.live_year.checked import Checks, Lived, each_once, none_open, nothing_leaked, same_journal, sound
from tests.live_year.prefect_file import PrefectFile
from tests.live_year.rehearsed import enter, rehearse
from tests.live_year.script import BEGINS, ENDS, Script, script
from tests.live_year.served import LiveYear


def main() -> int:
    """1 if anything was not as it should be."""
    options = _arguments()
    os.environ["STAFFELSTAB_LANGUAGE"] = "de"
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="live-year-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        return play(place, options.seed, _evening(options.first) or BEGINS, _evening(options.last) or ENDS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.live_year", description=__doc__)
    parser.add_argument("seed", nargs="?", type=int, default=2018)
    parser.add_argument("--from", dest="first", type=dt.date.fromisoformat, help="play up to here without a server")
    parser.add_argument("--to", dest="last", type=dt.date.fromisoformat, help="and no further than here")
    parser.add_argument("--keep", type=Path, help="a new folder for everything that is written, to be looked at")
    return parser.parse_args()


def _evening(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(12, 30), BERLIN) if day else None


def play(place: Path, seed: int, begin: dt.datetime, end: dt.datetime) -> int:
    """The rehearsal and the year between two moments, below `place`; 1 if anything was not as it should be."""
    os.environ |= {"XDG_STATE_HOME": str(place / "rehearsed-state"), "PREFECT_HOME": str(place / "rehearsed-prefect")}
    told, begun = script(place / "plan", seed), time.monotonic()
    calm, live = place / "calm" / "akte", place / "live" / "akte"
    calm.parent.mkdir()
    enter(calm, ["init", str(place / "plan"), str(calm)], BEGINS)
    if begin > BEGINS:
        rehearse(calm, told, begin)
    shutil.copytree(calm, live)
    clock = place / "clock"
    clock.mkdir()
    year = LiveYear(live, place / "live", WallClock(clock), seed, say)
    begun = time.monotonic()
    end = year.live(told, begin, end)
    lived = Lived(live, home_of(live), year.fired, year.killed, year.off)
    say(f"lived {len(year.fired)} runs in {time.monotonic() - begun:.0f} s")
    (place / "lived.pickle").write_bytes(pickle.dumps((lived, year.spoken, year.faults, year.followed, end)))
    begun = time.monotonic()
    runs = rehearse(calm, told, end, begin)
    say(f"rehearsed {runs} runs in {time.monotonic() - begun:.0f} s")
    return look(calm, lived, told, year)


def look(calm: Path, lived: Lived, told: Script, year: LiveYear) -> int:
    """Ask everything and say the answers; 1 if there is a fault."""
    checks, prefect = Checks(), PrefectFile(lived.home / "prefect.db")
    verified = year.tell("verify", str(lived.root)).strip()
    each_once(checks, lived, prefect)
    none_open(checks, prefect, year.clock.now())
    followed = ", ".join(f"{seconds:.1f} s" for seconds in year.followed)
    checks.say(f"schedules followed the dates that were confirmed and moved after {followed}", year.faults)
    checks.say(f"staffelstab verify: {verified}")
    sound(checks, lived)
    same_journal(checks, calm, lived, told)
    nothing_leaked(checks, lived, "".join(year.spoken))
    say("\n".join(["", *checks.lines]))
    return int(bool(checks.faults))


def say(line: str) -> None:
    """At once, also into a file."""
    sys.stdout.write(f"[{time.strftime('%H:%M:%S')}] {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
