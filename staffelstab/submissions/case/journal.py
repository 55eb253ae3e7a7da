"""The entries of the ledger that a case is made of: by kind and, for those about a paper or sheet, by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.head_fields import labels_of
from staffelstab.documents.extraction.older_readings import upgraded
from staffelstab.documents.extraction.reader import heading_labels
from staffelstab.ledger.entries import GONE, Arrived, Assigned, Decided, Froze, HandedOn, PassedOver, Received, Withdrew
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import CLOCK, Entry
from staffelstab.timetable.plan.model import Plan

KINDS = (
    "received",
    "arrived",
    "read",
    "skipped",
    "decided",
    "frozen",
    "handed_over",
    "assigned",
    "withdrawn",
    "confirmed",
    "amended",
    "unreached",
    CLOCK,
)


class Journal:
    """What was written up to a moment, in the order written; `last` is the number of the last entry.

    `passed_over` is what lies there and was not taken, by place; `arrivals` are by paper, `assigned` its actor by paper,
    `extracts` the object of what was read of it last, `withdrawn` what no longer counts by paper and row (0: the whole paper).
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.received: list[Received] = []
        self.arrivals: dict[str, list[Arrived]] = {}
        self.extracts: dict[str, str | None] = {}
        self.passed_over: dict[str, PassedOver] = {}
        self.assigned: dict[str, str] = {}
        self.withdrawn: dict[tuple[str, int], Withdrew] = {}
        self.decided: list[Decided] = []
        self.frozen: list[Froze] = []
        self.handed_on: list[HandedOn] = []
        self.changed: list[Entry] = []
        self.unreached: list[dt.datetime] = []
        self.last = 0
        self._holders: dict[str, str] = {}
        for entry in entries:
            self.last = entry.seq
            self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        match entry.kind:
            case "received":
                self.received.append(Received.of(entry))
            case "arrived":
                self._arrive(Arrived.of(entry))
            case "read":
                self.extracts[entry.subject] = entry.object
            case "skipped":
                self._pass_over(PassedOver.of(entry))
            case "assigned":
                assigned = Assigned.of(entry)
                self.assigned[assigned.paper] = assigned.actor
            case "withdrawn":
                self._withdraw(Withdrew.of(entry))
            case "decided":
                self.decided.append(Decided.of(entry))
            case "frozen":
                self.frozen.append(Froze.of(entry))
            case "handed_over":
                self.handed_on.append(HandedOn.of(entry))
            case "confirmed" | "amended":
                self.changed.append(entry)
            case "unreached":
                self.unreached.append(entry.at)

    def _pass_over(self, item: PassedOver) -> None:
        if item.reason == GONE:
            self.passed_over.pop(item.place, None)
        else:
            self.passed_over[item.place] = item

    def _arrive(self, arrival: Arrived) -> None:
        self.passed_over.pop(arrival.place, None)
        self.arrivals.setdefault(arrival.paper, []).append(arrival)
        self._holders[arrival.place] = arrival.paper

    def _withdraw(self, item: Withdrew) -> None:
        if item.undone:
            self.withdrawn.pop((item.paper, item.row), None)
        else:
            self.withdrawn[item.paper, item.row] = item

    def received_in(self, source: str) -> list[Received]:
        """What was received in the folder of `source`, each paper or sheet once."""
        return [item for item in self.received if item.source == source]

    def readings(self, ledger: Ledger) -> dict[str, Reading]:
        """What was understood of each paper and sheet, by its id; nothing of what was erased. Raises LedgerError."""
        extracts = {paper: extract for paper, extract in self.extracts.items() if extract}
        labels = labels_of(heading_labels())
        readings: dict[str, Reading] = {}
        for papers in _portions(list(extracts)):
            found = ledger.contents(extracts[paper] for paper in papers)
            texts = {paper: found[extracts[paper]] for paper in papers if extracts[paper] in found}
            readings |= {paper: upgraded(Reading.from_json(text.decode()), labels) for paper, text in texts.items()}
        return readings

    def holders(self) -> dict[str, str]:
        """Which paper or sheet lies at each place of the inbox now."""
        return self._holders


def _portions(papers: Sequence[str], size: int = 200) -> Iterator[Sequence[str]]:
    """So many extracts are held in memory as bytes at once."""
    return (papers[start : start + size] for start in range(0, len(papers), size))


def moment(plan: Plan, arrival: Arrived) -> dt.datetime:
    """The moment that counts for an arrival, in the plan's zone."""
    return arrival.at.astimezone(plan.zone)
