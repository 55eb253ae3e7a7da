"""A date was moved: whoever had the old one hears of it, once per change (F08, F09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from staffelstab.documents.rendering.characters import line
from staffelstab.language import Fact
from staffelstab.publishing.outbox.call_letters import TIMETABLE
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.amend.affected import receivers
from staffelstab.timetable.amend.items import item_label, items
from staffelstab.timetable.plan.actors import actors, name_of
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Plan


def moving_letters(case: Case) -> Iterator[Letter]:
    """A letter for every amendment of which something still holds; what was overtaken by the next is not told late."""
    newest = {change.item: change for change in case.recorded_changes}
    for first in case.recorded_changes:
        holding = [change for change in newest.values() if change.group == first.group]
        if first.kind == "amended" and first.told and holding:
            yield _moved(case, first, sorted(holding, key=lambda change: change.seq))


def _moved(case: Case, first: RecordedChange, holding: Sequence[RecordedChange]) -> Letter:
    plan = case.plan
    names = {item.name: line(item_label(plan, item)) for item in items(plan)}
    moved = [
        (names[change.item], change.former, change.date, change.date is not None and change.date < case.today)
        for change in holding
    ]
    day = first.at.date()
    to = receivers(plan, first.told, day) or (actors(plan)[plan.resolution.body],)
    leading, key = holding[0], f"moved:{first.item}:{first.seq}"
    subject: dict[str, Fact] = {"what": names[leading.item], "day": leading.date}
    facts = {"moved": moved, "by": _decided(plan, first), "on": day, "reason": line(first.reason)}
    overdue = all(over for *_, over in moved)
    return compose(plan, key, day, to, subject, facts, (TIMETABLE,), overdue=overdue)


def _decided(plan: Plan, change: RecordedChange) -> str:
    """Who decided, and by whom they were authorised if the decision was not theirs."""
    by = name_of(plan, change.by)
    if not change.authorised:
        return by
    return plan.words.say("outbox.authorised", by=by, body=name_of(plan, plan.resolution.body))
