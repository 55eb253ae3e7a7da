"""A date was moved: whoever had the old one hears of it, once per change (F08, F09)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.amend.items import item_label, items
from staffelstab.case.values import Case, Shift
from staffelstab.outbox.calling import TIMETABLE
from staffelstab.outbox.values import Letter
from staffelstab.outbox.writing import compose, line
from staffelstab.plan.actors import actors, office_at


def moving_letters(case: Case) -> Iterator[Letter]:
    """A letter for every amendment that still holds; one that was overtaken by the next is not written late."""
    for first in case.shifts:
        newest = [shift for shift in case.shifts if shift.item == first.item][-1]
        if first.kind == "amended" and first.told and newest is first:
            yield _moved(case, first)


def _others(case: Case, first: Shift) -> tuple[str, ...]:
    """Those concerned as far as the plan knows them; the office that writes knows it already."""
    writer = office_at(case.plan, first.at.date())
    return tuple(name for name in first.told if name in actors(case.plan) and name != writer)


def _moved(case: Case, first: Shift) -> Letter:
    plan = case.plan
    known = {item.name: item_label(plan, item) for item in items(plan)}
    together = [shift for shift in case.shifts if shift.group == first.group]
    moved = [(line(known[shift.item]), shift.former, shift.date) for shift in together if shift.item in known]
    to = tuple(actors(plan)[name] for name in _others(case, first) or (plan.resolution.body,))
    what, key = line(known.get(first.item, first.item)), f"moved:{first.item}:{first.seq}"
    return compose(plan, key, first.at.date(), to, {"what": what, "day": first.date}, {"moved": moved}, (TIMETABLE,))
