"""Papers by the thousand, or a single very long one, through intake, survey and dossier, against a plain loop of the extraction
library over the same files."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.many_papers import write_long_paper, write_papers
from benchmarks.measure import Clock, apart, line

NOW = dt.datetime(2018, 1, 10, 6, tzinfo=dt.UTC)
ARRIVED = dt.datetime(2018, 1, 9, 6, tzinfo=dt.UTC)
TYPES = {
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def measure(example: Path, count: int) -> Iterator[str]:
    """The lines of the report for `count` papers dropped into the first call of the plan at `example`."""
    with TemporaryDirectory(prefix="bench-") as folder:
        files = write_papers(Path(folder) / "papers", count)
        yield from _measured(example, Path(folder), files)


def measure_long(example: Path, paragraphs: int) -> Iterator[str]:
    """The same for one paper of so many paragraphs."""
    with TemporaryDirectory(prefix="bench-") as folder:
        yield from _measured(example, Path(folder), [write_long_paper(Path(folder) / "papers", paragraphs)])


def _measured(example: Path, folder: Path, files: list[Path]) -> Iterator[str]:
    for path in files:
        os.utime(path, (ARRIVED.timestamp(), ARRIVED.timestamp()))
    plain, plain_peak = apart(_plain_loop, files)
    (clock, statements), peak = apart(_product, example, folder, files)
    again, again_peak = apart(_again, folder / "work")
    yield f"{len(files):,} papers ({statements:,} paragraphs); × against a plain loop of xberg over the same files"
    yield line("plain loop of xberg", plain, plain, f"peak {plain_peak} MB")
    for name, seconds in clock.stages.items():
        yield line(name, seconds, plain)
    yield line("together", clock.total, plain, f"peak {peak} MB without the reading child")
    yield line("the same again, nothing new", again.total, plain, f"peak {again_peak} MB")


def _plain_loop(files: list[Path]) -> float:
    import asyncio

    import xberg

    async def read() -> None:
        settings = xberg.ExtractionConfig(use_cache=False, disable_ocr=True)
        for path in files:
            source = xberg.ExtractInput(kind="bytes", bytes=path.read_bytes(), mime_type=TYPES[path.suffix])
            await xberg.extract(source, settings)

    clock = Clock()
    with clock.stage("read"):
        asyncio.run(read())
    return clock.total


def _product(example: Path, folder: Path, files: list[Path]) -> tuple[Clock, int]:
    from staffelstab.workspace import create, inbox_folders

    work = create(example, folder / "work", now=dt.datetime(2017, 12, 15, tzinfo=dt.UTC))
    into = work.inbox / inbox_folders(work.adopted().language)["papers"]
    for path in files:
        path.rename(into / path.name)
    return _run(work.root)


def _again(root: Path) -> Clock:
    return _run(root)[0]


def _run(root: Path) -> tuple[Clock, int]:
    """One run of the first call by its steps, and how many paragraphs it found."""
    from staffelstab.service.compile_dossier import compile_dossier
    from staffelstab.service.phase_run import begin
    from staffelstab.service.survey import gather_case, survey_of, take_in
    from staffelstab.workspace import find

    clock = Clock()
    call = next(phase for phase in find(root).adopted().phases if phase.kind == "call")
    run = begin(root, call.number, NOW)
    with clock.stage("receive and read"):
        take_in(run)
    with clock.stage("gather"):
        case = gather_case(run)
    with clock.stage("survey"):
        survey = survey_of(run, case)
    with clock.stage("compile (draft: md, html, pdf)"):
        compile_dossier(run, case, survey)
    return clock, survey.counts["statements"]
