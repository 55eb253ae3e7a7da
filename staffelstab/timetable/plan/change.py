"""What was confirmed or moved since the plan was adopted: the plan file stays as resolved, the ledger says what holds now (F08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

from staffelstab.timetable.plan.model import Audience, Call, Plan
from staffelstab.timetable.plan.slots import find_slot, slots, with_dates
from staffelstab.timetable.plan.when import When

ChangeKind = Literal["confirmed", "amended"]


class Change(msgspec.Struct, frozen=True):
    """One date or reading that holds otherwise than the plan file says, tried out or recorded. `date` is None for what is no date.

    `item` is the name of a date as rules use it (`lv-2018-08-17`, `call-2.deadline`, `phase-1.end`), of an audience
    (`call-2.audience`), or the id of a responsibility.
    """

    item: str
    kind: ChangeKind
    date: dt.date | None = None


class RecordedChange(msgspec.Struct, frozen=True):
    """A change that the ledger holds: decided `by` an actor (an id), recorded at `at` (aware) in the entry number `seq`.

    `authorised` says that whoever decided was authorised to by the body that adopted the resolution, `former` is the day that stood
    before. What was moved together shares the key of its first entry as `group`; the first alone has the actors whom it
    concerns (`told`) and why it was moved (`reason`, known to whoever reads the ledger's contents as well).
    """

    change: Change
    at: dt.datetime
    by: str
    authorised: bool = False
    former: dt.date | None = None
    group: str = ""
    told: tuple[str, ...] = ()
    reason: str = ""
    seq: int = 0

    @property
    def item(self) -> str:
        """What was changed."""
        return self.change.item

    @property
    def kind(self) -> ChangeKind:
        """Whether it was confirmed or amended."""
        return self.change.kind

    @property
    def date(self) -> dt.date | None:
        """The day that holds; None for what has none."""
        return self.change.date


def changed(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan, not yet resolved, as it holds after these changes in their order. Raises KeyError for an item it has not."""
    for change in changes:
        plan = _dated(plan, change) if change.date else _confirmed(plan, change.item)
    return plan


def _dated(plan: Plan, change: Change) -> Plan:
    slot = find_slot(slots(plan), change.item)
    if slot is None or slot.name == "resolution":
        raise KeyError(change.item)
    return with_dates(plan, {slot.name: _after(slot.when, change)})


def _after(when: When, change: Change) -> When:
    """What the change makes of a date: what it was derived from stays readable, its candidates are settled."""
    former = when.former or (when.date if change.kind == "amended" else None)
    return msgspec.structs.replace(when, date=change.date, status=change.kind, candidates=(), former=former)


def _confirmed(plan: Plan, item: str) -> Plan:
    call, _, part = item.partition(".")
    if part == "audience" and any(known.id == call for known in plan.calls):
        calls = tuple(_adopted(known) if known.id == call else known for known in plan.calls)
        return msgspec.structs.replace(plan, calls=calls)
    if any(known.id == item for known in plan.responsibilities):
        found = tuple(
            msgspec.structs.replace(known, standing="confirmed") if known.id == item else known
            for known in plan.responsibilities
        )
        return msgspec.structs.replace(plan, responsibilities=found)
    raise KeyError(item)


def _adopted(call: Call) -> Call:
    return msgspec.structs.replace(call, audience=Audience(adopted=call.audience.actors))
