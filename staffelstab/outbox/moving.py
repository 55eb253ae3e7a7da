"""A date was moved: whoever had the old one hears of it, once per change (F08, F09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffelstab.amend.items import item_label, items
from staffelstab.case.values import Case, Shift
from staffelstab.outbox.calling import TIMETABLE
from staffelstab.outbox.values import Letter
from staffelstab.outbox.writing import compose, line
from staffelstab.plan.actors import actors, office_at


def moving_letters(case: Case) -> Iterator[Letter]:
    """A letter for every amendment of which something still holds; what was overtaken by the next is not told late."""
    newest = {shift.item: shift for shift in case.shifts}
    for first in case.shifts:
        holding = [shift for shift in newest.values() if shift.group == first.group]
        if first.kind == "amended" and first.told and holding:
            yield _moved(case, first, sorted(holding, key=lambda shift: shift.seq))


def _others(case: Case, first: Shift) -> tuple[str, ...]:
    """Those concerned as far as the plan knows them; the office that writes knows it already."""
    writer = office_at(case.plan, first.at.date())
    return tuple(name for name in first.told if name in actors(case.plan) and name != writer)


def _moved(case: Case, first: Shift, holding: Sequence[Shift]) -> Letter:
    plan = case.plan
    known = {item.name: item_label(plan, item) for item in items(plan)}
    moved = [(line(known[shift.item]), shift.former, shift.date) for shift in holding if shift.item in known]
    to = tuple(actors(plan)[name] for name in _others(case, first) or (plan.resolution.body,))
    leading = holding[0]
    what, key = line(known.get(leading.item, leading.item)), f"moved:{first.item}:{first.seq}"
    return compose(plan, key, first.at.date(), to, {"what": what, "day": leading.date}, {"moved": moved}, (TIMETABLE,))
