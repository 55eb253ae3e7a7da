"""Sheets: cells that no column expects, as CSV, XLSX and ODS; and the mark-up of the files themselves."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from xml.sax.saxutils import escape

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.submissions.records.record_kinds import RECORDS, RecordKind
from staffelstab.submissions.records.sheets import RejectedRow, Row, choice, has_heading, heading, role_of, rows
from staffelstab.timetable.plan.model import Plan
from tests.fuzzing.bases import Bases, Sample, calc_sheet, workbook
from tests.fuzzing.case import promise
from tests.fuzzing.changes import DAYS, NUMBERS, ODD_TEXTS, bytes_changed, encoded
from tests.fuzzing.zips import archive_changed

_ENTERED = dt.datetime(2027, 3, 15, tzinfo=dt.UTC)
Table = list[list[str]]


def made(chance: random.Random, bases: Bases) -> Sample:
    """A sheet that was changed."""
    sample = bases.one(chance, "xlsx", "xlsx", "ods", "csv")
    changed = bytes_changed(chance, sample.data) if sample.form == "csv" else archive_changed(chance, sample.data)
    return Sample(chance.choice((sample.name, "a.xlsx", "a.ods", "a.csv", "x")), sample.form, changed)


def filled(chance: random.Random, plan: Plan, kind: RecordKind) -> Sample:
    """A sheet of a kind with its headings and rows that nearly fit, some of them spoilt, in one of three formats."""
    head = [heading(plan.words, field.name) for field in kind.fields]
    table = [head, *([_cell(chance, plan, kind, n) for n in range(len(head))] for _ in range(chance.randint(1, 8)))]
    for _ in range(chance.randint(0, 6)):
        _spoil(chance, table)
    return _as_file(chance, table)


def _cell(chance: random.Random, plan: Plan, kind: RecordKind, column: int) -> str:
    """What a column expects, mostly."""
    field = kind.fields[column]
    if chance.random() < 0.12:
        return chance.choice((*ODD_TEXTS, *NUMBERS, *DAYS))
    if not field.required and chance.random() < 0.2:
        return ""
    units = [unit.name for group in plan.groups for unit in group.units]
    actors = [*units, *(office.name for office in plan.offices), *(body.name for body in plan.bodies)]
    match field.type:
        case "number":
            return chance.choice(("2027", "3", "12", "0", "2.5", "1,5", *NUMBERS))
        case "date":
            return chance.choice(("15.3.2027", "2027-03-20", *DAYS))
        case "choice":
            return choice(plan.words, chance.choice(field.choices))
        case "unit":
            return chance.choice(units)
        case "actor":
            return chance.choice(actors)
        case "actors":
            return "; ".join(chance.choices(actors, k=chance.randint(1, 4)))
        case "references":
            return chance.choice(("B01.1", "B01.1; V1", "V1; F1; B2", "I1", "B01.999999"))
        case _:
            name = field.name if field.name in ("role", "id") else ""
            return {"role": "vorstand", "id": f"V{chance.randint(1, 9)}"}.get(name) or f"Text {chance.randint(1, 9)}"


def _spoil(chance: random.Random, table: Table) -> None:
    at = chance.randrange(len(table))
    row = table[at]
    match chance.randrange(6):
        case 0 if row:
            row[chance.randrange(len(row))] = chance.choice((*ODD_TEXTS, *NUMBERS, *DAYS))
        case 1 if row:
            del row[chance.randrange(len(row))]
        case 2:
            row.extend(chance.choice(ODD_TEXTS) for _ in range(chance.choice((1, 30))))
        case 3:
            table.insert(at, list(chance.choice(table)))
        case 4:
            table.insert(at, [chance.choice(ODD_TEXTS)] * chance.randint(0, 5))
        case _:
            table.extend([list(row)] * chance.choice((1, 20)))


def _as_file(chance: random.Random, table: Table) -> Sample:
    match chance.randrange(4):
        case 0:
            return Sample("a.xlsx", "xlsx", workbook([[_xml(cell) for cell in row] for row in table]))
        case 1:
            return Sample("a.ods", "ods", calc_sheet([[_xml(cell) for cell in row] for row in table]))
        case _:
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=chance.choice(";;,\t|"), lineterminator=chance.choice(("\r\n", "\n"))).writerows(
                [cell.replace("\0", "") for cell in row] for row in table
            )
            data = encoded(chance, out.getvalue())
            return Sample("a.csv", "csv", bytes_changed(chance, data, 2) if chance.random() < 0.2 else data)


def _xml(cell: str) -> str:
    """The cell as XML can hold it."""
    return escape("".join(mark for mark in cell if mark in "\t\n\r" or mark >= " "))


def look(reading: Reading, plan: Plan, chance: random.Random) -> None:
    """What a sheet's tables become: each row a record, or rejected with a reason that can be told."""
    for kind in chance.sample(sorted(RECORDS.values(), key=lambda kind: kind.name), 3):
        for table in reading.tables:
            _look_at_rows(kind, table.rows, plan)


def _look_at_rows(kind: RecordKind, table: Sequence[Sequence[str]], plan: Plan) -> None:
    has_heading(kind, table, plan)
    for row in rows(kind, table, plan):
        known = role_of(plan, row) if isinstance(row, Row) and "role" in row.values else row
        if isinstance(known, RejectedRow):
            promise(plan.words.say(f"case.row.{known.reason}", **known.facts), "a row is rejected without a word")
        else:
            record = kind.record(known.values, _ENTERED)
            promise(all(isinstance(each, str) for each in record.cites), "a record cites what is no reference")
