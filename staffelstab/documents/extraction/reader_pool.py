"""Several readers at once, one per processor; their answers come in the order of the papers."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import LifoQueue
from types import TracebackType
from typing import Self

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader import Reader

WORKERS = 2
BUNDLE = 16
"""So many papers go to a reader at once."""

BUNDLE_BYTES = 1 << 20
"""So many bytes go to a reader at once (one paper may be larger)."""


@dataclass(frozen=True, slots=True)
class Original:
    """A paper to be read: what it is known by, the name under which it came, and its bytes."""

    id: str
    name: str
    content: bytes


class Readers:
    """Reads papers, up to `workers` at a time; a context manager. The child processes start with the first papers."""

    def __init__(self, limits: Limits = Limits(), ocr: bool = True, workers: int = WORKERS) -> None:  # noqa: B008 -- a frozen value
        self._readers = [Reader(limits, ocr) for _ in range(max(1, min(workers, os.cpu_count() or 1)))]
        self._idle: LifoQueue[Reader] = LifoQueue()
        for reader in self._readers:
            self._idle.put(reader)
        self._threads = ThreadPoolExecutor(len(self._readers))
        self._is_closed = False

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

    def read_all(self, papers: Iterable[Original]) -> Iterator[tuple[str, Reading]]:
        """Each paper's id and what it says, in their order. `papers` is asked for little more than is being read.

        Like `Reader.read` it never fails for bad input. Raises StaffelstabError if a child process cannot be started.
        """
        pending: deque[Future[list[tuple[str, Reading]]]] = deque()
        for bundle in _bundles(papers):
            pending.append(self._threads.submit(self._read, bundle))
            if len(pending) > len(self._readers):
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()

    def _read(self, bundle: list[Original]) -> list[tuple[str, Reading]]:
        reader = self._idle.get()
        try:
            return [(paper.id, reader.read(paper.content, paper.name)) for paper in bundle if not self._is_closed]
        finally:
            self._idle.put(reader)


_KEPT: list[Readers] = []


@contextmanager
def kept_readers() -> Generator[None]:
    """Within the block one set of readers serves everything that is read in this process, so that none is started twice."""
    with Readers() as readers:
        _KEPT.append(readers)
        try:
            yield
        finally:
            _KEPT.remove(readers)


@contextmanager
def readers() -> Generator[Readers]:
    """The readers that are kept, otherwise some of one's own."""
    if _KEPT:
        yield _KEPT[-1]
        return
    with Readers() as own:
        yield own


def _bundles(papers: Iterable[Original]) -> Iterator[list[Original]]:
    bundle: list[Original] = []
    weight = 0
    for paper in papers:
        if bundle and (len(bundle) == BUNDLE or weight + len(paper.content) > BUNDLE_BYTES):
            yield bundle
            bundle, weight = [], 0
        bundle.append(paper)
        weight += len(paper.content)
    if bundle:
        yield bundle
