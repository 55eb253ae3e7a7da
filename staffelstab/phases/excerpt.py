"""What of very many papers is printed: a paper of each sender in turn, until a board has enough to read; the rest is annexed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from staffelstab.documents.rendering.shortened import PARAGRAPH
from staffelstab.submissions.case.contents import Submission

READABLE = 3000
"""Paragraphs that are printed in full: some 400 pages. Beyond, nobody reads everything, and setting it takes minutes."""

EXCERPT = 500
"""Paragraphs printed of more than that."""

PAGE = 3000
"""Characters of a page; 400 pages are read, and 70 printed of more."""


def printed(papers: Sequence[Submission]) -> frozenset[str]:
    """The refs of the papers whose paragraphs the dossier prints: all of them, as long as they can be read.

    Of more, whole papers by turns, one of every sender (nobody's own among them), each sender's in the order of arrival: who
    sends much is not heard more.
    """
    sizes = [_size(paper) for paper in papers]
    if sum(paragraphs for paragraphs, _ in sizes) <= READABLE and sum(pages for _, pages in sizes) <= 400:
        return frozenset(paper.ref for paper in papers)
    return frozenset(_until_enough(_by_turns(papers)))


def _by_turns(papers: Iterable[Submission]) -> Iterator[Submission]:
    queues: dict[str, list[Submission]] = {}
    for paper in papers:
        queues.setdefault(paper.sender.id if paper.sender else "", []).append(paper)
    return (paper for turn in zip_longest(*queues.values()) for paper in turn if paper is not None)


def _until_enough(papers: Iterable[Submission]) -> Iterator[str]:
    paragraphs, pages = 0, 0.0
    for paper in papers:
        more, longer = _size(paper)
        if more > EXCERPT or longer > 70:
            continue  # one that is a book by itself keeps no other from being read
        paragraphs, pages = paragraphs + more, pages + longer
        if paragraphs > EXCERPT or pages > 70:
            return
        yield paper.ref


def _size(paper: Submission) -> tuple[int, float]:
    """How many paragraphs a paper has, and how many pages they fill as they are printed."""
    return len(paper.statements), sum(min(len(item.text), PARAGRAPH) for item in paper.statements) / PAGE
