"""Confirm: a proposal, an assumption or an unknown holds from now on, checked whole before it is written (R45, R58, R83; F10).

The plan file stays as it was resolved; the journal gets an entry.
"""

from __future__ import annotations

import datetime as dt

from staffelstab.ledger.store import Ledger
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Entry, Known
from staffelstab.service.calendars import write_calendars
from staffelstab.service.change_basis import basis_of, past_of
from staffelstab.service.changes import Done, append_change, change_key, iso, refuse_meanwhile
from staffelstab.service.checked_authority import checked_authority
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.items import find_item
from staffelstab.timetable.amend.proposal import Proposal, propose_confirmation


def proposed_confirmation(run: Run, item: str, date: dt.date | None, authority: Authority) -> Proposal:
    """What confirming would do, in whose name. Raises RecordError for what is not to be confirmed."""
    basis = basis_of(run.workspace, run.now)
    known = checked_authority(run, authority, find_item(basis.plan, item, dated=date is not None).name)
    past = past_of(run.workspace, basis.plan, run.now)
    return propose_confirmation(basis, item, date, authority=known, past=past)


def confirm(run: Run, item: str, date: dt.date | None, authority: Authority) -> Done:
    """Record that something holds from now on. Said twice in a row it is one entry.

    A day that was not among the candidates is taken too: the body decides. Raises RecordError.
    """
    return record_confirmation(run, proposed_confirmation(run, item, date, authority))


def record_confirmation(run: Run, proposal: Proposal) -> Done:
    """Write a proposed confirmation down, and the calendars anew. Raises RecordError if it is refused."""
    authority = proposal.accepted_from()
    with run.workspace.open() as ledger, ledger.writing() as transaction:
        entry, repeated = _once(ledger, transaction, run, proposal, authority)
    write_calendars(run.workspace, run.now)
    return Done((entry,), None if repeated else proposal.preview, repeated)


def _once(
    ledger: Ledger, transaction: Transaction, run: Run, proposal: Proposal, authority: Authority
) -> tuple[Entry, bool]:
    """The confirmation, and whether it stood there already: what was said last about the item is not said twice."""
    [move] = proposal.moves
    item = find_item(proposal.basis.plan, move.item, dated=move.date is not None)
    said: dict[str, Known] = {"date": iso(move.date), **authority.facts}
    earlier = transaction.entries("confirmed", "amended", subject=item.name)
    if earlier and earlier[-1].kind == "confirmed" and _says(earlier[-1], said):
        return earlier[-1], True
    refuse_meanwhile(transaction, proposal.basis)
    facts = {**said, "from": iso(item.when.date if item.when else None)}
    key = change_key(transaction, ledger, "confirmed", item, facts)
    return append_change(transaction, run, "confirmed", item, key, facts), False


def _says(entry: Entry, said: dict[str, Known]) -> bool:
    return {name: known for name, known in entry.facts.items() if name != "from"} == said
