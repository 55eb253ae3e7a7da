"""Several papers are read at once; the answers come in order, whatever happens to one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader_pool import AHEAD, WORKERS, Original, Readers
from tests.documents.extraction.sample_files import docx, endless_pdf


def originals(count: int) -> list[Original]:
    """Text and Word in turn."""
    return [
        Original(f"p{n}", f"{n}.docx", docx(f"Absatz {n}"))
        if n % 2
        else Original(f"p{n}", f"{n}.txt", b"Absatz %d" % n)
        for n in range(count)
    ]


def told(readers: Readers, papers: list[Original]) -> list[tuple[str, str, str]]:
    """Every paper's id, status, and text or reason."""
    return [
        (name, reading.status, " ".join(item.text for item in reading.paragraphs) or str(reading.reason))
        for name, reading in readers.read_all(papers)
    ]


def test_the_answers_come_in_the_order_of_the_papers() -> None:
    papers = originals(AHEAD * (WORKERS + 3) + 1)
    with Readers() as readers:
        assert told(readers, papers) == [(f"p{n}", "read", f"Absatz {n}") for n in range(len(papers))]


def test_what_ends_a_child_ends_only_its_own_paper() -> None:
    papers = originals(AHEAD * 2 + 3)
    papers[3] = Original("p3", "3.csv", b"a;b\n" * 20_000)
    papers[AHEAD + 1] = Original("x", "x.pdf", b"%PDF-1.7\n" + b"\x01\x02" * 500)
    with Readers(Limits(output=10_000)) as readers:
        found = told(readers, papers)
    assert [item for item in found if item[1] != "read"] == [
        ("p3", "unreadable", "output"),
        ("x", "unreadable", "damaged"),
    ]
    assert [name for name, _, _ in found] == [paper.id for paper in papers]


def test_papers_are_asked_for_little_earlier_than_they_are_read() -> None:
    """However many there are, few are in memory."""
    asked = 0

    def papers() -> Iterator[Original]:
        nonlocal asked
        for paper in originals(AHEAD * 10):
            asked += 1
            yield paper

    with Readers() as readers:
        ahead = [asked - number for number, _ in enumerate(readers.read_all(papers()))]
    assert max(ahead) <= AHEAD * (WORKERS + 2)


def children() -> set[int]:
    """The processes that this one has started and that are still there."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(int(process.name))
    return found


def test_who_stops_listening_leaves_no_child_behind() -> None:
    before = children()
    with Readers() as readers:
        next(readers.read_all(originals(AHEAD * 10)))
        assert children() > before
    assert children() == before


def unending(count: int) -> list[Original]:
    """Papers of three kilobytes that take as long as they may."""
    return [Original(f"p{number}", "a.pdf", endless_pdf()) for number in range(count)]


@pytest.mark.attack("M1")
@pytest.mark.slow
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor reads one paper at a time")
def test_a_few_papers_that_take_for_ever_are_read_at_once() -> None:
    with Readers(Limits(wall_seconds=6)) as readers:
        found = readers.read_all(unending(3))
        assert next(found)[1].reason == "time"
        assert readers._readers[0].is_running  # the other one, which was called to help
        assert [reading.reason for _, reading in found] == ["time"] * 2


@pytest.mark.attack("M1")
def test_when_the_time_is_up_no_further_paper_is_begun() -> None:
    with Readers(Limits(wall_seconds=2)) as readers:
        assert [name for name, _ in readers.read_all(originals(3), 0)] == []
        begun = [name for name, _ in readers.read_all([*unending(1), *originals(AHEAD * 9)], 1)]
        assert begun[0] == "p0"
        assert len(begun) < AHEAD * 9
        assert [name for name, _ in readers.read_all(originals(3))] == ["p0", "p1", "p2"]


def test_for_few_papers_one_child_is_enough() -> None:
    before = children()
    with Readers() as readers:
        told(readers, originals(AHEAD))
        assert len(children() - before) == 1
