"""A daily pass over a working folder in which nothing is new: its bare procedure, and as a flow in Prefect beside an empty flow."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import apart, line

WITHIN = 0.3
"""Seconds within which a pass that finds nothing new shall have ended."""
_MINUTE = dt.timedelta(minutes=1)

Pass = Callable[[dt.datetime], object]


def measure(example: Path, until: dt.date, times: int) -> Iterator[str]:
    """The lines of the report: the plan at `example` is played until a day, then passed over again and again."""
    with TemporaryDirectory(prefix="bench-") as folder:
        last, _ = apart(_play, example, Path(folder) / "work", until)
        bare, _ = apart(_bare, Path(folder) / "work", last, times)
        empty, prefect = apart(_prefect, Path(folder), last + (times + 1) * _MINUTE, times)[0]
    yield f"A pass with nothing new over {example.name} as of {until}, the median of {times}; wanted: within {WITHIN} s"
    yield line("the bare procedure", bare, bare)
    yield line("an empty flow in Prefect", empty, bare)
    yield line("the flow in Prefect", prefect, bare)


def _play(example: Path, root: Path, until: dt.date) -> dt.datetime:
    """Play the plan without Prefect, and once more at the end; returns that moment."""
    from flows.daily_pass import daily_pass
    from tasks.artifacts import collected
    from tasks.begin import working_in
    from tests.year import played

    year = played(example, root, until, drafts=True)
    last = max(at for at, _, _ in year.shown) + _MINUTE
    with collected(), working_in(root):
        daily_pass.fn(last)
    return last


def _bare(root: Path, last: dt.datetime, times: int) -> float:
    from flows.daily_pass import daily_pass
    from tasks.artifacts import collected

    with collected():
        return _repeated(daily_pass.fn, root, last, times)


def _prefect(folder: Path, last: dt.datetime, times: int) -> tuple[float, float]:
    """An empty flow and the daily pass, each on the same server."""
    from prefect import flow

    from deployments.server.process import rehearsal_server
    from flows.daily_pass import daily_pass

    @flow(persist_result=False)
    def empty(now: dt.datetime) -> None:
        """A flow that does nothing."""

    with rehearsal_server(folder / "server"):
        nothing = _repeated(empty, folder / "work", last, times)
        return nothing, _repeated(daily_pass, folder / "work", last, times)


def _repeated(work: Pass, root: Path, last: dt.datetime, times: int) -> float:
    """The median of `times` passes a minute apart; one more goes before, which imports what it needs."""
    before = _surveys(root)
    seconds = [_timed(work, root, last + number * _MINUTE) for number in range(1, times + 2)]
    if _surveys(root) != before:
        raise RuntimeError("a phase ran: something was new after all")
    return median(seconds[1:])


def _timed(work: Pass, root: Path, now: dt.datetime) -> float:
    from tasks.begin import working_in

    begun = time.perf_counter()
    with working_in(root):
        work(now)
    return time.perf_counter() - begun


def _surveys(root: Path) -> int:
    from staffelstab.workspace import find

    with find(root).open(read_only=True) as ledger:
        return len(ledger.entries("surveyed"))
