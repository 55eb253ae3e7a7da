"""The sheets' rows as records: the newest row under each key, and every row that could not be taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.ledger.entries import Received, Withdrew
from staffelstab.submissions.case.contents import Cautions, Rejected
from staffelstab.submissions.case.journal import Journal, moment
from staffelstab.submissions.case.submissions import is_sheet, parts_left_out
from staffelstab.submissions.records.record_kinds import RECORDS, RecordKind
from staffelstab.submissions.records.sheets import RejectedRow, Row, has_heading, role_of, rows
from staffelstab.submissions.records.typed_records import Numbered, Record
from staffelstab.timetable.plan.model import Plan

_APART = 1_000_000
"""Rows are numbered in each table anew; this far apart the tables of one file lie. No table is so long."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entered:
    """What the sheets hold: current records, rows that could not be taken or were taken back, what to know about their reading.

    `rows` tells by what people call a row (V02, needs-1:3) in which sheet it stands, and its number there; `sheets` the id of a
    sheet by what people call it.
    """

    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    withdrawn: tuple[tuple[str, Withdrew], ...] = ()
    rows: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    cautions: tuple[Cautions, ...] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The current records of a kind: numbered ones by their number (V2 before V10), others as they came."""
        found = (record for record in self.records if isinstance(record, kind))
        return tuple(sorted(found, key=lambda record: _natural(record.id) if isinstance(record, Numbered) else []))


_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    received: Received
    kind: RecordKind
    name: str
    reading: Reading


def records(plan: Plan, journal: Journal, readings: Mapping[str, Reading]) -> Entered:
    """Every sheet read row by row, in the order of arrival; a later row with the same key replaces the earlier one.

    What was wrong in a sheet is said as long as it lies there; of one that was replaced in its place the good rows remain. A row
    that was withdrawn is gone with everything entered under its key before; what is entered anew counts.
    """
    current: dict[_Key, tuple[Record, int]] = {}
    withdrawn: dict[_Key, tuple[str, Withdrew]] = {}
    places: dict[str, tuple[str, int]] = {}
    rejected: list[Rejected] = []
    lying = frozenset(journal.holders().values())
    for sheet in sorted(_sheets(journal, readings), key=lambda item: journal.arrivals[item.received.paper][-1].seq):
        kind, is_there, paper = sheet.kind, sheet.received.paper in lying, sheet.received.paper
        seq = journal.arrivals[paper][-1].seq
        if sheet.reading.status == "unreadable" or not sheet.reading.tables:
            if is_there:
                unread = sheet.reading.reason if sheet.reading.status == "unreadable" else ""
                rejected.append(Rejected(kind.name, sheet.name, 0, "no_table", unread=unread))
            continue
        entered = min(moment(plan, arrival) for arrival in journal.arrivals[sheet.received.paper])
        for table, row in _rows(sheet, plan):
            if isinstance(row, RejectedRow):
                if is_there:
                    rejected.append(Rejected(kind.name, sheet.name, row.number, row.reason, row.facts))
            else:
                key = (kind.name, *(row.values[name] for name in kind.key))
                record = kind.record(row.values, entered)
                current[key] = (record, seq)
                place = (paper, row.number + table * _APART)
                names = (
                    f"{sheet.name}/{table + 1}:{row.number}" if table else f"{sheet.name}:{row.number}",
                    *([record.label.upper()] if isinstance(record, Numbered) else []),
                )
                places |= dict.fromkeys(names, place)
                if item := journal.withdrawn.get(place):
                    withdrawn[key] = (names[-1], item)
    gone = {key: said for key, said in withdrawn.items() if current[key][1] < said[1].seq}
    kept = tuple(record for key, (record, _) in current.items() if key not in gone)
    cautions = _cautions(journal, readings, lying)
    called = {sheet.name: sheet.received.paper for sheet in _sheets(journal, readings)}
    return Entered(kept, tuple(rejected), tuple(gone.values()), places, cautions, called)


def _cautions(journal: Journal, readings: Mapping[str, Reading], lying: Container[str]) -> tuple[Cautions, ...]:
    about = (
        Cautions(sheet.name, sheet.reading.notices, parts_left_out(sheet.reading))
        for sheet in _sheets(journal, readings)
        if sheet.received.paper in lying
    )
    return tuple(item for item in about if item)


def _sheets(journal: Journal, readings: Mapping[str, Reading]) -> Iterator[_Sheet]:
    """Everything in the folders for sheets that was read; among the interviews only tables, the rest are minutes."""
    numbers: Counter[str] = Counter()
    for item in journal.received:
        kind = RECORDS.get(item.source)
        reading = readings.get(item.paper)
        if kind is None or reading is None or (kind.name == "interviews" and not is_sheet(reading)):
            continue
        numbers[kind.name] += 1
        yield _Sheet(item, kind, f"{kind.name}-{numbers[kind.name]}", reading)


def _rows(sheet: _Sheet, plan: Plan) -> Iterator[tuple[int, Row | RejectedRow]]:
    """The rows of its tables, each with its table's number from 0.

    A table without any known heading (notes beside the data) counts only if all are such.
    """
    tables = [table.rows for table in sheet.reading.tables]
    for number, table in enumerate([table for table in tables if has_heading(sheet.kind, table, plan)] or tables):
        for row in rows(sheet.kind, table, plan):
            yield number, role_of(plan, row) if isinstance(row, Row) and "role" in row.values else row


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", number.upper())]
