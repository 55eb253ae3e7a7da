"""From the drop folder into the ledger: the original first, reading it after; nothing twice, nothing lost.

Entries written here

    received   a new paper or sheet: the original, its id, which folder it lay in
    arrived    one arrival of it: when, under which name, whether that moment is certain
    read       what a reader understood of it
    skipped    something that is no ordinary file

Which moment counts as arrival (notes on evidence, reliability case 24): a file cannot have arrived before the last pass that did not
see it, nor after now. Within that interval its time of modification counts; if it claims to be older, the earliest possible moment
counts in the sender's favour, and the arrival is marked as doubtful.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from staffelstab.intake.folder import Found, Skipped, sweep
from staffelstab.intake.reader import Reader
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.plan.model import Plan
from staffelstab.workspace import Workspace, inbox_folders

_T = TypeVar("_T")

READING = "1"
"""Version of what `read` entries hold: a new reader reads everything again under a new key."""


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
    found, skipped = _look(workspace, now)
    before = ledger.head()
    previous = _previous_pass(ledger)
    desk = _Desk(ledger, plan, now, previous, office)
    again = sum(1 for item in found if not desk.take(item))
    waiting = sum(1 for item in skipped if item.reason in WAITING)
    for item in skipped:
        if item.reason not in WAITING:
            desk.skip(item)
    read, unreadable = (0, 0) if ledger.head() == before and not desk.unread() else _read_all(desk, ledger, now, office)
    return Intake(len(found) - again, again, read, unreadable, len(skipped) - waiting, waiting)


def _look(workspace: Workspace, now: dt.datetime) -> tuple[list[Found], list[Skipped]]:
    found: list[Found] = []
    skipped: list[Skipped] = []
    for item in sweep(workspace.inbox, now):
        if isinstance(item, Found):
            found.append(item)
        else:
            skipped.append(item)
    return sorted(found, key=lambda item: (item.modified, item.path)), skipped


def _previous_pass(ledger: Ledger) -> dt.datetime:
    return max(entry.at for entry in ledger.entries("genesis", "pass"))


class _Desk:
    """The desk at which one look's finds are entered, one transaction each."""

    def __init__(self, ledger: Ledger, plan: Plan, now: dt.datetime, previous: dt.datetime, office: str) -> None:
        self._ledger, self._now, self._previous, self._office = ledger, now, previous, office
        self._sources = {folder: kind for kind, folder in inbox_folders(plan.language).items()}
        self._known = {entry.key for entry in ledger.entries("arrived", "skipped")}

    def take(self, item: Found) -> bool:
        """Enter one file. False if this very arrival is known already."""
        source = self._source(item.path)
        key = self._key("arrived", item.path, item.content)
        if key in self._known:
            return False
        paper_key = self._key("received", source, item.content)
        arrived = min(max(item.modified, self._previous), self._now)
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
            page.append(
                "arrived",
                at=self._now,
                office=self._office,
                subject=paper.subject,
                key=key,
                facts={
                    "at": arrived.astimezone(dt.UTC).isoformat(),
                    "earliest": item.modified < self._previous,
                    "place": self._ledger.fingerprint(item.path.encode()),
                },
                content=Content("name", "text/plain", item.path.encode()),
            )
        self._known.add(key)
        return True

    def skip(self, item: Skipped) -> None:
        """Note something that is no ordinary file, once."""
        key = f"skipped:{item.reason}:{self._ledger.fingerprint(item.path.encode('utf-8', 'surrogateescape'))}"
        if key not in self._known:
            self._ledger.append("skipped", at=self._now, office=self._office, key=key, facts={"reason": item.reason})

    def unread(self) -> dict[str, str]:
        """The original's object id of every paper that was received but not read yet, by paper."""
        read = {entry.subject for entry in self._ledger.entries("read")}
        return {
            entry.subject: entry.object
            for entry in self._ledger.entries("received")
            if entry.object and entry.subject not in read
        }

    def _key(self, kind: str, place: str, content: bytes) -> str:
        return f"{kind}:{self._ledger.fingerprint(place.encode() + bytes(1) + content)}"

    def _source(self, path: str) -> str:
        folder = path.split("/", 1)[0] if "/" in path else ""
        return self._sources.get(folder, "papers")


def _read_all(desk: _Desk, ledger: Ledger, now: dt.datetime, office: str) -> tuple[int, int]:
    unread = desk.unread()
    names = _names(ledger, unread)
    read = unreadable = 0
    with Reader() as reader:
        for batch in _batches(unread.items(), 50):
            originals = ledger.contents(original for _, original in batch)
            for subject, original in batch:
                if original not in originals:
                    continue
                reading = reader.read(originals[original], names.get(subject, ""))
                ledger.append(
                    "read",
                    at=now,
                    office=office,
                    subject=subject,
                    key=f"read:{READING}:{subject}",
                    facts={
                        "status": reading.status,
                        "form": reading.form,
                        "reason": reading.reason,
                        "paragraphs": len(reading.paragraphs),
                    },
                    content=Content("extract", "application/json", reading.to_json().encode()),
                )
                read += 1
                unreadable += reading.status == "unreadable"
    return read, unreadable


def _names(ledger: Ledger, unread: dict[str, str]) -> dict[str, str]:
    named = {entry.subject: entry.object for entry in reversed(ledger.entries("arrived")) if entry.object}
    wanted = {subject: named[subject] for subject in unread if subject in named}
    found = ledger.contents(wanted.values())
    return {subject: found[name].decode().rsplit("/", 1)[-1] for subject, name in wanted.items() if name in found}


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
