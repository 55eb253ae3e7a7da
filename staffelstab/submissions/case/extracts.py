"""Extracts: every paper that was received is read once, several at a time, and entered in the order in which they came.

Entries written here

    read       what a reader understood of a paper
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.reader_pool import Original, readers
from staffelstab.ledger.entries import Received
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Draft, Known
from staffelstab.submissions.case.portions import BYTES, portions

READING = "2"
"""Version of what `read` entries hold: a new reader reads everything again under a new key.

2: the head of a paper and of a mail are read by the reader, not by whoever asks; hidden text is left out.
"""

AT_ONCE = 50
"""So many readings are entered at once."""

PASS_SECONDS = 300.0
"""After so many seconds of reading a pass begins no further paper: the oldest are read first, the rest by the next pass.

A paper has fewer (`Limits.paper_seconds`), so that even the slowest comes to its end once it is the first.
"""

ENTER_SECONDS = 5.0
"""So old a reading becomes at most before it is entered: a crash, or a pass that is ended, takes little with it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """How many papers were read, how many of them could not be, and how many are still to be read.

    `missing_walls` are those around the reader that this system does not offer; None if no reader was started. `refused`: nothing
    was read because the plan demands them.
    """

    read: int = 0
    unreadable: int = 0
    unread: int = 0
    missing_walls: tuple[str, ...] | None = None
    refused: bool = False


def extract_all(
    ledger: Ledger, now: dt.datetime, office: str, *, walls_required: bool = False, seconds: float | None = None
) -> Extracted:
    """Read every paper that was received but not read yet by this version, for so many `seconds` (PASS_SECONDS).

    Readings are entered as they come: what a crash takes with it is read again. Raises LedgerError.
    """
    unread = _unread(ledger)
    if not unread:
        return Extracted()
    with readers() as reading:
        if walls_required:
            reading.start()
            if reading.missing_walls:
                return Extracted(0, 0, len(unread), reading.missing_walls, refused=True)
        read = unreadable = 0
        gone: list[str] = []
        readings = reading.read_all(_originals(ledger, unread, gone), PASS_SECONDS if seconds is None else seconds)
        drafts = (_draft(*item, now, office) for item in readings)
        for portion in portions(drafts, _size, ENTER_SECONDS):
            with ledger.writing() as transaction:
                transaction.append_all(portion)
            read += len(portion)
            unreadable += sum(draft.facts["status"] == "unreadable" for draft in portion)
        return Extracted(read, unreadable, len(unread) - len(gone) - read, reading.missing_walls)


def _size(draft: Draft) -> int:
    """Counted so that a crash takes few readings with it: pictures of text may take a minute each."""
    return max(len(draft.content.data) if draft.content else 0, BYTES // AT_ONCE)


def _originals(ledger: Ledger, unread: list[Received], gone: list[str]) -> Iterator[Original]:
    """The papers with the names of their files; erased ones are left out and noted as `gone`."""
    names = _names(ledger, unread)
    for portion in portions(unread, lambda item: item.size):
        named = {item.paper: names[item.paper] for item in portion if item.paper in names}
        contents = ledger.contents([*(item.original for item in portion if item.original), *named.values()])
        for item in portion:
            if item.original in contents:
                place = contents.get(named.get(item.paper, ""), b"").decode()
                yield Original(item.paper, place.rpartition("/")[2], contents[item.original])
            else:
                gone.append(item.paper)


def _draft(subject: str, reading: Reading, now: dt.datetime, office: str) -> Draft:
    facts: dict[str, Known] = {
        "status": reading.status,
        "form": reading.form,
        "reason": reading.reason,
        "paragraphs": len(reading.paragraphs),
    }
    extract = Content("extract", "application/json", reading.to_json().encode())
    return Draft("read", now, office, subject, key=_reading_key(subject), facts=facts, content=extract)


def _unread(ledger: Ledger) -> list[Received]:
    """The receipt of every paper that this version has not read yet."""
    read = {entry.key for entry in ledger.entries("read")}
    received = map(Received.of, ledger.entries("received"))
    return [item for item in received if item.original and _reading_key(item.paper) not in read]


def _reading_key(subject: str) -> str:
    return f"read:{READING}:{subject}"


def names_of_files(ledger: Ledger, papers: Mapping[str, str]) -> dict[str, str]:
    """The names under which papers came in first, of those that were not erased; `papers` are their ids by whatever key."""
    names = _first_names(ledger, set(papers.values())) if papers else {}
    found = ledger.contents(names.values())
    return {key: found[names[paper]].decode() for key, paper in papers.items() if names.get(paper) in found}


def _names(ledger: Ledger, unread: Iterable[Received]) -> dict[str, str]:
    """The object that holds the name under which each of these papers came in first, by paper."""
    return _first_names(ledger, {item.paper for item in unread})


def _first_names(ledger: Ledger, wanted: Container[str]) -> dict[str, str]:
    return {e.subject: e.object for e in reversed(ledger.entries("arrived")) if e.object and e.subject in wanted}
