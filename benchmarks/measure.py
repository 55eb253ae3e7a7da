"""How something is measured: in a process of its own, by the wall clock, with the most memory that process ever held."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

ROOT = Path(__file__).resolve().parent.parent
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Clock:
    """Seconds by stage, in the order in which the stages ended."""

    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure the block as the stage `name`."""
        begun = time.perf_counter()
        yield
        self.stages[name] = time.perf_counter() - begun

    @property
    def total(self) -> float:
        """All stages together."""
        return sum(self.stages.values())


def apart(work: Callable[P, R], *given: P.args, **named: P.kwargs) -> tuple[R, int]:
    """What `work` returns when called in a fresh process, and that process's peak of memory in MB (children not counted)."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_and_peak, work, given, named).result()


def _and_peak(work: Callable[..., R], given: tuple[object, ...], named: dict[str, object]) -> tuple[R, int]:
    return work(*given, **named), peak()


def peak() -> int:
    """The most memory this process ever held, in MB (Linux; 0 elsewhere)."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) // 1000 for line in lines if line.startswith("VmHWM:")), 0)


def timed(*command: str, bytecode: Path | None = None) -> float:
    """Seconds until our command has ended; it may say that it found something (1), but must not fail.

    `bytecode` is a folder for compiled modules, whatever the environment says of them: an installed package has them beside it.
    """
    environment = {**os.environ, "LANG": "de_DE.UTF-8"}
    if bytecode:
        environment |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode)}
    begun = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return seconds


def line(name: str, seconds: float, baseline: float, note: str = "") -> str:
    """One line of the report: seconds, and how often the baseline fits into them."""
    return f"  {name:<44}{seconds:9.2f} s  × {seconds / baseline:<8.2f}{note}".rstrip()
