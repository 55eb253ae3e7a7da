"""From every way in into the ledger: the original first, reading it after; nothing twice, nothing lost.

Entries written here

    received   a new paper or sheet: the original, its id, which kind of input it is
    arrived    one arrival of it: when, under which name, whether that moment is certain
    skipped    something that was not taken, and why; "gone" once it no longer lies there. What is not finished yet is entered when
               it has waited for a day
    unreached  a source that could not be looked at, once at a moment

Which moment counts as arrival, the way knows by which it came (`staffelstab.submissions.sources`).

What comes in is entered in portions, each in one transaction: either all of it is on disk, or the next pass takes it. What has
the place and version of the last arrival there is not fetched again. An earlier version that is put back where a later one lay
arrives again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath

from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.ledger.entries import GONE, Arrived, PassedOver
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Draft, Known
from staffelstab.submissions.case.extracts import extract_all
from staffelstab.submissions.case.left_lying import keep_left_lying
from staffelstab.submissions.case.portions import portions
from staffelstab.submissions.sources.arrival import Arrival, Skipped, Source, encoded
from staffelstab.submissions.sources.readers import sight
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace

LONG = dt.timedelta(days=1)
"""What has waited for so long to be finished is entered as not taken."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What one look at everything that comes in has brought; `unread`, `missing_walls` and `refused`: see `Extracted`.

    `system` counts what an operating system left lying; `unreached` says of each source that could not be looked at why; the others
    were looked at all the same.
    """

    new: int = 0
    again: int = 0
    read: int = 0
    unreadable: int = 0
    unread: int = 0
    skipped: int = 0
    waiting: int = 0
    system: int = 0
    missing_walls: tuple[str, ...] | None = field(default=None, compare=False)
    refused: bool = False
    unreached: tuple[StaffelstabError, ...] = field(default=(), compare=False)

    def about_walls(self, words: Language) -> Iterator[str]:
        """Which walls around the reader are missing, and what became of the papers; nothing if all stand or nothing was to read."""
        if self.missing_walls:
            yield from (words.say(f"intake.wall.{wall}") for wall in self.missing_walls)
            yield words.say("intake.wall.refused" if self.refused else "intake.wall.read")


def receive(workspace: Workspace, ledger: Ledger, plan: Plan, now: dt.datetime, office: str) -> Intake:
    """Take in everything that lies there at `now`, then read whatever is still unread.

    Files stay where they are. Safe to repeat and to interrupt anywhere. Raises LedgerError.
    """
    taken = _take_in(workspace, ledger, plan, now, office)
    extracted = extract_all(ledger, now, office, walls_required=plan.reader_walls == "required")
    return replace(
        taken,
        read=extracted.read,
        unreadable=extracted.unreadable,
        unread=extracted.unread,
        missing_walls=extracted.missing_walls,
        refused=extracted.refused,
    )


def _take_in(workspace: Workspace, ledger: Ledger, plan: Plan, now: dt.datetime, office: str) -> Intake:
    """Everything that has arrived, as it is; read it is later."""
    sources = workspace.sources(plan)
    receiver = _Receiver(ledger, {name: kind for source in sources for name, kind in source.kinds.items()}, now, office)
    with sight(sources, partial(_looked_at, ledger), now) as seen:
        arrivals = [item for item in seen.found if isinstance(item, Arrival)]
        skipped = [item for item in seen.found if isinstance(item, Skipped)]
        unknown = sorted((item for item in arrivals if not receiver.knows(item)), key=_age)
        new, gone = _take_all(receiver, unknown)
    system = sum(item.reason == "system" for item in skipped)
    others = [item for item in skipped if item.reason != "system"]
    _pass_over(workspace, receiver, others, system, whole=not seen.unreached)
    for blind in seen.unreached:
        receiver.miss(blind.source)
    waiting = sum(item.waits for item in others)
    return Intake(
        new,
        len(arrivals) - new - gone,
        skipped=len(others) - waiting,
        waiting=waiting + gone,
        system=system,
        unreached=tuple(blind.error for blind in seen.unreached),
    )


def _pass_over(
    workspace: Workspace, receiver: _Receiver, found: Sequence[Skipped], system: int, *, whole: bool
) -> None:
    """Keep by name what was not taken, and note in the journal what waits no longer, or has waited for long."""
    told = ((item.name, item.reason, item.waits) for item in found)
    lying = keep_left_lying(workspace.root, told, system, receiver.now)
    old = {(item.name, item.reason) for item in lying.things if receiver.now - item.since >= LONG}
    receiver.pass_over([item for item in found if not item.waits or _is_stuck(item, old)], whole=whole)


def _is_stuck(item: Skipped, old: Container[tuple[str, str]]) -> bool:
    """Whether something has waited for long; the mark of an office program that somebody forgot is no submission."""
    return (item.name, item.reason) in old and not item.name.rpartition("/")[2].startswith((".~", "~"))


def _take_all(receiver: _Receiver, arrivals: Iterable[Arrival]) -> tuple[int, int]:
    """Enter what has arrived. How many were new, and how many had changed when they were to be fetched: they wait."""
    new = gone = 0
    for portion in portions(arrivals, lambda item: item.size):
        fetched = [(item, content) for item in portion if (content := item.fetch()) is not None]
        new += receiver.take(fetched) if fetched else 0
        gone += len(portion) - len(fetched)
    return new, gone


def _age(item: Arrival) -> tuple[dt.datetime, str]:
    return item.noted, item.place


def _looked_at(ledger: Ledger, source: Source) -> dt.datetime:
    """When a source was looked at last: a pass that could not reach it saw nothing of what came in before."""
    mark = _mark_of(ledger, source)
    missed = {entry.at for entry in ledger.entries("unreached") if entry.facts["source"] == mark}
    return max(
        entry.at for entry in ledger.entries("genesis", "pass") if entry.kind == "genesis" or entry.at not in missed
    )


def _mark_of(ledger: Ledger, source: Source) -> str:
    """What the journal calls a source: the same wherever the working folder lies, and no name."""
    return ledger.fingerprint(f"{source.scheme}\0{PurePath(source.location).name}".encode())[:32]


@dataclass(slots=True)
class _Place:
    """What is known of one place: how often something arrived there, what lay there last and how that looked from outside."""

    arrivals: int
    paper: str
    mark: str


class _Receiver:
    """Enters what one look at the sources found."""

    def __init__(self, ledger: Ledger, folders: Mapping[str, str], now: dt.datetime, office: str) -> None:
        self._ledger, self._folders, self._now, self._office = ledger, folders, now, office
        entries = ledger.entries("arrived", "skipped")
        self._known = {entry.key for entry in entries}
        self._places: dict[str, _Place] = {}
        self._passed: dict[str, str] = {}
        self._times: dict[str, int] = {}
        for entry in entries:
            if entry.kind == "arrived":
                arrived = Arrived.of(entry)
                self._note(arrived.place, arrived.paper, arrived.mark)
            else:
                passed = PassedOver.of(entry)
                self._note_passed(passed.place, passed.reason)

    def knows(self, item: Arrival) -> bool:
        """Whether this very version has arrived, as far as can be told from outside."""
        place = self._places.get(self._place(item.place))
        return place is not None and place.mark == self._mark(item)

    def take(self, portion: Sequence[tuple[Arrival, bytes]]) -> int:
        """Enter what was fetched, in one transaction.

        How many are new; the others arrived under this name before and lie there still.
        """
        keys = [self._key("received", item.kind.encode(), content) for item, content in portion]
        with self._ledger.writing() as transaction:
            papers = {key: entry.subject for key, entry in transaction.find_all(keys).items()}
            drafts: list[Draft] = []
            for key, (item, content) in zip(keys, portion, strict=True):
                drafts += self._drafts(item, content, key, papers)
            transaction.append_all(drafts)
        return sum(draft.kind == "arrived" for draft in drafts)

    @property
    def now(self) -> dt.datetime:
        """The moment of the look."""
        return self._now

    def pass_over(self, found: Sequence[Skipped], *, whole: bool) -> None:
        """Note what was not taken, once for each reason, and, if the `whole` was seen, what of it no longer lies there."""
        here = {self._place(item.place): item for item in found}
        drafts = [
            self._skip(place, item.reason, self._kind_of(item))
            for place, item in here.items()
            if self._passed.get(place, GONE) != item.reason
        ]
        drafts += [
            self._skip(place, GONE, "")
            for place, reason in list(self._passed.items())
            if whole and reason != GONE and place not in here
        ]
        if drafts:
            with self._ledger.writing() as transaction:
                transaction.append_all(drafts)

    def _skip(self, place: str, reason: str, source: str) -> Draft:
        """One entry; the first of a place has the key that it always had."""
        number = self._times.get(place, 0)
        key = f"skipped:{reason}:{place}" + (f":{number}" if number else "")
        facts: dict[str, Known] = {"reason": reason, "place": place, **({"source": source} if source else {})}
        self._note_passed(place, reason)
        return Draft("skipped", self._now, self._office, key=key, facts=facts)

    def _note_passed(self, place: str, reason: str) -> None:
        self._passed[place] = reason
        self._times[place] = self._times.get(place, 0) + 1

    def _kind_of(self, item: Skipped) -> str:
        top, slash, _ = item.name.partition("/")
        return self._folders.get(top, "papers") if slash else "papers"

    def miss(self, source: Source) -> None:
        """Note that a source could not be looked at now."""
        mark = _mark_of(self._ledger, source)
        key = f"unreached:{mark}:{self._now.astimezone(dt.UTC).isoformat()}"
        self._ledger.append("unreached", at=self._now, office=self._office, key=key, facts={"source": mark})

    def _drafts(self, item: Arrival, content: bytes, paper_key: str, papers: dict[str, str]) -> list[Draft]:
        """The receipt and the arrival of one content; nothing if it lies here already. `papers` are known ones by their key."""
        place, key = self._place(item.place), self._key("arrived", encoded(item.place), content)
        if key in self._known:
            here = self._places[place]
            if papers.get(paper_key, here.paper) == here.paper:
                return []
            key = f"{key}:{here.arrivals}"
        if paper_key not in papers:
            papers[paper_key] = self._ledger.token(paper_key)
        paper, mark = papers[paper_key], self._mark(item)
        self._known.add(key)
        self._note(place, paper, mark)
        facts: dict[str, Known] = {
            "at": item.at.astimezone(dt.UTC).isoformat(),
            "earliest": not item.certain,
            "place": place,
            "seen": mark,
        }
        received: dict[str, Known] = {"source": item.kind, "size": len(content)}
        original = Content("original", "application/octet-stream", content)
        name = Content("name", "text/plain", item.name.encode())
        return [
            Draft("received", self._now, self._office, paper, key=paper_key, facts=received, content=original),
            Draft("arrived", self._now, self._office, paper, key=key, facts=facts, content=name),
        ]

    def _note(self, place: str, paper: str, mark: str) -> None:
        before = self._places.get(place)
        self._places[place] = _Place(before.arrivals + 1 if before else 1, paper, mark)

    def _key(self, kind: str, place: bytes, content: bytes) -> str:
        return f"{kind}:{self._ledger.fingerprint(place + bytes(1) + content)}"

    def _place(self, place: str) -> str:
        return self._ledger.fingerprint(encoded(place))

    def _mark(self, item: Arrival) -> str:
        return self._ledger.fingerprint(b"\0".join((b"seen", encoded(item.place), item.version.encode())))
