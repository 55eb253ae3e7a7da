"""From the drop folder into the ledger: the original first, reading it after; nothing twice, nothing lost.

Entries written here

    received   a new paper or sheet: the original, its id, which folder it lay in
    arrived    one arrival of it: when, under which name, whether that moment is certain
    read       what a reader understood of it
    skipped    something that is no ordinary file

Which moment counts as arrival (reliability case 24): a file cannot have arrived before the last pass that did not see it, nor after
now. Within that interval its time of modification counts; if it claims another time, the earliest possible moment counts in the
sender's favour, and the arrival is marked as uncertain.

A file whose path, size and time of modification are those of the last arrival at its place is not read again.
An earlier version that is put back where a later one lay arrives again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from staffelstab.case.entries import Arrived, Received
from staffelstab.intake.folder import Found, Seen, Skipped, sweep
from staffelstab.intake.reader import Reader
from staffelstab.intake.reading import Reading
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.plan.model import Plan
from staffelstab.workspace import Workspace, inbox_folders

_T = TypeVar("_T")

READING = "1"
"""Version of what `read` entries hold: a new reader reads everything again under a new key."""

LOAD = 64 << 20
"""So many bytes of originals are held in memory at once (one file may be larger)."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What one look into the inbox brought."""

    new: int = 0
    again: int = 0
    read: int = 0
    unreadable: int = 0
    skipped: int = 0
    waiting: int = 0


WAITING = frozenset({"settling", "still_writing", "partial", "vanished"})


def receive(workspace: Workspace, ledger: Ledger, plan: Plan, now: dt.datetime, office: str) -> Intake:
    """Take in everything that lies in the inbox at `now`, then read whatever is still unread.

    Files stay where they are. Safe to repeat and to interrupt anywhere. Raises LedgerError.
    """
    desk = _Desk(ledger, plan, now, _previous_pass(ledger), office)
    seen, skipped = _look(workspace, now)
    new = sum(desk.take(item) for item in _unknown(workspace, now, [item for item in seen if not desk.knows(item)]))
    waiting = sum(1 for item in skipped if item.reason in WAITING)
    for item in skipped:
        if item.reason not in WAITING:
            desk.skip(item)
    read, unreadable = _read_all(ledger, now, office)
    return Intake(new, len(seen) - new, read, unreadable, len(skipped) - waiting, waiting)


def _look(workspace: Workspace, now: dt.datetime) -> tuple[list[Seen], list[Skipped]]:
    """Everything in the inbox, from outside."""
    found = list(sweep(workspace.inbox, now, known=lambda _: True))
    return [item for item in found if isinstance(item, Seen)], [item for item in found if isinstance(item, Skipped)]


def _unknown(workspace: Workspace, now: dt.datetime, files: Iterable[Seen]) -> Iterator[Found]:
    """These files with their contents, the oldest first; one that has changed meanwhile waits for the next pass."""
    for load in _loads(sorted(files, key=_age), lambda item: item.size):
        yield from _contents(workspace, now, frozenset(load))


def _contents(workspace: Workspace, now: dt.datetime, wanted: frozenset[Seen]) -> list[Found]:
    found = sweep(workspace.inbox, now, known=lambda item: item not in wanted)
    return sorted((item for item in found if isinstance(item, Found)), key=_age)


def _age(item: Seen | Found) -> tuple[dt.datetime, str]:
    return item.modified, item.path


def _previous_pass(ledger: Ledger) -> dt.datetime:
    return max(entry.at for entry in ledger.entries("genesis", "pass"))


class _Desk:
    """The desk at which one look's finds are entered, one transaction each."""

    def __init__(self, ledger: Ledger, plan: Plan, now: dt.datetime, previous: dt.datetime, office: str) -> None:
        self._ledger, self._now, self._previous, self._office = ledger, now, previous, office
        self._sources = {folder: kind for kind, folder in inbox_folders(plan.language).items()}
        entries = ledger.entries("arrived", "skipped")
        self._known = {entry.key for entry in entries}
        self._here: dict[str, list[Arrived]] = {}
        for entry in entries:
            if entry.kind == "arrived":
                arrival = Arrived.of(entry)
                self._here.setdefault(arrival.place, []).append(arrival)

    def knows(self, item: Seen) -> bool:
        """Whether this very file has arrived, as far as can be told from outside."""
        here = self._here.get(self._place(item.path))
        return here is not None and here[-1].mark == self._mark(item.path, item.size, item.modified)

    def take(self, item: Found) -> bool:
        """Enter one file. False if the same content arrived under this name before and lies there still."""
        source = self._source(item.path)
        key = self._key("arrived", item.path, item.content)
        paper_key = self._key("received", source, item.content)
        if key in self._known:
            here = self._here[self._place(item.path)]
            paper_here = self._ledger.find(paper_key)
            if paper_here is None or here[-1].paper == paper_here.subject:
                return False
            key = f"{key}:{len(here)}"
        is_certain = self._previous <= item.modified <= self._now
        with self._ledger.writing() as page:
            paper = page.append(
                "received",
                at=self._now,
                office=self._office,
                subject=self._ledger.token(paper_key),
                key=paper_key,
                facts={"source": source, "size": len(item.content)},
                content=Content("original", "application/octet-stream", item.content),
            )
            arrival = page.append(
                "arrived",
                at=self._now,
                office=self._office,
                subject=paper.subject,
                key=key,
                facts={
                    "at": (item.modified if is_certain else self._previous).astimezone(dt.UTC).isoformat(),
                    "earliest": not is_certain,
                    "place": self._place(item.path),
                    "seen": self._mark(item.path, len(item.content), item.modified),
                },
                content=Content("name", "text/plain", item.path.encode()),
            )
        self._known.add(key)
        self._here.setdefault(self._place(item.path), []).append(Arrived.of(arrival))
        return True

    def skip(self, item: Skipped) -> None:
        """Note something that is no ordinary file, once."""
        place = self._place(item.path)
        key = f"skipped:{item.reason}:{place}"
        if key not in self._known:
            facts = {"reason": item.reason, "place": place}
            self._ledger.append("skipped", at=self._now, office=self._office, key=key, facts=facts)

    def _key(self, kind: str, place: str, content: bytes) -> str:
        return f"{kind}:{self._ledger.fingerprint(place.encode() + bytes(1) + content)}"

    def _place(self, path: str) -> str:
        return self._ledger.fingerprint(path.encode())

    def _mark(self, path: str, size: int, modified: dt.datetime) -> str:
        return self._ledger.fingerprint(f"seen\0{path}\0{size}\0{modified.isoformat()}".encode())

    def _source(self, path: str) -> str:
        folder = path.split("/", 1)[0] if "/" in path else ""
        return self._sources.get(folder, "papers")


def _read_all(ledger: Ledger, now: dt.datetime, office: str) -> tuple[int, int]:
    """Read every paper that was received but not read yet by this version. How many were read, how many of them could not be.

    Readings are entered a few at a time: what a crash takes with it is read again.
    """
    read = unreadable = 0
    for some in _loads(_readings(ledger), lambda item: max(len(item.extract), LOAD // 20)):
        with ledger.writing() as page:
            for item in some:
                page.append(
                    "read",
                    at=now,
                    office=office,
                    subject=item.subject,
                    key=_reading_key(item.subject),
                    facts=item.facts,
                    content=Content("extract", "application/json", item.extract),
                )
        read += len(some)
        unreadable += sum(item.facts["status"] == "unreadable" for item in some)
    return read, unreadable


@dataclass(frozen=True, slots=True)
class _Read:
    subject: str
    facts: dict[str, str | int]
    extract: bytes


def _readings(ledger: Ledger) -> Iterator[_Read]:
    unread = _unread(ledger)
    names = _names(ledger, unread)
    with Reader() as reader:
        for load in _loads(unread, lambda item: item.size):
            originals = ledger.contents(item.original for item in load if item.original)
            for item in load:
                if item.original in originals:  # otherwise it was erased
                    reading = reader.read(originals[item.original], names.get(item.paper, ""))
                    yield _Read(item.paper, _told(reading), reading.to_json().encode())


def _told(reading: Reading) -> dict[str, str | int]:
    """What the journal says of a reading."""
    return {
        "status": reading.status,
        "form": reading.form,
        "reason": reading.reason,
        "paragraphs": len(reading.paragraphs),
    }


def _unread(ledger: Ledger) -> list[Received]:
    """The receipt of every paper that this version has not read yet."""
    read = {entry.key for entry in ledger.entries("read")}
    received = map(Received.of, ledger.entries("received"))
    return [item for item in received if item.original and _reading_key(item.paper) not in read]


def _reading_key(subject: str) -> str:
    return f"read:{READING}:{subject}"


def _names(ledger: Ledger, unread: Iterable[Received]) -> dict[str, str]:
    """The file name under which each of these papers came in first, by paper."""
    wanted = {item.paper for item in unread}
    named = {e.subject: e.object for e in reversed(ledger.entries("arrived")) if e.object and e.subject in wanted}
    found = ledger.contents(named.values())
    return {subject: found[name].decode().rsplit("/", 1)[-1] for subject, name in named.items() if name in found}


def _loads(items: Iterable[_T], size: Callable[[_T], int]) -> Iterator[list[_T]]:
    """The items in their order, in portions that fit into memory together."""
    load: list[_T] = []
    weight = 0
    for item in items:
        if load and weight + size(item) > LOAD:
            yield load
            load, weight = [], 0
        load.append(item)
        weight += size(item)
    if load:
        yield load
