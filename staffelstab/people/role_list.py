"""The role list as a sheet: one row for each person in an office; with "vacant" for a name nobody holds it (R05, R53).

A row without a name says nothing: that nobody has filled it in is no information about the office.

Headings are in the plan's language, below `records.headings`; the sheet may be XLSX, ODS or CSV and may hold further columns.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from staffelstab.people.contact import MOST_LINES, Contact, Way, folded, is_mail_address
from staffelstab.people.holdings import Holding
from staffelstab.submissions.records.record_kinds import kind_of
from staffelstab.submissions.records.sheets import (
    RejectedRow,
    Row,
    choice,
    has_heading,
    heading,
    role_of,
    rows,
    spellings,
)
from staffelstab.submissions.records.typed_records import ActorId, Record
from staffelstab.timetable.plan.actors import actors, name_of
from staffelstab.timetable.plan.model import Plan

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
"""A row of the list is entered when somebody says so, not when it is read."""
_LINES = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Record):
    """A row of the list: `post` holds the lines of the address, separated by semicolons or line breaks."""

    office: ActorId
    role: str = ""
    name: str = ""
    salutation: str = ""
    mail: str = ""
    post: str = ""
    way: Way = "mail"
    since: dt.date | None = None
    until: dt.date | None = None


ROLE_LIST = kind_of("people", "office role name", Listed)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row that was understood: `actor` is the office's id, "unit/role" for a role in a unit; `contact` None: it is vacant."""

    number: int
    actor: str
    contact: Contact | None
    since: dt.date | None
    until: dt.date | None


def listed(plan: Plan, tables: Iterable[Sequence[Sequence[str]]]) -> Iterator[ListedRow | RejectedRow]:
    """Every row of the list, or why one cannot be taken. Tables without any heading of the list are passed over."""
    found = [table for table in tables if has_heading(ROLE_LIST, table, plan)]
    if not found:
        yield RejectedRow(0, "no_role_list")
    for table in found:
        for row in rows(ROLE_LIST, table, plan):
            understood = _understood(plan, role_of(plan, row) if isinstance(row, Row) else row)
            if understood is not None:
                yield understood


def _understood(plan: Plan, row: Row | RejectedRow) -> ListedRow | RejectedRow | None:
    if isinstance(row, RejectedRow):
        return row
    cells = cast("Listed", ROLE_LIST.record(row.values, NEVER))
    lines = tuple(line for line in _LINES.split(cells.post.strip()) if line)
    if cells.mail and not is_mail_address(cells.mail):
        return RejectedRow(row.number, "mail_address", {"column": heading(plan.words, "mail")})
    if len(lines) > MOST_LINES:
        return RejectedRow(row.number, "post_lines", {"column": heading(plan.words, "post"), "most": str(MOST_LINES)})
    if cells.since and cells.until and cells.until < cells.since:
        return RejectedRow(row.number, "until_before_since")
    vacant = folded(cells.name) in {folded(word) for word in spellings(plan.words, "choices", "vacant")}
    if (vacant or not cells.name) and (cells.mail or lines):
        return RejectedRow(row.number, "no_name")
    if not cells.name:
        return None
    actor = f"{cells.office}/{cells.role}" if cells.role else cells.office
    contact = None if vacant else Contact(cells.name, cells.salutation, cells.mail, lines, cells.way)
    return ListedRow(row.number, actor, contact, cells.since, cells.until)


def template(plan: Plan, known: Iterable[Holding] = ()) -> bytes:
    """The list to fill in, as CSV that spreadsheets open: a row for each office, seat and unit of the plan, and what is known.

    With a byte-order mark and semicolons in German, because spreadsheets expect both there. A cell that a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    words = plan.words
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if words.forms.decimal_point == "," else ",", lineterminator="\r\n")
    writer.writerow(heading(words, field.name) for field in ROLE_LIST.fields)
    held: dict[str, list[Holding]] = {}
    for holding in known:
        held.setdefault(holding.actor, []).append(holding)
    for actor in _offices(plan, held):
        for holding in held.get(actor, [Holding(actor, "", None, None, None)]):
            cells = _cells(plan, actor, holding, vacant=actor in held and holding.vacant)
            writer.writerow(map(_plain, cells))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _offices(plan: Plan, known: Iterable[str]) -> list[str]:
    """Whoever can be written to: offices, seats and units, then roles in units that somebody has entered."""
    people = [actor.id for actor in actors(plan).values() if actor.kind in ("office", "seat", "unit")]
    return list(dict.fromkeys([*people, *known]))


def _cells(plan: Plan, actor: str, holding: Holding, *, vacant: bool) -> Iterator[str]:
    office, _, role = actor.partition("/")
    contact = holding.contact or Contact(choice(plan.words, "vacant") if vacant else "")
    yield name_of(plan, office)
    yield next((item.name for item in plan.roles if item.id == role), role)
    yield from (contact.name, contact.salutation, contact.mail, "; ".join(contact.post))
    yield choice(plan.words, contact.way) if holding.contact else ""
    yield from (day.isoformat() if day else "" for day in (holding.since, holding.until))


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
