"""Every date of a plan with the item it belongs to, its phase, and how people call it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from staffelstab.language import Language
from staffelstab.timetable.plan.model import Call, Certified, Event, Office, Phase, Plan, Resolution, Session
from staffelstab.timetable.plan.slots import Slot, slots
from staffelstab.timetable.plan.when import When

Item = Resolution | Certified | Event | Session | Phase | Call | Office


@dataclass(frozen=True, slots=True)
class Date:
    """One dated field.

    `name` is what rules and `staffelstab confirm` call it, `path` its place in the file, `part` which of an item's dates it is
    (`sessions.papers_due`; its name for people stands below `lint.date`), `phase` what it belongs to, if to any.
    """

    name: str
    path: str
    part: str
    when: When
    item: Item
    phase: Phase | None = None

    def named(self, words: Language) -> str:
        """The date as the subject of a sentence: Der Beginn von Phase 4 „Try & Error“."""
        number = self.item.number if isinstance(self.item, Phase) else 0
        return words.say(f"lint.date.{self.part}", name=getattr(self.item, "name", ""), number=number)


@cache
def dates(plan: Plan) -> tuple[Date, ...]:
    """Every date of the plan: the resolution's, then in the order of its slots."""
    phases = phases_by_number(plan)
    found = [_date(plan, slot, phases) for slot in slots(plan).values()]
    if plan.resolution.certified.date:
        certified, when = plan.resolution.certified, When(plan.resolution.certified.date)
        found.insert(1, Date("certified", "$.resolution.certified.date", "certified.date", when, certified))
    return tuple(found)


def known(plan: Plan) -> tuple[tuple[Date, dt.date], ...]:
    """The dates that have a day, each with it."""
    return tuple((date, date.when.date) for date in dates(plan) if date.when.date is not None)


@cache
def phases_by_number(plan: Plan) -> dict[int, Phase]:
    """The phases by their number."""
    return {phase.number: phase for phase in plan.phases}


def _date(plan: Plan, slot: Slot, phases: dict[int, Phase]) -> Date:
    part = f"{slot.table}.{slot.field.attribute}"
    item: Item = plan.resolution if slot.table == "resolution" else getattr(plan, slot.table)[slot.place]
    phase = item if isinstance(item, Phase) else phases[item.phase] if isinstance(item, Session | Call) else None
    return Date(slot.name, slot.path, part, slot.when, item, phase)
