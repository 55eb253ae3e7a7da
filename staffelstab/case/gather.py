"""From the ledger to a case: everything that was received, recorded and decided up to `now`, as values.

The state of a plan is derived here from journal and time, never stored (design: the ledger).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from staffelstab.case.heading import Heading, split_heading
from staffelstab.case.values import (
    Case,
    Decision,
    Frozen,
    HandedOver,
    Paper,
    Record,
    Rejected,
    Skipped,
    Statement,
)
from staffelstab.intake.reading import Reading
from staffelstab.language import Language
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.plan.actors import Actor, actors, find_actor
from staffelstab.plan.model import Plan, Vote
from staffelstab.records.kinds import RECORDS
from staffelstab.records.sheets import Fault, role_of, rows

KINDS = ("received", "arrived", "read", "skipped", "decided", "frozen", "handed_over", "pass", "assigned")


def gather(ledger: Ledger, plan: Plan, now: dt.datetime) -> Case:
    """The case at `now`, which is shown in the plan's zone. Raises LedgerError."""
    journal = _Journal(ledger.entries(*KINDS, until=now))
    readings = _readings(ledger, journal)
    papers = _papers(plan, journal, readings, "papers")
    minutes = _papers(plan, journal, readings, "interviews")
    records, rejected, unread = _records(plan, journal, readings)
    return Case(
        plan=plan,
        now=now.astimezone(plan.zone),
        papers=papers,
        minutes=tuple(item for item in minutes if item.statements or item.status != "read"),
        records=records,
        rejected=rejected,
        unread_sheets=unread,
        skipped=_skipped(journal),
        decisions=_decisions(ledger, plan, journal),
        frozen=tuple(_frozen(plan, entry) for entry in journal.of("frozen")),
        handed_over=tuple(_handed(plan, entry) for entry in journal.of("handed_over")),
        passes=tuple(entry.at.astimezone(plan.zone) for entry in journal.of("pass")),
        head=ledger.head(),
        seen=journal.last,
    )


class _Journal:
    """The entries by kind and, for those about a paper, by paper."""

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
        return self._kinds[kind]

    def received(self, source: str) -> list[Entry]:
        return [entry for entry in self._kinds["received"] if entry.facts["source"] == source]


def _readings(ledger: Ledger, journal: _Journal) -> dict[str, Reading]:
    extracts = {entry.subject: entry.object for entry in journal.read.values() if entry.object}
    found = ledger.contents(extracts.values())
    return {
        subject: Reading.from_json(found[extract].decode()) for subject, extract in extracts.items() if extract in found
    }


def _papers(plan: Plan, journal: _Journal, readings: dict[str, Reading], source: str) -> tuple[Paper, ...]:
    prefix = Language(plan.language).say(f"case.ref.{'paper' if source == 'papers' else 'minutes'}")
    papers: list[Paper] = []
    places: dict[str, int] = {}
    number = 0
    for entry in journal.received(source):
        reading = readings.get(entry.subject)
        if source == "interviews" and reading is not None and reading.tables and not _is_prose(reading):
            continue
        number += 1
        paper = _paper(plan, journal, entry, reading, f"{prefix}{number:02d}")
        for place in {arrival.facts["place"] for arrival in journal.arrivals[entry.subject]}:
            if place in places:
                papers[places[place]] = replace(papers[places[place]], newer=paper.ref)
            places[place] = len(papers)
        papers.append(paper)
    return tuple(papers)


def _is_prose(reading: Reading) -> bool:
    return reading.form not in SHEETS


SHEETS = frozenset({"xlsx", "ods", "xls", "csv"})


def _paper(plan: Plan, journal: _Journal, entry: Entry, reading: Reading | None, ref: str) -> Paper:
    arrivals = journal.arrivals[entry.subject]
    arrived = min(_arrived(plan, arrival) for arrival in arrivals)
    call = next(
        (
            call
            for call in sorted(plan.calls, key=lambda call: call.opens.day, reverse=True)
            if arrived >= plan.starts(call.opens.day)
        ),
        plan.calls[0] if plan.calls else None,
    )
    head, texts = split_heading(plan.language, reading.paragraphs if reading else ())
    deadline = plan.ends(call.deadline.day) if call else None
    late = deadline is not None and arrived >= deadline
    assigned = journal.assigned.get(entry.subject)
    sender = actors(plan).get(str(assigned.facts["actor"])) if assigned else _sender(plan, head, reading)
    return Paper(
        id=entry.subject,
        ref=ref,
        source=str(entry.facts["source"]),
        arrived=arrived,
        form=reading.form if reading else "",
        status=reading.status if reading else "waiting",
        reason=reading.reason if reading else "",
        call=call.id if call else "",
        late=late,
        doubtful=any(arrival.facts["earliest"] for arrival in arrivals) and _matters(arrivals, deadline),
        arrivals=len(arrivals),
        sender=sender,
        unit=head.unit_of(plan),
        role=head.role_of(plan),
        held_on=head.day,
        notices=reading.notices if reading else (),
        parts=max(0, len(reading.parts) - 1) if reading else 0,
        statements=tuple(Statement(f"{ref}.{n}", text, page) for n, (text, page) in enumerate(texts, 1)),
    )


def _arrived(plan: Plan, arrival: Entry) -> dt.datetime:
    return dt.datetime.fromisoformat(str(arrival.facts["at"])).astimezone(plan.zone)


def _matters(arrivals: Sequence[Entry], deadline: dt.datetime | None) -> bool:
    """Whether a deadline lies between the earliest possible and the latest possible moment of arrival."""
    if deadline is None:
        return False
    return any(dt.datetime.fromisoformat(str(entry.facts["at"])) < deadline <= entry.at for entry in arrivals)


def _sender(plan: Plan, head: Heading, reading: Reading | None) -> Actor | None:
    """Who sent it: the head of the paper, then the mail's "From"; a unit named in the head speaks for itself."""
    for name in (head.sender, head.unit, _display_name(reading)):
        if name and (actor := find_actor(plan, name)):
            return actor
    unit = head.unit_of(plan)
    return actors(plan).get(unit) if unit else None


def _display_name(reading: Reading | None) -> str:
    from email.utils import parseaddr

    return parseaddr(reading.headers.get("from", ""))[0] if reading else ""


def _records(
    plan: Plan, journal: _Journal, readings: dict[str, Reading]
) -> tuple[dict[str, tuple[Record, ...]], tuple[Rejected, ...], tuple[Paper, ...]]:
    current: dict[str, dict[tuple[object, ...], Record]] = {}
    rejected: list[Rejected] = []
    unread: list[Paper] = []
    numbers: Counter[str] = Counter()
    for entry in journal.of("received"):
        kind = RECORDS.get(str(entry.facts["source"]))
        reading = readings.get(entry.subject)
        if kind is None or reading is None or (kind.name == "interviews" and _is_prose(reading)):
            continue
        numbers[kind.name] += 1
        sheet = f"{kind.name}-{numbers[kind.name]}"
        if reading.status == "unreadable" or not reading.tables:
            unread.append(_paper(plan, journal, entry, reading, sheet))
            rejected.append(Rejected(kind.name, sheet, 0, "no_table"))
            continue
        entered = min(_arrived(plan, arrival) for arrival in journal.arrivals[entry.subject])
        for table in reading.tables:
            for row in rows(kind, table.rows, plan):
                if not isinstance(row, Fault) and any(item.name == "role" for item in kind.fields):
                    row = role_of(plan, row)
                if isinstance(row, Fault):
                    rejected.append(Rejected(kind.name, sheet, row.number, row.reason, row.facts))
                else:
                    key = tuple(row.values[name] for name in kind.key)
                    current.setdefault(kind.name, {})[key] = Record(kind.name, row.values, entered)
    return {kind: _in_order(found.values()) for kind, found in current.items()}, tuple(rejected), tuple(unread)


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Numbered records by their number (V2 before V10), others as they came."""
    return tuple(sorted(records, key=lambda record: _natural(record.text("id"))))


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", number.upper())]


def _skipped(journal: _Journal) -> tuple[Skipped, ...]:
    counts = Counter(str(entry.facts["reason"]) for entry in journal.of("skipped"))
    return tuple(Skipped(reason, count) for reason, count in sorted(counts.items()))


def _decisions(ledger: Ledger, plan: Plan, journal: _Journal) -> tuple[Decision, ...]:
    entries = journal.of("decided")
    notes = ledger.contents(entry.object for entry in entries if entry.object)
    return tuple(_decision(plan, entry, notes.get(entry.object or "", b"[]")) for entry in entries)


def _decision(plan: Plan, entry: Entry, notes: bytes) -> Decision:
    return Decision(
        session=entry.subject,
        at=entry.at.astimezone(plan.zone),
        outcome=str(entry.facts["outcome"]),
        vote=Vote(
            result="adopted" if entry.facts["outcome"] == "adopted" else "returned",
            yes=entry.facts.get("yes"),
            no=entry.facts.get("no"),
            abstentions=entry.facts.get("abstentions"),
        ),
        notes=tuple(json.loads(notes)),
        assumed=bool(entry.facts.get("assumed")),
    )


def _frozen(plan: Plan, entry: Entry) -> Frozen:
    formats, objects = entry.facts["formats"], entry.facts["objects"]
    summary = dict(zip(entry.facts["counted"], entry.facts["counts"], strict=True))
    return Frozen(entry.subject, entry.at.astimezone(plan.zone), dict(zip(formats, objects, strict=True)), summary)


def _handed(plan: Plan, entry: Entry) -> HandedOver:
    return HandedOver(int(entry.facts["number"]), entry.at.astimezone(plan.zone), str(entry.facts["hash"]))
