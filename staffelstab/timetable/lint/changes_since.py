"""What was confirmed or moved since the plan was adopted, in sentences (F08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from staffelstab.language import Language
from staffelstab.timetable.lint.item_dates import dates
from staffelstab.timetable.lint.phrases import shortened
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import find_slot, slots


def history(adopted: Plan, changes: Iterable[RecordedChange]) -> tuple[str, ...]:
    """One sentence per change, in their order. `adopted` is the plan as the file has it."""
    return tuple(_sentences(adopted, changes))


def _sentences(adopted: Plan, changes: Iterable[RecordedChange]) -> Iterator[str]:
    words, known = adopted.words, slots(adopted)
    names = {date.name: date.named(words) for date in dates(adopted)}
    days = {name: slot.when.date for name, slot in known.items()}
    for recorded in changes:
        change = recorded.change
        slot = find_slot(known, change.item) if change.date else None
        name = slot.name if slot else ""
        what = names.get(name) or _name(adopted, change.item)
        yield _sentence(words, adopted, recorded, what, days.get(name))
        days[name] = change.date


def _sentence(words: Language, plan: Plan, recorded: RecordedChange, what: str, former: dt.date | None) -> str:
    change = recorded.change
    moved = change.date and former and change.date != former
    kind = "agreed" if change.date is None else "moved" if moved else "confirmed"
    return words.say(
        f"lint.check.{kind}",
        what=what,
        date=change.date,
        former=_former(words, former, change.date),
        at=recorded.at.astimezone(plan.zone).date(),
        by=_by(words, plan, recorded),
    )


def _by(words: Language, plan: Plan, recorded: RecordedChange) -> str:
    """Who decided, and by whom they were authorised if the decision was not theirs."""
    by = name_of(plan, recorded.by)
    if not recorded.authorised:
        return by
    return words.say("lint.check.authorised", by=by, body=name_of(plan, plan.resolution.body))


def _former(words: Language, former: dt.date | None, date: dt.date | None) -> str:
    """9. · 9. März 2018: without month and year where they are those of the new day."""
    return shortened(words, former, date) if former and date else ""


def _name(plan: Plan, item: str) -> str:
    """What people call a reading that was confirmed: a call's audience or a responsibility."""
    words = plan.words
    for call in plan.calls:
        if item == f"{call.id}.audience":
            return words.say("lint.check.audience", name=call.name)
    return words.quoted(next((known.name for known in plan.responsibilities if known.id == item), item))
