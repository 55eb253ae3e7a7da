"""Confirmations and amendments in the journal: one entry per item, keyed, and only on what they were compared with (F08)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Content, Entry, Known
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import Item, phase_of
from staffelstab.timetable.amend.preview import Preview
from staffelstab.timetable.plan.slots import slots


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: one entry per item, and what follows from it; `repeated` if it stood in the journal already."""

    entries: tuple[Entry, ...]
    preview: Preview | None
    repeated: bool = False
    files: tuple[Path, ...] = ()


def refuse_meanwhile(transaction: Transaction, basis: Basis) -> None:
    """Raise RecordError if something was confirmed or moved with which this change was not compared.

    Another process may have been quicker, or its clock may be ahead; together the two could make a plan that nobody can open.
    """
    if len(transaction.entries("confirmed", "amended")) != len(basis.changes):
        raise RecordError("amend.error.meanwhile")


def change_key(transaction: Transaction, ledger: Ledger, kind: str, item: Item, said: Mapping[str, Known]) -> str:
    """The unique key of a change: how many there were of the item, and what is said now."""
    number = len(transaction.entries("confirmed", "amended", subject=item.name)) + 1
    digest = ledger.fingerprint(json.dumps(dict(said), sort_keys=True, ensure_ascii=False).encode())[:32]
    return f"{kind}:{item.name}:{number}:{digest}"


def append_change(
    transaction: Transaction,
    run: Run,
    kind: str,
    item: Item,
    key: str,
    facts: dict[str, Known],
    content: Content | None = None,
) -> Entry:
    """The entry, filed under the phase that the item belongs to."""
    phase = phase_of(run.plan, slots(run.plan)[item.name]) if item.kind == "date" else None
    return transaction.append(
        kind,
        at=run.now,
        office=run.office,
        subject=item.name,
        phase=phase.id if phase else "",
        key=key,
        facts=facts,
        content=content,
    )


def iso(date: dt.date | None) -> str | None:
    """A day as the journal writes it."""
    return date.isoformat() if date else None
