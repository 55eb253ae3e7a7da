"""Play it: `python -m tests.live_year [SEED] [--from DAY] [--to DAY] [--keep FOLDER]`, or `--look FOLDER` at one that was kept."""

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
from tests.live_year.script import BEGINS, ENDS, script
from tests.live_year.served import LiveYear

LIVED = "lived.pickle"


def main() -> int:
    """1 if anything was not as it should be."""
    options = _arguments()
    os.environ["STAFFELSTAB_LANGUAGE"] = "de"
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    if options.look:
        return look(options.look)
    with tempfile.TemporaryDirectory(prefix="live-year-") as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        play(place, options.seed, _noon(options.first) or BEGINS, _noon(options.last) or ENDS)
        return look(place)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.live_year", description=__doc__)
    parser.add_argument("seed", nargs="?", type=int, default=2018, help="chooses the instants of the kills")
    parser.add_argument("--from", dest="first", type=dt.date.fromisoformat, help="play up to here without a server")
    parser.add_argument("--to", dest="last", type=dt.date.fromisoformat, help="and no further than here")
    kept = "a new folder for everything that is written; a file live/stop in it ends the year early"
    parser.add_argument("--keep", type=Path, help=kept)
    parser.add_argument("--look", type=Path, help="only ask everything again of such a folder")
    return parser.parse_args()


def _noon(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(12, 30), BERLIN) if day else None


def play(place: Path, seed: int, begin: dt.datetime, end: dt.datetime) -> None:
    """The rehearsal and the year between two moments, below `place`."""
    _at_home(place)
    told, begun = script(place / "plan", seed), time.monotonic()
    calm, live, clock = place / "calm" / "akte", place / "live" / "akte", place / "clock"
    calm.parent.mkdir()
    clock.mkdir()
    enter(calm, ["init", str(place / "plan"), str(calm)], BEGINS)
    if begin > BEGINS:
        rehearse(calm, told, begin)
    shutil.copytree(calm, live)  # with its secret, so that both call a paper by the same name
    say(f"rehearsed up to {begin:%Y-%m-%d} in {time.monotonic() - begun:.0f} s")
    begun = time.monotonic()
    year = LiveYear(live, place / "live", WallClock(clock), seed, say)
    end = year.live(told, begin, end)
    say(f"lived {len(year.fired)} runs in {time.monotonic() - begun:.0f} s")
    begun = time.monotonic()
    runs = rehearse(calm, told, end, begin)
    say(f"rehearsed {runs} runs in {time.monotonic() - begun:.0f} s")
    verified = year.tell("verify", str(live)).strip()
    seen = Lived(year.fired, year.killed, year.off, year.spoken, year.faults, year.followed, verified, end, seed)
    (place / LIVED).write_bytes(pickle.dumps(seen))


def look(place: Path) -> int:
    """Ask everything of a year that was lived and say the answers; 1 if there is a fault."""
    _at_home(place)
    lived: Lived = pickle.loads((place / LIVED).read_bytes())
    root, checks = place / "live" / "akte", Checks()
    prefect = PrefectFile(home_of(root) / "prefect.db")
    with tempfile.TemporaryDirectory() as folder:
        told = script(Path(folder) / "plan", lived.seed)
    each_once(checks, lived, prefect)
    none_open(checks, prefect, lived.end)
    followed = ", ".join(f"{seconds:.1f} s" for seconds in lived.followed)
    checks.say(f"the schedules followed dates that were confirmed and moved after {followed or '-'}", lived.faults)
    checks.say(f"staffelstab verify: {lived.verified}")
    sound(checks, root, lived)
    same_journal(checks, place / "calm" / "akte", root, told, lived)
    nothing_leaked(checks, root, lived)
    say("\n".join(["", *checks.lines, f"{len(checks.faults)} faults"]))
    return int(bool(checks.faults))


def _at_home(place: Path) -> None:
    """What this very process notes outside of the folders."""
    os.environ |= {"XDG_STATE_HOME": str(place / "rehearsed-state"), "PREFECT_HOME": str(place / "rehearsed-prefect")}


def say(line: str) -> None:
    """At once, with the time."""
    sys.stdout.write(f"[{time.strftime('%H:%M:%S')}] {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
