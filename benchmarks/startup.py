"""How long the command line takes to start, against a Python that does nothing (`python -c pass`)."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import line, timed
from staffelstab.workspace import create

WITHIN = 0.4
"""Seconds within which the command line shall have answered on the machine of the first measurements."""

AT_MOST = 8
"""How often a Python that does nothing may start while `status` answers."""


def measure(example: Path, times: int) -> Iterator[str]:
    """The lines of the report: the median of `times` starts each, taken in turns so that load meets all alike.

    The first round only compiles what is imported, as an installation does, and is not counted.
    """
    with TemporaryDirectory(prefix="bench-") as folder:
        work = Path(folder) / "work"
        create(example, work, now=dt.datetime(2017, 12, 15, tzinfo=dt.UTC))
        ours = (sys.executable, "-m", "commands.main")
        calls = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "staffelstab --help": (*ours, "--help"),
            "staffelstab status": (*ours, "status", str(work), "--now", "2018-01-05T08:00"),
            "staffelstab check": (*ours, "check", str(example)),
        }
        bytecode = Path(folder) / "bytecode"
        rounds = [{name: timed(*call, bytecode=bytecode) for name, call in calls.items()} for _ in range(times + 1)]
    found = {name: median(each[name] for each in rounds[1:]) for name in calls}
    baseline = next(iter(found.values()))
    yield f"Starting, the median of {times}; × against `python -c pass`; wanted: status and --help within {WITHIN} s,"
    yield f"  status × {AT_MOST} at most"
    for name, seconds in found.items():
        yield line(name, seconds, baseline)
