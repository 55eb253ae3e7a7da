"""Entries of the journal as values, one class per kind: what the facts of each are called and hold is read here alone.

Times are as the ledger keeps them, in UTC; whoever shows them knows the plan's zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import msgspec

from staffelstab.ledger.values import Entry, Facts, Known


class Received(msgspec.Struct, frozen=True):
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


class Arrived(msgspec.Struct, frozen=True):
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


GONE = "gone"


class PassedOver(msgspec.Struct, frozen=True):
    """Something in the inbox that was not taken, lying where input of the kind `source` belongs; GONE: it no longer lies there."""

    reason: str
    place: str
    source: str = "papers"

    @classmethod
    def of(cls, entry: Entry) -> PassedOver:
        """What a `skipped` entry says."""
        facts = entry.facts
        return cls(str(facts["reason"]), str(facts.get("place", "")), str(facts.get("source", "papers")))


class Assigned(msgspec.Struct, frozen=True):
    """Whose a paper is, as somebody has entered it."""

    paper: str
    actor: str

    @classmethod
    def of(cls, entry: Entry) -> Assigned:
        """What an `assigned` entry says."""
        return cls(entry.subject, str(entry.facts["actor"]))


class Withdrew(msgspec.Struct, frozen=True):
    """That a paper, or a row of a sheet (0: the whole paper), no longer counts, or does again (`undone`).

    `reason` is the object that holds why.
    """

    paper: str
    row: int
    by: str
    at: dt.datetime
    undone: bool
    reason: str | None
    seq: int

    @classmethod
    def of(cls, entry: Entry) -> Withdrew:
        """What a `withdrawn` entry says."""
        facts = entry.facts
        return cls(
            paper=entry.subject,
            row=int(facts["row"]),
            by=str(facts["by"]),
            at=entry.at,
            undone=bool(facts["undone"]),
            reason=entry.object,
            seq=entry.seq,
        )


class Decided(msgspec.Struct, frozen=True):
    """What a session did; votes nobody counted are None, `notes` is the object that holds the points of the discussion.

    `met` is the day on which the body met, where the entry says it; `corrects` says that another decision stood before.
    """

    session: str
    at: dt.datetime
    outcome: str
    yes: int | None
    no: int | None
    abstentions: int | None
    assumed: bool
    met: dt.date | None
    corrects: bool
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
            corrects="corrects" in facts,
            notes=entry.object,
        )


class Unprinted(msgspec.Struct, frozen=True):
    """What of a dossier could not be printed: formats that are missing, and passages left out, each as "pdf B07.3"."""

    formats: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()

    @classmethod
    def of(cls, facts: Facts) -> Unprinted:
        """What the facts of an entry say."""
        return cls(tuple(map(str, facts.get("missing") or ())), tuple(map(str, facts.get("left_out") or ())))

    @property
    def facts(self) -> dict[str, Known]:
        """The same as facts of an entry; nothing if all was printed."""
        found = {"missing": list(self.formats), "left_out": list(self.passages)}
        return {name: places for name, places in found.items() if places}


ALL_PRINTED = Unprinted()


class Froze(msgspec.Struct, frozen=True):
    """A dossier that was frozen: the ledger's object of each file, the figures of that day, whether its session had begun.

    `unprinted` is what could not be printed that day; a format may have been added since.
    """

    session: str
    at: dt.datetime
    files: Mapping[str, str]
    figures: Mapping[str, int]
    late: bool
    seq: int
    unprinted: Unprinted = ALL_PRINTED

    @classmethod
    def of(cls, entry: Entry) -> Froze:
        """What a `frozen` entry says."""
        facts = entry.facts
        files = dict(zip(facts["formats"], facts["objects"], strict=True))
        figures = dict(zip(facts["counted"], facts["counts"], strict=True))
        return cls(entry.subject, entry.at, files, figures, bool(facts.get("late")), entry.seq, Unprinted.of(facts))


class HandedOn(msgspec.Struct, frozen=True):
    """A phase that handed over, by its number, the hash of its baton, and how many binding gaps travel along."""

    phase: int
    at: dt.datetime
    hash: str
    debts: int

    @classmethod
    def of(cls, entry: Entry) -> HandedOn:
        """What a `handed_over` entry says."""
        facts = entry.facts
        return cls(int(facts["number"]), entry.at, str(facts["hash"]), int(facts.get("debts", 0)))


class Sealed(msgspec.Struct, frozen=True):
    """The moment of which a phase's baton is made, and how many binding gaps travel along with it."""

    at: dt.datetime
    debts: int

    @classmethod
    def of(cls, entry: Entry) -> Sealed:
        """What a `sealed` entry says."""
        return cls(entry.at, int(entry.facts["debts"]))


class Drafted(msgspec.Struct, frozen=True):
    """What is known of a draft: fingerprints of its content and of the files made of it, and the moment they bear."""

    content: str
    files: str
    as_of: dt.datetime
    unprinted: Unprinted = ALL_PRINTED

    @classmethod
    def of(cls, facts: Facts) -> Drafted | None:
        """What the facts of a `surveyed` entry say of the draft; None if the run left none."""
        if not facts.get("draft"):
            return None
        as_of = dt.datetime.fromisoformat(str(facts["as_of"]))
        return cls(str(facts["draft"]), str(facts["files"]), as_of, Unprinted.of(facts))

    @property
    def facts(self) -> dict[str, Known]:
        """The same as facts of a `surveyed` entry."""
        return {"draft": self.content, "files": self.files, "as_of": self.as_of.isoformat()}


class Surveyed(msgspec.Struct, frozen=True):
    """A run of a phase: how far into the journal it had looked, by which edition of plan and codebook, and what it found and left.

    `blocks` and `questions` count what it found; `draft` is the draft it left, if it left one; `unprinted` what of its dossier,
    be it a draft or frozen, could not be printed.
    """

    phase: str
    at: dt.datetime
    last_seq: int
    edition: str
    blocks: int
    questions: int
    draft: Drafted | None
    unprinted: Unprinted = ALL_PRINTED

    @classmethod
    def of(cls, entry: Entry) -> Surveyed:
        """What a `surveyed` entry says."""
        facts = entry.facts
        return cls(
            phase=entry.phase,
            at=entry.at,
            last_seq=int(facts.get("seen", entry.seq)),
            edition=str(facts.get("plan", "")),
            blocks=int(facts["blocks"]),
            questions=int(facts["questions"]),
            draft=Drafted.of(facts),
            unprinted=Unprinted.of(facts),
        )


class Sent(msgspec.Struct, frozen=True):
    """That the letter with this key was sent, as somebody has entered it, or was not after all (`undone`)."""

    letter: str
    by: str
    at: dt.datetime
    undone: bool

    @classmethod
    def of(cls, entry: Entry) -> Sent:
        """What a `sent` entry says."""
        return cls(entry.subject, str(entry.facts["by"]), entry.at, bool(entry.facts["undone"]))


def recipients_of(letter: Entry) -> tuple[str, ...]:
    """To whom a `letter` entry says that it was written, by id."""
    named = letter.facts.get("to")
    return tuple(str(actor) for actor in named) if isinstance(named, list) else ()


def occasion_of(letter: Entry) -> str:
    """For which occasion a `letter` entry says that it was written."""
    return str(letter.facts["occasion"])


def is_unreadable(reading: Entry) -> bool:
    """Whether a `read` entry says that nothing could be read."""
    return bool(reading.facts["status"] == "unreadable")


def missed_before(passed: Entry) -> int:
    """How many appointments a `pass` entry says that no pass had attended."""
    return len(passed.facts["missed"])


def waiting_after(passed: Entry) -> int:
    """How many files a `pass` entry says were not complete yet."""
    return int(passed.facts.get("waiting", 0))


def unread_after(passed: Entry) -> int:
    """How many papers a `pass` entry says were received but not read yet."""
    return int(passed.facts.get("unread", 0))


def missing_walls_after(passed: Entry) -> tuple[str, ...] | None:
    """Which walls a `pass` entry says the reader of papers had to do without; None if that pass read nothing."""
    walls = tuple(str(wall) for wall in passed.facts.get("walls", ()))
    return walls if walls or passed.facts.get("read") else None


def _day(fact: object) -> dt.date | None:
    return dt.date.fromisoformat(str(fact)) if fact else None


class Held(msgspec.Struct, frozen=True):
    """That a person (a random id, "": nobody) holds an office from a day until a day, or that this no longer counts.

    `contact` is the content with name and addresses; None for nobody.
    """

    actor: str
    person: str
    since: dt.date | None
    until: dt.date | None
    withdrawn: bool
    contact: str | None

    @classmethod
    def of(cls, entry: Entry) -> Held:
        """What a `holder` entry says."""
        facts = entry.facts
        return cls(
            entry.subject,
            str(facts["person"]),
            _day(facts.get("since")),
            _day(facts.get("until")),
            bool(facts.get("withdrawn")),
            entry.object,
        )


class Released(msgspec.Struct, frozen=True):
    """That a letter was let go in the name of an office, with its words as the content; or, `withdrawn`, taken back."""

    letter: str
    by: str
    at: dt.datetime
    withdrawn: bool
    content: str | None

    @classmethod
    def of(cls, entry: Entry) -> Released:
        """What a `released` entry says."""
        return cls(entry.subject, str(entry.facts["by"]), entry.at, bool(entry.facts.get("withdrawn")), entry.object)


class Intended(msgspec.Struct, frozen=True):
    """That a person is to get a letter, how, and in which offices."""

    letter: str
    person: str
    way: str
    offices: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> Intended:
        """What a `delivery` entry says."""
        facts = entry.facts
        return cls(entry.subject, str(facts["person"]), str(facts["way"]), tuple(map(str, facts["offices"])))


class Attempted(msgspec.Struct, frozen=True):
    """That a letter is being handed to the mail server for a person, for the first, second … time."""

    letter: str
    person: str
    number: int

    @classmethod
    def of(cls, entry: Entry) -> Attempted:
        """What an `attempt` entry says."""
        return cls(entry.subject, str(entry.facts["person"]), int(entry.facts["number"]))


Concluding = Literal["sent", "later", "refused", "unknown", "posted"]


class Concluded(msgspec.Struct, frozen=True):
    """What became of a letter for a person: the server's answer and its code, or what somebody says of it."""

    letter: str
    person: str
    result: Concluding
    code: int

    @classmethod
    def of(cls, entry: Entry) -> Concluded:
        """What an `outcome` entry says."""
        facts = entry.facts
        result = msgspec.convert(facts["result"], Concluding)
        return cls(entry.subject, str(facts["person"]), result, int(facts.get("code", 0)))
