"""Papers by the hundred thousand: taken in by one process into SQLite, and by a pass with two Dask workers into PostgreSQL.

Both are runs of Prefect on a server of their own (SQLite), repeated until nothing is left to be read; each pass has its usual limit
of time. In the end both ledgers must hold the same papers and readings. Memory is looked at five times a second.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.extraction import ARRIVED, NOW
from benchmarks.many_papers import write_papers
from benchmarks.measure import Clock, apart, line

if TYPE_CHECKING:
    from staffelstab.ledger.store import Ledger

BEGUN = dt.datetime(2017, 12, 15, tzinfo=dt.UTC)
WORKERS = 2
LOOK = 0.2


@dataclass(slots=True)
class Taken:
    """What one way of taking in has cost: seconds for receiving and reading, passes, task runs, what was seen of its processes."""

    seconds: float
    passes: int
    task_runs: int
    content: tuple[int, str]
    seen: Watched


def measure(example: Path, count: int) -> Iterator[str]:
    """The lines of the report for `count` papers dropped into the first call of the plan at `example`."""
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder, _postgres() as url:
        papers = Path(folder) / "papers"
        for path in write_papers(papers, count):
            os.utime(path, (ARRIVED.timestamp(), ARRIVED.timestamp()))
        one, _ = apart(_take_in, example, Path(folder) / "one", papers, "", 0)
        both, _ = apart(_take_in, example, Path(folder) / "dask", papers, url, WORKERS)
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    yield f"{count:,} papers received and read; {os.cpu_count()} processors, load {load}"
    yield line("one process, SQLite", one.seconds, one.seconds, _told(one))
    yield line(f"{WORKERS} Dask workers, PostgreSQL", both.seconds, one.seconds, _told(both))
    same = one.content == both.content and one.content[0] == count
    yield f"  {one.content[0]:,} papers read, names, originals and readings the same in both: {'yes' if same else 'NO'}"


def _told(taken: Taken) -> str:
    memory = ", ".join(f"{kind} {most}" for kind, most in taken.seen.memory.items())
    processor = ", ".join(f"{kind} {seconds:.0f}" for kind, seconds in taken.seen.processor.items())
    return f"{taken.passes} passes, {taken.task_runs} task runs; peak MB: {memory}; processor s: {processor}"


def _take_in(example: Path, folder: Path, papers: Path, url: str, workers: int) -> Taken:
    """All papers, pass by pass."""
    from deployments.server.process import rehearsal_server
    from staffelstab.workspace import create, inbox_folders
    from tasks.begin import open_pass, working_in
    from tasks.daily import take_stock
    from tasks.decorators import procedure
    from tasks.environment import BATCH_WORKERS

    @procedure("daily-pass")
    def look(now: dt.datetime | None = None) -> None:
        with clock.stage(f"{len(clock.stages)}"):
            stock = take_stock(open_pass(now))
        for trouble in stock.hindered:
            raise trouble
        left.append(stock.intake.unread)

    os.environ |= {BATCH_WORKERS: str(workers), "STAFFELSTAB_LEDGER": url}
    work = create(example, folder / "work", now=BEGUN, ledger_url=url)
    inbox = work.inbox / inbox_folders(work.adopted().language)["papers"]
    inbox.rmdir()
    papers.rename(inbox)
    clock, left = Clock(), [1]
    with _watched() as seen, rehearsal_server(folder / "prefect"), working_in(work.root):
        while left[-1]:
            look(NOW)
    inbox.rename(papers)
    with closing(sqlite3.connect(folder / "prefect" / "prefect.db")) as database:
        [[runs]] = database.execute("SELECT count(*) FROM task_run")
    with work.open(read_only=True) as ledger:
        content = _content(ledger)
    return Taken(clock.total, len(clock.stages), runs, content, seen)


def _content(ledger: Ledger) -> tuple[int, str]:
    """How many papers were read, and a hash over the names, originals and readings of all; secrets of a ledger are its own.

    Raises ValueError if they were not read in the order in which they were received.
    """
    of: dict[str, list[str]] = {}
    for kind in ("arrived", "received", "read"):
        entries = ledger.entries(kind)
        for begin in range(0, len(entries), 500):
            some = entries[begin : begin + 500]
            contents = ledger.contents([entry.object for entry in some if entry.object])
            for entry in some:
                of.setdefault(entry.subject, []).append(hashlib.sha256(contents[entry.object or ""]).hexdigest())
    received, read = ([entry.subject for entry in ledger.entries(kind)] for kind in ("received", "read"))
    if received != read:
        raise ValueError("read in another order")
    return len(read), hashlib.sha256(repr(sorted(of.values())).encode()).hexdigest()


@dataclass(slots=True)
class Watched:
    """By kind of process: the most memory seen of all of them together (resident, MB), and their processor seconds."""

    memory: dict[str, int] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)


@contextmanager
def _watched() -> Iterator[Watched]:
    """This process, its readers and its Dask workers are looked at as long as the block lasts."""
    seen, ended, spent = Watched(), threading.Event(), dict[int, tuple[str, float]]()

    def watch() -> None:
        while not ended.wait(LOOK):
            now: dict[str, int] = {}
            for process, kind in _processes():
                now[kind] = now.get(kind, 0) + _resident(process)
                spent[process] = kind, _processor_seconds(process) or spent.get(process, ("", 0.0))[1]
            for kind, size in now.items():
                seen.memory[kind] = max(seen.memory.get(kind, 0), size)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        ended.set()
        watching.join()
        for kind, seconds in spent.values():
            seen.processor[kind] = seen.processor.get(kind, 0.0) + seconds


def _processes() -> Iterator[tuple[int, str]]:
    yield os.getpid(), "pass"
    for child in _descendants(os.getpid()):
        words = _read(child, "cmdline")
        if kind := "readers" if "worker_main" in words else "Dask workers" if words.startswith("dask worker") else "":
            yield child, kind


def _processor_seconds(process: int) -> float:
    words = _read(process, "stat").rpartition(")")[2].split()
    return sum(map(int, words[11:13])) / os.sysconf("SC_CLK_TCK")


def _descendants(process: int) -> Iterator[int]:
    for thread in Path(f"/proc/{process}/task").glob("*"):
        for child in _read(process, f"task/{thread.name}/children").split():
            yield int(child)
            yield from _descendants(int(child))


def _resident(process: int) -> int:
    pages = _read(process, "statm").split()[1:2]
    return int(pages[0]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000 if pages else 0


def _read(process: int, name: str) -> str:
    """What Linux tells of a process; nothing if it has gone."""
    try:
        return Path(f"/proc/{process}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL server of our own on 127.0.0.1; gone after the block. Unlike that of the tests it writes to disk for certain."""
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    as_user = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
    if as_user:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])

    def run(*command: str | Path) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(tools / "initdb", "-D", folder / "data", "-A", "trust", "-U", "bench", "-E", "UTF8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
    run(tools / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://bench@127.0.0.1:{port}/postgres"
    finally:
        run(tools / "pg_ctl", "-D", folder / "data", "-m", "fast", "-w", "stop")
        shutil.rmtree(folder)
