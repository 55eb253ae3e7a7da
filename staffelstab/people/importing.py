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
from staffelstab.ledger.values import Content, Draft, Known
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
    """Every row of a list against what is known, in the list's order; then whom it leaves out.

    No two rows meet the same holding.
    """
    there, found = tuple(known), tuple(listed)
    left = list(there)
    changes: list[Change] = []
    for row in found:
        before = _same(left, row)
        if before:
            left.remove(before)
        changes.append(_change(before, row))
    named = {row.actor for row in found}
    rest = [item for item in left if item.actor in named and not item.vacant]
    return (*changes, *(Change("unlisted", item.actor, item, item.contact, item.since, item.until) for item in rest))


def _change(before: Holding | None, row: ListedRow) -> Change:
    if row.contact is None:
        same = before is not None and (before.since, before.until) == (row.since, row.until)
        return Change("same" if same else "vacant", row.actor, before, None, row.since, row.until)
    if before is None:
        return Change("new", row.actor, None, row.contact, row.since, row.until)
    fields = tuple(_differs(before, row, row.contact))
    return Change("changed" if fields else "same", row.actor, before, row.contact, row.since, row.until, fields)


def _same(known: Iterable[Holding], row: ListedRow) -> Holding | None:
    """The holding that a row is about: in the same office, of the same name; of several the one with the same beginning."""
    here = [item for item in known if item.actor == row.actor]
    if row.contact is None:
        about = [item for item in here if item.vacant]
    else:
        name = folded(row.contact.name)
        about = [item for item in here if item.contact and folded(item.contact.name) == name]
    return max(about, key=lambda item: item.since == row.since, default=None)


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
    people = _People(ledger, known)
    drafts = [draft for change in meant for draft in _drafts(people, change, at, office)]
    with ledger.writing() as transaction:
        if any(entry.seq > basis for entry in transaction.entries(HOLDER)):
            raise RecordError("people.error.meanwhile")
        transaction.append_all(drafts)
    return len(meant)


def _drafts(people: _People, change: Change, at: dt.datetime, office: str) -> Iterator[Draft]:
    """The entry that says it, after one that takes back what it replaces where that began on another day."""
    before = change.before
    if before and before.since != change.since:
        gone: dict[str, Known] = {
            "person": before.person,
            "since": _iso(before.since),
            "until": _iso(before.until),
            "withdrawn": True,
        }
        yield Draft(HOLDER, at=at, office=office, subject=change.actor, facts=gone)
    person = before.person if before else people.id_of(change.contact)
    facts = {"person": person, "since": _iso(change.since), "until": _iso(change.until)}
    data = None if change.contact is None else Content("contact", MEDIA, msgspec.json.encode(change.contact))
    yield Draft(HOLDER, at=at, office=office, subject=change.actor, facts=facts, content=data)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


class _People:
    """The ids of people: of one who is known in another office the same, of anybody else a random one."""

    def __init__(self, ledger: Ledger, known: Iterable[Holding]) -> None:
        self._ledger = ledger
        self._begin = ledger.newest().seq
        self._known = [(item.contact, item.person) for item in known if item.contact]

    def id_of(self, contact: Contact | None) -> str:
        """The id; "" for nobody."""
        if contact is None:
            return ""
        found = next((person for other, person in self._known if other.is_same_person(contact)), "")
        if not found:
            found = self._ledger.token(f"person:{self._begin}:{len(self._known)}")
        self._known.append((contact, found))
        return found
