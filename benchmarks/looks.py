"""Looking at pages again while many papers have come in, against gathering these, which the first look does."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.extraction import ARRIVED, NOW
from benchmarks.many_papers import write_papers
from benchmarks.measure import apart, line

PAGES = {
    "today": "",
    "submissions": "submissions",
    "one paper": "submissions/B01",
    "where it is cited": "archive/papers/B01",
}


def measure(example: Path, count: int, times: int) -> Iterator[str]:
    """The lines of the report for `count` papers in the first call of the plan at `example`."""
    with TemporaryDirectory(prefix="bench-") as folder:
        apart(_received, example, Path(folder), count)
        gathering, _ = apart(_gathered, Path(folder) / "work", times)
        found, peak = apart(_looked, Path(folder) / "work", times)
    yield f"Looks at pages over {count:,} papers, the median of {times} after the first; peak {peak} MB"
    yield line("gathering everything", gathering, gathering)
    for name, seconds in found.items():
        yield line(name, seconds, gathering)


def _received(example: Path, folder: Path, count: int) -> None:
    from staffelstab.service.phase_run import open_run
    from staffelstab.service.survey import take_in
    from staffelstab.workspace import create, inbox_folders

    work = create(example, folder / "work", now=ARRIVED)
    for path in write_papers(work.inbox / inbox_folders(work.adopted().language)["papers"], count):
        os.utime(path, (ARRIVED.timestamp(), ARRIVED.timestamp()))
    take_in(open_run(work.root, NOW))


def _gathered(root: Path, times: int) -> float:
    from staffelstab.service.phase_run import open_run
    from staffelstab.service.survey import gather_case

    return median([_timed(lambda: gather_case(open_run(root, NOW))) for _ in range(times)])


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _looked(root: Path, times: int) -> dict[str, float]:

    from pages.application import application
    from pages.site import Site
    from tests.pages.conftest import Browser, KnownRuns

    site = Site((root,), None, lambda: NOW, KnownRuns())
    plan, client = next(iter(site.plans())), Browser(application(site))

    def looked(path: str) -> float:
        address = f"/{plan}/{path}"
        client.get(address).raise_for_status()
        return median([_timed(lambda: client.get(address)) for _ in range(times)])

    return {name: looked(path) for name, path in PAGES.items()}
