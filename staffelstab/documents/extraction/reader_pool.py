"""Several readers at once, one per processor; their answers come in the order of the papers."""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import LifoQueue
from types import TracebackType
from typing import Protocol, Self

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader import Reader

WORKERS = 2
AHEAD = 16
"""So many papers wait to be read, for each reader."""

AHEAD_BYTES = 1 << 20
"""So many bytes wait to be read, for each reader (one paper may be larger)."""

SLOW = 3.0
"""Seconds without an answer after which a second reader is started for few papers."""


@dataclass(frozen=True, slots=True)
class Original:
    """A paper to be read: what it is known by, the name under which it came, and its bytes."""

    id: str
    name: str
    content: bytes


class ReadsPapers(Protocol):
    """Whoever reads papers in place of `Readers`; what is said there of each method holds here."""

    @property
    def missing_walls(self) -> tuple[str, ...]:
        """The walls that are missing around a reader."""

    def start(self) -> None:
        """Start, so that one knows which walls stand."""

    def read_all(self, papers: Iterable[Original], seconds: float = ...) -> Iterator[tuple[str, Reading]]:
        """Each paper's id and what it says, in their order."""


class Readers:
    """Reads papers, up to `workers` at a time; a context manager. The child processes start with the first papers."""

    def __init__(self, limits: Limits = Limits(), ocr: bool = True, workers: int = WORKERS) -> None:  # noqa: B008 -- a frozen value
        self._readers = [Reader(limits, ocr) for _ in range(max(1, min(workers, os.cpu_count() or 1)))]
        self._idle: LifoQueue[Reader] = LifoQueue()
        self._resting = list(self._readers)
        self._threads = ThreadPoolExecutor(len(self._readers))
        self._is_closed = False
        self._call_one()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        self._threads.shutdown(cancel_futures=True)
        for reader in self._readers:
            reader.__exit__(kind, error, trace)

    @property
    def missing_walls(self) -> tuple[str, ...]:
        """As of one reader: all run on the same system."""
        return max((reader.missing_walls for reader in self._readers), key=len)

    def start(self) -> None:
        """Start a reader now, so that one knows which walls stand. Raises StaffelstabError if it cannot be started."""
        self._readers[-1].start()

    def read_all(self, papers: Iterable[Original], seconds: float = math.inf) -> Iterator[tuple[str, Reading]]:
        """Each paper's id and what it says, in their order. `papers` is asked for little more than is being read.

        After so many `seconds` no further paper is begun; those that were not are left out. Like `Reader.read` it never fails
        for bad input. Raises StaffelstabError if a child process cannot be started.
        """
        until = time.monotonic() + seconds
        begun: deque[_Begun] = deque()
        weight = 0
        for paper in papers:
            while begun and (len(begun) >= self._most(AHEAD) or weight + len(paper.content) > self._most(AHEAD_BYTES)):
                self._call_one()
                weight -= begun[0].size
                yield from self._answer(begun.popleft())
            if time.monotonic() >= until:
                break
            begun.append(_Begun(paper.id, len(paper.content), self._threads.submit(self._read, paper, until)))
            weight += len(paper.content)
        while begun:
            yield from self._answer(begun.popleft())

    def _most(self, each: int) -> int:
        return each * len(self._readers)

    def _answer(self, begun: _Begun) -> Iterator[tuple[str, Reading]]:
        """The paper's reading, if it was read; while it is waited for, whoever rests is called to help."""
        while True:
            try:
                reading = begun.reading.result(SLOW if self._resting else None)
            except TimeoutError:
                if any(reader.is_running for reader in self._readers):  # not while the first one only starts
                    self._call_one()
                continue
            if reading is not None:
                yield begun.paper, reading
            return

    def _call_one(self) -> None:
        if self._resting:
            self._idle.put(self._resting.pop())

    def _read(self, paper: Original, until: float) -> Reading | None:
        reader = self._idle.get()
        try:
            if self._is_closed or time.monotonic() >= until:
                return None
            return reader.read(paper.content, paper.name)
        finally:
            self._idle.put(reader)


@dataclass(frozen=True, slots=True)
class _Begun:
    paper: str
    size: int
    reading: Future[Reading | None]


_KEPT: list[ReadsPapers] = []


@contextmanager
def kept_readers(limits: Limits = Limits()) -> Generator[None]:  # noqa: B008 -- a frozen value
    """Within the block one set of readers serves everything that is read in this process, so that none is started twice."""
    with Readers(limits) as readers, reading_by(readers):
        yield


@contextmanager
def reading_by(readers: ReadsPapers) -> Generator[None]:
    """Within the block these serve everything that is read in this process."""
    _KEPT.append(readers)
    try:
        yield
    finally:
        _KEPT.remove(readers)


@contextmanager
def readers() -> Generator[ReadsPapers]:
    """The readers that are kept, otherwise some of one's own."""
    if _KEPT:
        yield _KEPT[-1]
        return
    with Readers() as own:
        yield own
