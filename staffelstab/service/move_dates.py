"""Move: adopted dates to other days, checked whole before anything is written, and the resolution drafted that does it (F08).

The plan file stays as it was resolved. The journal gets an entry per item; the reason is a content of the ledger, never a fact.
"""

from __future__ import annotations

from collections.abc import Sequence

from staffelstab.ledger.quick_read import quick_read
from staffelstab.ledger.values import Content, Entry, Known
from staffelstab.service.amending_drafts import write_motion
from staffelstab.service.calendars import write_calendars
from staffelstab.service.change_basis import basis_of, past_of
from staffelstab.service.changes import Done, append_change, change_key, iso, refuse_meanwhile
from staffelstab.service.checked_authority import checked_authority
from staffelstab.service.phase_run import Run
from staffelstab.service.reasons import reason_for
from staffelstab.timetable.amend.authority import Authority, decided_by
from staffelstab.timetable.amend.items import find_item
from staffelstab.timetable.amend.proposal import Proposal, propose
from staffelstab.timetable.amend.requests import Wish
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import change_of


def proposed_move(run: Run, wish: Wish, authority: Authority | None = None) -> Proposal:
    """What moving would do; without `authority` it is only looked at. Raises RecordError for what cannot be moved at all."""
    basis = basis_of(run.workspace, run.now)
    known = checked_authority(run, authority, wish.item) if authority else None
    return propose(basis, wish, authority=known, past=past_of(run.workspace, basis.plan, run.now))


def move(run: Run, wish: Wish, authority: Authority, reason: str | None = None) -> Done:
    """Record that adopted dates were moved, one entry per item, all or none; and draft the resolution that does it.

    Without `reason` it is read from a file of the working folder, so that it never passes through a form of the Prefect UI.
    Said twice it is one, and the draft is written again. Raises RecordError for what cannot be moved, and without a reason.
    """
    if done := moved_already(run, wish, authority):
        return done
    return record_move(run, proposed_move(run, wish, authority), reason)


def record_move(run: Run, proposal: Proposal, reason: str | None = None) -> Done:
    """Write a proposed move down, the calendars anew, and the draft. Raises RecordError if it is refused, or has no reason."""
    authority = proposal.accepted_from()
    text = reason_for(run, proposal.moves[0], reason)
    entries = _amend(run, proposal, authority, text)
    write_calendars(run.workspace, run.now)
    return Done(entries, proposal.preview, False, write_motion(run, entries[0]))


def moved_already(run: Run, wish: Wish, authority: Authority) -> Done | None:
    """The last amendment, if it is this very one, with all that shall move along, and still holds; its files are written again."""
    plan = run.workspace.plan(run.now)
    found = find_item(plan, wish.item, day=wish.date)
    if found.when is None or found.when.status != "amended" or found.when.date != wish.date:
        return None
    group = _group(quick_read(run.workspace.ledger, "amended", until=run.now), found.name)
    by = decided_by(plan, authority.by, wish.item).id
    if not group or change_of(group[0]).by != by or not all(_among(plan, other, group) for other in wish.others):
        return None
    write_calendars(run.workspace, run.now)
    return Done(group, None, True, write_motion(run, group[0]))


def _group(entries: Sequence[Entry], item: str) -> tuple[Entry, ...]:
    """The last amendment of an item that was asked for itself, and what moved along with it."""
    last = next((entry for entry in reversed(entries) if entry.subject == item), None)
    if last is None or change_of(last).group != last.key:
        return ()
    return (last, *(entry for entry in entries if change_of(entry).group == last.key and entry.seq != last.seq))


def _among(plan: Plan, other: str, group: Sequence[Entry]) -> bool:
    """Whether an "ITEM" or "ITEM=DATE" that shall move along did so."""
    name, given, day = other.partition("=")
    item = find_item(plan, name).name
    return any(entry.subject == item and (not given or iso(change_of(entry).date) == day) for entry in group)


def _amend(run: Run, proposal: Proposal, authority: Authority, reason: str) -> tuple[Entry, ...]:
    """All entries in one transaction; the first carries the reason and whom it concerns, the others name the first."""
    written: list[Entry] = []
    with run.workspace.open() as ledger, ledger.writing() as transaction:
        refuse_meanwhile(transaction, proposal.basis)
        for wish in proposal.moves:
            item = find_item(proposal.basis.plan, wish.item)
            former = item.when.date if item.when else None
            facts: dict[str, Known] = {"date": iso(wish.date), "from": iso(former), **authority.facts}
            key = change_key(transaction, ledger, "amended", item, {**facts, "reason": reason})
            facts["group"] = written[0].key if written else key
            first = {} if written else {"told": list(proposal.preview.told)[:100]}
            content = None if written else Content("reason", "text/plain", reason.encode())
            written.append(append_change(transaction, run, "amended", item, key, {**facts, **first}, content))
    return tuple(written)
