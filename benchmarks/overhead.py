"""The rehearsal's overhead over bare Prefect: the same flows and tasks, empty, on the same kind of server."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Clock, apart, line
from deployments.server.process import rehearsal_server

RUNS = "SELECT id, parent_task_run_id FROM flow_run ORDER BY start_time"
TASKS = "SELECT id, flow_run_id FROM task_run WHERE flow_run_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Shape:
    """A flow run without what it did: how many tasks of its own it ran, and which flows it called."""

    tasks: int
    inner: tuple[Shape, ...] = ()

    @property
    def flows(self) -> int:
        """Flow runs in it, itself among them."""
        return 1 + sum(each.flows for each in self.inner)

    @property
    def all_tasks(self) -> int:
        """Task runs in it."""
        return self.tasks + sum(each.all_tasks for each in self.inner)


def measure(example: Path, until: dt.date | None) -> Iterator[str]:
    """The lines of the report."""
    with TemporaryDirectory(prefix="bench-") as folder:
        out = Path(folder) / "out"
        real, peak = apart(_rehearse, example, out, until)
        shapes = _shapes(next(Path(folder).glob(".out*/prefect.db")))
        bare, _ = apart(_bare, shapes, Path(folder) / "bare")
    flows, tasks = sum(each.flows for each in shapes), sum(each.all_tasks for each in shapes)
    yield f"Rehearsal of {example.name}: {flows} flow runs, {tasks} task runs; × against bare Prefect, the same runs empty"
    yield line("bare Prefect: server", bare.stages["server"], bare.total)
    yield line("bare Prefect: empty flows and tasks", bare.stages["runs"], bare.total)
    yield line("bare Prefect together", bare.total, bare.total)
    yield line("rehearsal, server and reports included", real.total, bare.total, f"peak {peak} MB without server")
    runs = flows + tasks
    yield f"  a run costs {1000 * bare.total / runs:.0f} ms in bare Prefect, {1000 * real.total / runs:.0f} ms in the rehearsal"


def _rehearse(example: Path, out: Path, until: dt.date | None) -> Clock:
    import contextlib
    import io

    from commands.rehearse import rehearse
    from staffelstab.timetable.plan.load import find_plan, load_plan

    clock = Clock()
    with clock.stage("rehearsal"), contextlib.redirect_stdout(io.StringIO()):
        plan = load_plan(example)
        rehearse(plan, find_plan(example), out, until=until)
    return clock


def _shapes(database: Path) -> list[Shape]:
    """The flow runs that no other flow called, in the order of their beginning, from Prefect's own database."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        runs = connection.execute(RUNS).fetchall()
        tasks = connection.execute(TASKS).fetchall()
    flow_of = dict(tasks)
    called: dict[str | None, list[str]] = defaultdict(list)
    for run, parent in runs:
        called[flow_of.get(parent)].append(run)
    placeholders = {parent for _, parent in runs}  # Prefect notes a called flow as a task of its caller too
    own: dict[str, int] = defaultdict(int)
    for task, flow in tasks:
        own[flow] += task not in placeholders

    def shape(run: str) -> Shape:
        return Shape(own[run], tuple(shape(inner) for inner in called[run]))

    return [shape(run) for run in called[None]]


def _bare(shapes: list[Shape], home: Path) -> Clock:
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE

    @task(cache_policy=NO_CACHE, persist_result=False)
    def nothing() -> None:
        """An empty task."""

    @flow(persist_result=False)
    def empty(shape: Shape) -> None:
        """An empty flow: only its tasks and flows, each just as empty."""
        for _ in range(shape.tasks):
            nothing()
        for inner in shape.inner:
            empty(inner)

    clock = Clock()
    with clock.stage("server and runs"), rehearsal_server(home), clock.stage("runs"):
        for shape in shapes:
            empty(shape)
    clock.stages["server"] = clock.stages.pop("server and runs") - clock.stages["runs"]
    return clock
