"""Reading in batches, elsewhere: for very many papers. Whoever asks gets the same readings in the same order as from readers here.

A batch is a handful of papers with their bytes, so that whoever reads it needs no ledger. It is small enough to be held in memory
several times and to be read again if its reader is killed, and large enough that sending it costs little.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from types import TracebackType
from typing import Protocol, Self

from staffelstab import __version__
from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.extraction.reader_pool import Original, Readers
from staffelstab.errors import StaffelstabError

PAPERS = 500
"""So many papers in one batch: about a second of reading, if they are short texts."""

BYTES = 4 << 20
"""So many bytes of papers in one batch (one paper may be larger)."""

SECONDS = 20.0
"""After so many seconds a batch begins no further paper: pictures of text may take a minute each. What is left is sent again."""

ANSWER_BYTES = 16 << 20
"""After so many bytes of readings a batch begins no further paper: little may unpack to much."""

FEW = 3
"""So many batches are read here: workers take some seconds to start."""

AHEAD = 2
"""So many batches for each who reads: the one being read, and the next."""

TROUBLES = 3
"""After so many batches that came to nothing no further one is sent."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers to be read, and for how long, by the `version` of who sends them.

    With `walls_required` none is read where a wall around the reader is missing.
    """

    papers: tuple[Original, ...]
    seconds: float = SECONDS
    walls_required: bool = False
    version: str = __version__


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What became of a batch: readings as JSON by their papers' ids, in order. Those not begun in time are not among them."""

    readings: tuple[tuple[str, bytes], ...]
    missing_walls: tuple[str, ...]


class Answer(Protocol):
    """A batch that was sent."""

    def result(self) -> BatchRead:
        """Wait for it. Raises StaffelstabError if it came to nothing."""


class Helpers(Protocol):
    """Those who read batches."""

    @property
    def at_once(self) -> int:
        """How many batches they read at the same time."""

    def send(self, batch: Batch) -> Answer:
        """Have a batch read. Raises StaffelstabError if it cannot be sent."""


# -- where batches are read ----------------------------------------------------------------------------------------------

_OWN = threading.local()


def read_batch(batch: Batch) -> BatchRead:
    """Read a batch by this thread's own reader, which is kept for the next one; at least one paper, if walls allow it.

    Raises StaffelstabError if no reader can be started, or if another version would read otherwise.
    """
    if batch.version != __version__:
        raise StaffelstabError("batches.error.version", there=__version__, here=batch.version)
    reader = _own_reader()
    reader.start()
    if batch.walls_required and reader.missing_walls:
        return BatchRead((), reader.missing_walls)
    until = time.monotonic() + min(batch.seconds, SECONDS)
    readings: list[tuple[str, bytes]] = []
    weight = 0
    for paper in batch.papers:
        if readings and (time.monotonic() >= until or weight >= ANSWER_BYTES):
            break
        reading = reader.read(paper.content, paper.name).to_json().encode()
        readings.append((paper.id, reading))
        weight += len(reading)
    return BatchRead(tuple(readings), reader.missing_walls)


def _own_reader() -> Reader:
    if not hasattr(_OWN, "reader"):
        _OWN.reader = Reader()
    reader: Reader = _OWN.reader
    return reader


# -- who has them read ---------------------------------------------------------------------------------------------------


class BatchReaders:
    """Reads papers by helpers, in batches; a context manager in place of `Readers`.

    Helpers are asked for only if there are more than a FEW batches: fewer are read here before helpers have started. A batch
    that comes to nothing is read here as well; why it did stands in `troubles`.
    """

    def __init__(self, helpers: Callable[[], AbstractContextManager[Helpers]]) -> None:
        self._asked = helpers
        self._helpers: Helpers | None = None
        self._here = Readers()
        self._stack = ExitStack()
        self._missing: tuple[str, ...] = ()
        self._walls_required = False
        self.troubles: list[StaffelstabError] = []

    def __enter__(self) -> Self:
        self._stack.enter_context(self._here)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def missing_walls(self) -> tuple[str, ...]:
        """The most that are missing anywhere."""
        return max(self._here.missing_walls, self._missing, key=len)

    def start(self) -> None:
        """Start a reader here, so that one knows which walls stand; from now on nothing is read without them, here or elsewhere.

        Raises StaffelstabError if it cannot be started.
        """
        self._walls_required = True
        self._here.start()

    def read_all(self, papers: Iterable[Original], seconds: float = math.inf) -> Iterator[tuple[str, Reading]]:
        """As `Readers.read_all`. After so many `seconds` no further batch is sent."""
        until = time.monotonic() + seconds
        waiting = cut(papers)
        first = list(islice(waiting, FEW + 1))
        if len(first) <= FEW or not self._ask():
            yield from self._here.read_all((paper for batch in chain(first, waiting) for paper in batch), seconds)
            return
        yield from self._by_helpers(chain(first, waiting), until)

    def _ask(self) -> bool:
        """Whether there are helpers."""
        try:
            self._helpers = self._helpers or self._stack.enter_context(self._asked())
        except StaffelstabError as error:
            self.troubles.append(error)
        return self._helpers is not None

    def _by_helpers(self, waiting: Iterator[tuple[Original, ...]], until: float) -> Iterator[tuple[str, Reading]]:
        sent: deque[_Sent] = deque()
        while True:
            while len(sent) < self._most() and time.monotonic() < until and (papers := next(waiting, None)):
                sent.append(self._send(papers, until))
            if not sent:
                return
            batch = sent.popleft()
            read = self._result(batch)
            if read is None:
                yield from self._here.read_all(batch.papers, until - time.monotonic())
                continue
            done = dict(read.readings)
            left = tuple(paper for paper in batch.papers if paper.id not in done)
            for paper in batch.papers:
                if paper.id in done:
                    yield paper.id, Reading.from_json(done[paper.id].decode())
            if 0 < len(left) < len(batch.papers) and time.monotonic() < until:
                sent.appendleft(self._send(left, until))

    def _most(self) -> int:
        return AHEAD * self._helpers.at_once if self._helpers and len(self.troubles) < TROUBLES else 1

    def _send(self, papers: tuple[Original, ...], until: float) -> _Sent:
        if self._helpers is None or len(self.troubles) >= TROUBLES:
            return _Sent(papers)
        try:
            batch = Batch(papers, max(0.0, until - time.monotonic()), self._walls_required)
            return _Sent(papers, self._helpers.send(batch))
        except StaffelstabError as error:
            self.troubles.append(error)
            return _Sent(papers)

    def _result(self, batch: _Sent) -> BatchRead | None:
        """What became of it; None if it is to be read here."""
        if batch.answer is None:
            return None
        try:
            read = batch.answer.result()
        except StaffelstabError as error:
            self.troubles.append(error)
            return None
        if self._walls_required and read.missing_walls:
            self.troubles.append(StaffelstabError("batches.error.walls"))
            return None
        self._missing = max(self._missing, read.missing_walls, key=len)
        return read


@dataclass(frozen=True, slots=True)
class _Sent:
    papers: tuple[Original, ...]
    answer: Answer | None = None


def cut(papers: Iterable[Original]) -> Iterator[tuple[Original, ...]]:
    """The papers in batches, in their order; asked for one batch at a time."""
    batch: list[Original] = []
    weight = 0
    for paper in papers:
        if batch and (len(batch) == PAPERS or weight + len(paper.content) > BYTES):
            yield tuple(batch)
            batch, weight = [], 0
        batch.append(paper)
        weight += len(paper.content)
    if batch:
        yield tuple(batch)
