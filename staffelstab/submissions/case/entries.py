"""Entries of the journal as values, one class per kind: what the facts of each are called and hold is read here alone.

Times are as the ledger keeps them, in UTC; whoever shows them knows the plan's zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from staffelstab.ledger.values import Entry


@dataclass(frozen=True, slots=True)
class Received:
    """A new paper or sheet: in which folder it lay, how large it is, its original (None: erased)."""

    paper: str
    source: str
    size: int
    original: str | None
    seq: int

    @classmethod
    def of(cls, entry: Entry) -> Received:
        """What a `received` entry says."""
        return cls(entry.subject, str(entry.facts["source"]), int(entry.facts["size"]), entry.object, entry.seq)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One arrival of a paper: the moment that counts, whether that is the `earliest` possible one because none is certain.

    `place` is where it lies in the inbox, `mark` how the file looked from outside; `entered` is when the arrival was written down.
    """

    paper: str
    at: dt.datetime
    earliest: bool
    place: str
    mark: str
    name: str | None
    entered: dt.datetime
    seq: int

    @classmethod
    def of(cls, entry: Entry) -> Arrived:
        """What an `arrived` entry says."""
        facts = entry.facts
        return cls(
            paper=entry.subject,
            at=dt.datetime.fromisoformat(str(facts["at"])),
            earliest=bool(facts["earliest"]),
            place=str(facts["place"]),
            mark=str(facts["seen"]),
            name=entry.object,
            entered=entry.at,
            seq=entry.seq,
        )


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something in the inbox that is no ordinary file."""

    reason: str
    place: str

    @classmethod
    def of(cls, entry: Entry) -> PassedOver:
        """What a `skipped` entry says."""
        return cls(str(entry.facts["reason"]), str(entry.facts.get("place", "")))


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whose a paper is, as somebody has entered it."""

    paper: str
    actor: str

    @classmethod
    def of(cls, entry: Entry) -> Assigned:
        """What an `assigned` entry says."""
        return cls(entry.subject, str(entry.facts["actor"]))


@dataclass(frozen=True, slots=True)
class Decided:
    """What a session did; votes nobody counted are None, `notes` is the object that holds the points of the discussion.

    `met` is the day on which the body met, where the entry says it.
    """

    session: str
    at: dt.datetime
    outcome: str
    yes: int | None
    no: int | None
    abstentions: int | None
    assumed: bool
    met: dt.date | None
    notes: str | None

    @classmethod
    def of(cls, entry: Entry) -> Decided:
        """What a `decided` entry says."""
        facts = entry.facts
        return cls(
            session=entry.subject,
            at=entry.at,
            outcome=str(facts["outcome"]),
            yes=facts.get("yes"),
            no=facts.get("no"),
            abstentions=facts.get("abstentions"),
            assumed=bool(facts.get("assumed")),
            met=_day(facts.get("met")),
            notes=entry.object,
        )


@dataclass(frozen=True, slots=True)
class Froze:
    """A dossier that was frozen: the ledger's object of each file, and the figures of that day."""

    session: str
    at: dt.datetime
    files: Mapping[str, str]
    figures: Mapping[str, int]
    seq: int

    @classmethod
    def of(cls, entry: Entry) -> Froze:
        """What a `frozen` entry says."""
        facts = entry.facts
        files = dict(zip(facts["formats"], facts["objects"], strict=True))
        figures = dict(zip(facts["counted"], facts["counts"], strict=True))
        return cls(entry.subject, entry.at, files, figures, entry.seq)


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A phase that handed over, by its number, and the hash of its baton."""

    phase: int
    at: dt.datetime
    hash: str

    @classmethod
    def of(cls, entry: Entry) -> HandedOn:
        """What a `handed_over` entry says."""
        return cls(int(entry.facts["number"]), entry.at, str(entry.facts["hash"]))


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A run of a phase, how far into the journal it had looked, and how many binding gaps and questions it found."""

    phase: str
    at: dt.datetime
    seen: int
    blocks: int
    questions: int

    @classmethod
    def of(cls, entry: Entry) -> Surveyed:
        """What a `surveyed` entry says."""
        facts = entry.facts
        seen = int(facts.get("seen", entry.seq))
        return cls(entry.phase, entry.at, seen, int(facts["blocks"]), int(facts["questions"]))


def _day(fact: object) -> dt.date | None:
    return dt.date.fromisoformat(str(fact)) if fact else None
