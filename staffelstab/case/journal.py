"""The entries of the ledger that a case is made of: by kind and, for those about a paper or sheet, by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from staffelstab.intake.reading import Reading
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.plan.model import Plan

KINDS = (
    "received",
    "arrived",
    "read",
    "skipped",
    "decided",
    "frozen",
    "handed_over",
    "pass",
    "assigned",
    "confirmed",
    "amended",
)


class Journal:
    """What was written up to a moment; `last` is the number of the last entry."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._kinds: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        self.arrivals: dict[str, list[Entry]] = {}
        self.read: dict[str, Entry] = {}
        self.assigned: dict[str, Entry] = {}
        self.last = 0
        for entry in entries:
            self.last = entry.seq
            self._kinds[entry.kind].append(entry)
            if entry.kind == "arrived":
                self.arrivals.setdefault(entry.subject, []).append(entry)
            elif entry.kind == "read":
                self.read[entry.subject] = entry
            elif entry.kind == "assigned":
                self.assigned[entry.subject] = entry

    def of(self, kind: str) -> list[Entry]:
        """The entries of a kind, in the order written."""
        return self._kinds[kind]

    def together(self, *kinds: str) -> list[Entry]:
        """The entries of several kinds, in the order written."""
        return sorted((entry for kind in kinds for entry in self._kinds[kind]), key=lambda entry: entry.seq)

    def received(self, source: str) -> list[Entry]:
        """What was received in the folder of `source`, each paper or sheet once."""
        return [entry for entry in self._kinds["received"] if entry.facts["source"] == source]

    def readings(self, ledger: Ledger) -> dict[str, Reading]:
        """What was understood of each paper and sheet, by its id; nothing of what was erased. Raises LedgerError."""
        extracts = {entry.subject: entry.object for entry in self.read.values() if entry.object}
        readings: dict[str, Reading] = {}
        for subjects in _portions(list(extracts)):
            found = ledger.contents(extracts[subject] for subject in subjects)
            texts = {subject: found[extracts[subject]] for subject in subjects if extracts[subject] in found}
            readings |= {subject: Reading.from_json(text.decode()) for subject, text in texts.items()}
        return readings

    def holders(self) -> dict[str, str]:
        """Which paper or sheet lies at each place of the inbox now."""
        return {str(entry.facts["place"]): entry.subject for entry in self._kinds["arrived"]}


def _portions(subjects: Sequence[str], size: int = 200) -> Iterator[Sequence[str]]:
    """So many extracts are held in memory as bytes at once."""
    return (subjects[start : start + size] for start in range(0, len(subjects), size))


def moment(plan: Plan, arrival: Entry) -> dt.datetime:
    """The moment that counts for an arrival, in the plan's zone."""
    return dt.datetime.fromisoformat(str(arrival.facts["at"])).astimezone(plan.zone)
