"""Bare Prefect doing nothing: N empty flows of M empty tasks on the rehearsal's own server, as a baseline for its overhead.

python -m benchmarks.bare_prefect --flows 20 --tasks 5
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from prefect import flow, task

from deployments.server import rehearsal_server


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one measurement: the start of the server, and each flow with its tasks."""

    start: float
    flows: tuple[float, ...]
    tasks: int

    @property
    def per_flow(self) -> float:
        """Mean seconds of a flow, its tasks included."""
        return sum(self.flows) / len(self.flows)

    @property
    def worst(self) -> float:
        """Seconds of the slowest flow: a client that was turned away waits here."""
        return max(self.flows)


@task(persist_result=False)
def nothing() -> None:
    """Do nothing."""


@flow(persist_result=False)
def empty(tasks: int) -> None:
    """Do nothing, `tasks` times."""
    for _ in range(tasks):
        nothing()


def measure(flows: int, tasks: int, home: Path) -> Cost:
    """Run `flows` empty flows of `tasks` empty tasks, one after the other, after one to warm up."""
    before = time.perf_counter()
    with rehearsal_server(home):
        start = time.perf_counter() - before
        empty(tasks)
        return Cost(start, tuple(_seconds(tasks) for _ in range(flows)), tasks)


def _seconds(tasks: int) -> float:
    before = time.perf_counter()
    empty(tasks)
    return time.perf_counter() - before


def per_task(few: Cost, many: Cost) -> float:
    """Seconds that one more task costs, from two measurements."""
    return (many.per_flow - few.per_flow) / (many.tasks - few.tasks)


def main() -> None:
    """Measure with the tasks asked for and with none; print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flows", type=int, default=20, help="flows to run")
    parser.add_argument("--tasks", type=int, default=5, help="tasks in each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        none = measure(options.flows, 0, Path(folder, "none"))
        some = measure(options.flows, options.tasks, Path(folder, "some"))
    print(f"server ready after {min(none.start, some.start):.1f} s")
    print(f"a flow without tasks {none.per_flow:.3f} s")
    print(f"a flow of {options.tasks} tasks {some.per_flow:.3f} s, the slowest {some.worst:.3f} s")
    if options.tasks:
        print(f"one more task {per_task(none, some) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
