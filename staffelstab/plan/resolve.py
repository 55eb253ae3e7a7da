"""Relative dates worked out: each rule followed to the date it hangs on, cycles and dead ends named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from staffelstab.plan.model import Plan
from staffelstab.plan.when import Offset, When, parse_rule

Workday = Callable[[dt.date], bool]


class RuleError(Exception):
    """A rule that leads nowhere: `kind` is "cycle", "reference", "undated" or "overflow"; `place` is the path of the item."""

    def __init__(self, kind: str, place: str, reference: str) -> None:
        super().__init__(kind)
        self.kind, self.place, self.reference = kind, place, reference


@dataclass(frozen=True, slots=True)
class Slot:
    """A dated field of an item: its path in the file, and what its rule's short names mean there."""

    path: str
    when: When
    local: dict[str, str]


def resolve(plan: Plan, is_workday: Workday) -> Plan:
    """The plan with every relative date worked out. Raises RuleError."""
    dates = _Dates(_slots(plan), is_workday)
    return msgspec.structs.replace(
        plan,
        events=tuple(msgspec.structs.replace(item, date=dates[item.id]) for item in plan.events),
        sessions=tuple(
            msgspec.structs.replace(item, date=dates[item.id], papers_due=dates[f"{item.id}.papers_due"])
            for item in plan.sessions
        ),
        phases=tuple(
            msgspec.structs.replace(item, start=dates[f"{item.id}.start"], end=dates[f"{item.id}.end"])
            for item in plan.phases
        ),
        calls=tuple(
            msgspec.structs.replace(item, opens=dates[f"{item.id}.opens"], deadline=dates[f"{item.id}.deadline"])
            for item in plan.calls
        ),
    )


def _slots(plan: Plan) -> dict[str, Slot]:
    slots = {"resolution": Slot("$.resolution.date", When(plan.resolution.date), {})}
    for i, event in enumerate(plan.events):
        slots[event.id] = Slot(f"$.events[{i}].date", event.date, {})
    for i, session in enumerate(plan.sessions):
        slots[session.id] = Slot(f"$.sessions[{i}].date", session.date, {})
        slots[f"{session.id}.papers_due"] = Slot(
            f"$.sessions[{i}].papers_due", session.papers_due, {"session": session.id}
        )
    for i, phase in enumerate(plan.phases):
        for end in ("start", "end"):
            slots[f"{phase.id}.{end}"] = Slot(f"$.phases[{i}].{end}", getattr(phase, end), {})
    for i, call in enumerate(plan.calls):
        for end in ("opens", "deadline"):
            slots[f"{call.id}.{end}"] = Slot(f"$.calls[{i}].{end}", getattr(call, end), {"opens": f"{call.id}.opens"})
    return slots


class _Dates:
    def __init__(self, slots: dict[str, Slot], is_workday: Workday) -> None:
        self._slots = slots
        self._is_workday = is_workday
        self._done: dict[str, When] = {}

    def __getitem__(self, name: str) -> When:
        """Follow the chain of rules from `name` to a fixed date, without recursion, then work back along it."""
        chain: list[tuple[str, Offset]] = []
        while name not in self._done:
            slot = self._slots[name]
            if not slot.when.rule or slot.when.date is not None:
                self._done[name] = slot.when
                break
            offset = parse_rule(slot.when.rule)
            chain.append((name, offset))
            name = self._target(slot, offset.reference)
            if any(name == earlier for earlier, _ in chain):
                raise RuleError("cycle", slot.path, slot.when.rule)
        for earlier, offset in reversed(chain):
            self._done[earlier] = self._shifted(self._slots[earlier], self._done[name], offset)
            name = earlier
        return self._done[name]

    def _target(self, slot: Slot, reference: str) -> str:
        name = slot.local.get(reference, reference)
        for candidate in (name, f"{name}.deadline", f"{name}.end"):
            if candidate in self._slots:
                return candidate
        raise RuleError("reference", slot.path, reference)

    def _shifted(self, slot: Slot, base: When, offset: Offset) -> When:
        if base.date is None:
            raise RuleError("undated", slot.path, offset.reference)
        count = self._workdays if offset.working else self._days
        try:
            return replace(slot.when, date=count(base.date, offset.days))
        except OverflowError:
            raise RuleError("overflow", slot.path, slot.when.rule) from None

    def _days(self, day: dt.date, count: int) -> dt.date:
        return day + dt.timedelta(days=count)

    def _workdays(self, day: dt.date, count: int) -> dt.date:
        step = dt.timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self._is_workday(day)
        return day
