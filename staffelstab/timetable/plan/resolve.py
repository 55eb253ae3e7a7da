"""Relative dates worked out: each rule followed to the date it hangs on, cycles and dead ends named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import Slot, find_slot, slots, with_dates
from staffelstab.timetable.plan.when import Offset, When, parse_rule

Workday = Callable[[dt.date], bool]


class RuleError(Exception):
    """A rule that leads nowhere: `kind` is "cycle", "reference", "undated" or "overflow"; `place` is the path of the item."""

    def __init__(self, kind: str, place: str, reference: str) -> None:
        super().__init__(kind)
        self.kind, self.place, self.reference = kind, place, reference


def resolve(plan: Plan, is_workday: Workday) -> Plan:
    """The plan with every relative date worked out. Raises RuleError.

    What hangs on an event without a date is as unknown as the event, its candidates moved by the same distance (R103).
    """
    known = slots(plan)
    dates = _Dates(known, is_workday)
    return with_dates(plan, {name: dates[name] for name in known})


def rule_errors(plan: Plan, is_workday: Workday) -> list[RuleError]:
    """Every rule that leads nowhere, a cycle once; what merely hangs on one is not counted again."""
    known = slots(plan)
    dates, found = _Dates(known, is_workday), []
    for name in known:
        try:
            dates[name]
        except RuleError as error:
            found.append(error)
        except _FollowsError:
            continue
    return found


class _FollowsError(Exception):
    """A date hangs on one whose rule is known to lead nowhere."""


class _Dates:
    def __init__(self, slots: dict[str, Slot], is_workday: Workday) -> None:
        self._slots = slots
        self._is_workday = is_workday
        self._done: dict[str, When] = {}
        self._failed: set[str] = set()

    def __getitem__(self, name: str) -> When:
        """The date called `name`. Raises RuleError."""
        chain: list[tuple[str, Offset]] = []
        try:
            return self._followed(name, chain)
        except RuleError:
            self._failed |= {earlier for earlier, _ in chain}
            raise

    def _followed(self, name: str, chain: list[tuple[str, Offset]]) -> When:
        """Follow the chain of rules from `name` to a fixed date, without recursion, then work back along it."""
        seen: set[str] = set()
        while name not in self._done:
            if name in self._failed:
                self._failed |= seen
                raise _FollowsError
            slot = self._slots[name]
            if not slot.when.rule or slot.when.date is not None:
                self._done[name] = slot.when
                break
            offset = parse_rule(slot.when.rule)
            chain.append((name, offset))
            seen.add(name)
            name = self._target(slot, offset.reference)
            if name in seen:
                raise RuleError("cycle", slot.path, slot.when.rule)
        for earlier, offset in reversed(chain):
            self._done[earlier] = self._shifted(self._slots[earlier], self._done[name], offset)
            name = earlier
        return self._done[name]

    def _target(self, slot: Slot, reference: str) -> str:
        found = find_slot(self._slots, slot.local.get(reference, reference))
        if found is None:
            raise RuleError("reference", slot.path, reference)
        return found.name

    def _shifted(self, slot: Slot, base: When, offset: Offset) -> When:
        try:
            if base.date is not None:
                return msgspec.structs.replace(slot.when, date=self._counted(base.date, offset))
            if base.candidates:
                candidates = tuple(self._counted(day, offset) for day in base.candidates)
                return msgspec.structs.replace(
                    slot.when, status="unknown", candidates=slot.when.candidates or candidates
                )
        except OverflowError:
            raise RuleError("overflow", slot.path, slot.when.rule) from None
        raise RuleError("undated", slot.path, offset.reference)

    def _counted(self, day: dt.date, offset: Offset) -> dt.date:
        return self._workdays(day, offset.days) if offset.working else day + dt.timedelta(days=offset.days)

    def _workdays(self, day: dt.date, count: int) -> dt.date:
        step = dt.timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self._is_workday(day)
        return day
