"""A date was moved: whoever had the old one hears of it, once per change (F08, F09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffelstab.amend.items import item_label, items
from staffelstab.amend.people import receivers
from staffelstab.case.values import Case, Shift
from staffelstab.documents.characters import line
from staffelstab.outbox.calling import TIMETABLE
from staffelstab.outbox.values import Letter
from staffelstab.outbox.writing import compose
from staffelstab.plan.actors import actors, name_of


def moving_letters(case: Case) -> Iterator[Letter]:
    """A letter for every amendment of which something still holds; what was overtaken by the next is not told late."""
    newest = {shift.item: shift for shift in case.shifts}
    for first in case.shifts:
        holding = [shift for shift in newest.values() if shift.group == first.group]
        if first.kind == "amended" and first.told and holding:
            yield _moved(case, first, sorted(holding, key=lambda shift: shift.seq))


def _moved(case: Case, first: Shift, holding: Sequence[Shift]) -> Letter:
    plan = case.plan
    known = {item.name: item_label(plan, item) for item in items(plan)}
    moved = [(line(known[shift.item]), shift.former, shift.date) for shift in holding if shift.item in known]
    day = first.at.date()
    to = receivers(plan, first.told, day) or (actors(plan)[plan.resolution.body],)
    leading = holding[0]
    what, key = line(known.get(leading.item, leading.item)), f"moved:{first.item}:{first.seq}"
    facts = {"moved": moved, "by": name_of(plan, first.by), "on": day, "reason": line(first.reason)}
    return compose(plan, key, day, to, {"what": what, "day": leading.date}, facts, (TIMETABLE,))
