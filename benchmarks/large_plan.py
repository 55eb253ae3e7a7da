"""How long `staffelstab check` takes for a plan far larger than any, against reading its TOML and nothing more."""

from __future__ import annotations

import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import line, timed
from benchmarks.plans import write_plan

WITHIN = 2.0
"""Seconds within which the whole process shall have answered, for 1,000 phases and 10,000 items."""


def measure(phases: int = 1_000, items: int = 10_000, times: int = 3) -> Iterator[str]:
    """The lines of the report: the median of `times`, taken in turns so that load meets all alike."""
    with TemporaryDirectory(prefix="bench-") as folder:
        plan = write_plan(Path(folder), phases, items) / "plan.toml"
        source = plan.with_name("resolution.txt").read_text(encoding="utf-8")
        work: dict[str, Callable[[], float]] = {
            "parsing its TOML alone": lambda: _parsing(plan),
            "loading: parsed, converted, resolved": lambda: _loading(plan),
            "staffelstab check, without the resolution": lambda: _checking(plan, ""),
            "staffelstab check, the resolution beside it": lambda: _checking(plan, source),
        }
        rounds = [{name: done() for name, done in work.items()} for _ in range(times)]
        size = plan.stat().st_size / 1e6
    found = {name: median(each[name] for each in rounds) for name in work}
    baseline = next(iter(found.values()))
    yield f"Checking {phases:,} phases and {items:,} items ({size:.1f} MB), the median of {times}; × against parsing alone;"
    yield f"  wanted: the whole process within {WITHIN} s"
    for name, seconds in found.items():
        yield line(name, seconds, baseline)


def _parsing(plan: Path) -> float:
    text = plan.read_text(encoding="utf-8")
    begun = time.perf_counter()
    tomllib.loads(text)
    return time.perf_counter() - begun


def _loading(plan: Path) -> float:
    """A comment makes it a plan that nobody has loaded before: one that was is known, and takes no time."""
    from staffelstab.timetable.plan.load import plan_from

    begun = time.perf_counter()
    plan_from(f"{plan.read_text(encoding='utf-8')}# {begun}\n")
    return time.perf_counter() - begun


def _checking(plan: Path, source: str) -> float:
    """The process as a whole, whatever it finds."""
    beside = plan.with_name("resolution.txt")
    beside.unlink(missing_ok=True)
    if source:
        beside.write_text(source, encoding="utf-8")
    return timed(sys.executable, "-m", "commands.main", "check", str(plan))
