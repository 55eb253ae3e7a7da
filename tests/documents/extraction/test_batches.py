"""Papers are read in batches by others; the answers are the same as here, in the same order, whatever becomes of a batch."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from staffelstab.documents.extraction import batches
from staffelstab.documents.extraction.batches import AHEAD, Answer, Batch, BatchRead, BatchReaders, cut, read_batch
from staffelstab.documents.extraction.reader_pool import Original, Readers
from staffelstab.errors import StaffelstabError
from staffelstab.language import LANGUAGES
from tests.documents.extraction.test_reader_pool import originals

SIZE = 5
MANY = SIZE * 6 + 2
Reads = Callable[[Batch], BatchRead]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches so small that few papers are many."""
    monkeypatch.setattr(batches, "PAPERS", SIZE)
    monkeypatch.setattr(batches, "FEW", 1)


@dataclass
class Threads:
    """Two helpers in this process, reading with readers of their own."""

    reads: Reads
    pool: ThreadPoolExecutor
    at_once: int = 2
    sent: list[Batch] = field(default_factory=list)

    def send(self, batch: Batch) -> Answer:
        self.sent.append(batch)
        return Waited(self.pool.submit(self.reads, batch))


@dataclass
class Waited:
    """A batch that a thread reads."""

    future: Future[BatchRead]

    def result(self) -> BatchRead:
        return self.future.result()


def of_threads(reads: Reads = read_batch) -> tuple[BatchReaders, list[Threads]]:
    """Readers by threads, and those threads once they were asked for."""
    asked: list[Threads] = []

    @contextmanager
    def helpers() -> Generator[Threads]:
        with ThreadPoolExecutor(2) as pool:
            asked.append(Threads(reads, pool))
            yield asked[-1]

    return BatchReaders(helpers), asked


def test_what_others_read_is_what_is_read_here_in_the_same_order() -> None:
    papers = originals(MANY)
    readers, asked = of_threads()
    with Readers() as here, readers:
        assert list(readers.read_all(papers)) == list(here.read_all(papers))
    assert [len(batch.papers) for batch in asked[0].sent] == [5, 5, 5, 5, 5, 5, 2]
    assert readers.troubles == []


def test_few_papers_are_read_here_and_nobody_is_asked() -> None:
    papers = originals(SIZE)
    readers, asked = of_threads()
    with readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
    assert asked == []


def test_what_a_batch_had_no_time_for_is_sent_again() -> None:
    def one(batch: Batch) -> BatchRead:
        return read_batch(Batch(batch.papers[:1]))

    papers = originals(MANY)
    readers, asked = of_threads(one)
    with readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
    assert len(asked[0].sent) == len(papers)


def test_a_batch_ends_with_its_time_and_with_the_size_of_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    papers = tuple(originals(3))
    assert len(read_batch(Batch(papers, seconds=0)).readings) == 1
    monkeypatch.setattr(batches, "ANSWER_BYTES", 1)
    assert len(read_batch(Batch(papers)).readings) == 1


def test_a_batch_that_comes_to_nothing_is_read_here_and_told() -> None:
    def reads(batch: Batch) -> BatchRead:
        if batch.papers[0].id == f"p{SIZE}":
            raise StaffelstabError("batches.error.lost")
        return read_batch(batch)

    papers = originals(MANY)
    readers, _ = of_threads(reads)
    with readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
    assert [str(trouble) for trouble in readers.troubles] == ["batches.error.lost()"]


def test_after_some_that_came_to_nothing_everything_is_read_here() -> None:
    def lost(_: Batch) -> BatchRead:
        raise StaffelstabError("batches.error.lost")

    papers = originals(MANY * 2)
    readers, asked = of_threads(lost)
    with readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
    assert len(asked[0].sent) < MANY * 2 // SIZE


def test_without_helpers_everything_is_read_here_and_told() -> None:
    @contextmanager
    def nobody() -> Generator[Threads]:
        raise StaffelstabError("batches.error.unreachable", workers="tls://nowhere:1")
        yield

    papers = originals(MANY)
    with BatchReaders(nobody) as readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
    assert [trouble.key for trouble in readers.troubles] == ["batches.error.unreachable"]


def test_papers_are_asked_for_little_earlier_than_their_readings_are_taken() -> None:
    """However many there are, few batches are in memory."""
    asked = 0

    def papers() -> Iterator[Original]:
        nonlocal asked
        for paper in originals(SIZE * 40):
            asked += 1
            yield paper

    readers, _ = of_threads()
    with readers:
        ahead = [asked - number for number, _ in enumerate(readers.read_all(papers()))]
    assert len(ahead) == SIZE * 40
    assert max(ahead) <= SIZE * (AHEAD * 2 + 1) + 1


def test_when_the_time_is_over_no_batch_is_sent() -> None:
    readers, asked = of_threads()
    with readers:
        assert list(readers.read_all(originals(MANY), seconds=0)) == []
        assert asked[0].sent == []
        assert len(list(readers.read_all(originals(MANY)))) == MANY
    assert all(batch.seconds > 0 for batch in asked[0].sent)


def test_where_a_wall_is_missing_that_the_plan_demands_others_read_nothing() -> None:
    def without_walls(batch: Batch) -> BatchRead:
        assert batch.walls_required
        return BatchRead((), ("network",))

    papers = originals(MANY)
    readers, _ = of_threads(without_walls)
    with readers:
        readers.start()
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]
        assert readers.missing_walls == ()
    assert {trouble.key for trouble in readers.troubles} == {"batches.error.walls"}


def test_walls_that_are_missing_elsewhere_are_told() -> None:
    def without_walls(batch: Batch) -> BatchRead:
        return BatchRead(read_batch(batch).readings, ("network",))

    readers, _ = of_threads(without_walls)
    with readers:
        assert len(list(readers.read_all(originals(MANY)))) == MANY
        assert readers.missing_walls == ("network",)


def test_nobody_answers_for_a_paper_that_was_not_sent() -> None:
    def more(batch: Batch) -> BatchRead:
        read = read_batch(batch)
        return BatchRead((("another", read.readings[0][1]), *reversed(read.readings)), ())

    papers = originals(MANY)
    readers, _ = of_threads(more)
    with readers:
        assert [name for name, _ in readers.read_all(papers)] == [paper.id for paper in papers]


def test_another_version_reads_nothing() -> None:
    with pytest.raises(StaffelstabError) as refused:
        read_batch(Batch(tuple(originals(1)), version="0.0.9"))
    assert {"0.0.9" in refused.value.text(language) for language in LANGUAGES} == {True}


def test_a_batch_is_cut_by_number_and_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BYTES", 100)
    sizes = [60, 60, 40, 500, *([1] * 7)]
    papers = [Original(str(n), "x.txt", bytes(size)) for n, size in enumerate(sizes)]
    assert [[len(paper.content) for paper in batch] for batch in cut(papers)] == [
        [60],
        [60, 40],
        [500],
        [1, 1, 1, 1, 1],
        [1, 1],
    ]
