"""A role list compared with what is known, and entered: nobody is removed because a list does not name them.

A change is shown first and entered as shown: whoever enters says which state of the journal it was compared with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from staffelstab.errors import RecordError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Draft
from staffelstab.people.contact import Contact, folded
from staffelstab.people.holdings import HOLDER, Holding, holdings
from staffelstab.people.role_list import ListedRow

What = Literal["new", "changed", "vacant", "same", "unlisted"]
MEDIA = "application/json"


@dataclass(frozen=True, slots=True)
class Change:
    """What a row comes to: somebody new, somebody changed (`fields` says in what), an office told vacant, nothing new.

    "unlisted" is somebody whom the list does not name for an office which it does name: they stay as they are.
    """

    what: What
    actor: str
    before: Holding | None
    contact: Contact | None
    since: dt.date | None
    until: dt.date | None
    fields: tuple[str, ...] = ()


def compare(known: Iterable[Holding], listed: Iterable[ListedRow]) -> tuple[Change, ...]:
    """Every row of a list against what is known, in the list's order; then whom it leaves out."""
    there, found = tuple(known), tuple(listed)
    changes = tuple(_change(there, row) for row in found)
    named = {row.actor for row in found}
    met = {(change.before.actor, change.before.person) for change in changes if change.before}
    left = (item for item in there if item.actor in named and (item.actor, item.person) not in met and not item.vacant)
    return (*changes, *(Change("unlisted", item.actor, item, item.contact, item.since, item.until) for item in left))


def _change(known: tuple[Holding, ...], row: ListedRow) -> Change:
    before = _same(known, row)
    if row.contact is None:
        same = before is not None and (before.since, before.until) == (row.since, row.until)
        return Change("same" if same else "vacant", row.actor, before, None, row.since, row.until)
    if before is None:
        return Change("new", row.actor, None, row.contact, row.since, row.until)
    fields = tuple(_differs(before, row, row.contact))
    return Change("changed" if fields else "same", row.actor, before, row.contact, row.since, row.until, fields)


def _same(known: tuple[Holding, ...], row: ListedRow) -> Holding | None:
    """The holding that a row is about: in the same office, the same person by mail, name or postal address."""
    here = [item for item in known if item.actor == row.actor]
    if row.contact is None:
        return next((item for item in here if item.vacant), None)
    told = [item for item in here if item.contact]
    return next((item for item in told if _is_one_person(item.contact, row.contact)), None)


def _is_one_person(one: Contact | None, other: Contact | None) -> bool:
    if one is None or other is None:
        return False
    return one.identity == other.identity or folded(one.name) == folded(other.name)


def _differs(before: Holding, row: ListedRow, contact: Contact) -> Iterator[str]:
    old = before.contact or Contact("")
    for name in ("name", "salutation", "mail", "post", "way"):
        if getattr(old, name) != getattr(contact, name):
            yield name
    for name in ("since", "until"):
        if getattr(before, name) != getattr(row, name):
            yield name


def enter(ledger: Ledger, changes: Iterable[Change], *, at: dt.datetime, office: str, basis: int) -> int:
    """Enter what is new, changed or vacant, all of it or nothing; how many entries.

    `basis`: the journal's last number when the list was compared. Raises RecordError if anything about people was entered since.
    """
    meant = [change for change in changes if change.what in ("new", "changed", "vacant")]
    known = holdings(ledger, at)
    drafts = [_draft(ledger, known, change, at, office) for change in meant]
    with ledger.writing() as transaction:
        if any(entry.seq > basis for entry in transaction.entries(HOLDER)):
            raise RecordError("people.error.meanwhile")
        transaction.append_all(drafts)
    return len(drafts)


def _draft(ledger: Ledger, known: Iterable[Holding], change: Change, at: dt.datetime, office: str) -> Draft:
    person = change.before.person if change.before else _person(ledger, known, change.contact)
    facts = {
        "person": person,
        "since": change.since.isoformat() if change.since else "",
        "until": change.until.isoformat() if change.until else "",
    }
    data = None if change.contact is None else Content("contact", MEDIA, msgspec.json.encode(change.contact))
    return Draft(HOLDER, at=at, office=office, subject=change.actor, facts=facts, content=data)


def _person(ledger: Ledger, known: Iterable[Holding], contact: Contact | None) -> str:
    """The id of somebody new in an office: that of the same person in another one, or a new one."""
    if contact is None:
        return ""
    same = (item.person for item in known if item.contact and item.contact.identity == contact.identity)
    return next(same, "") or ledger.person(contact.identity)
