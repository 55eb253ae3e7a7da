"""Every date of a plan with the item it belongs to, and how people call it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from staffelstab.language import Language
from staffelstab.plan.model import Call, Event, Office, Phase, Plan, Resolution, Session
from staffelstab.plan.slots import Slot, slots
from staffelstab.plan.when import When

Item = Resolution | Event | Session | Phase | Call | Office


@dataclass(frozen=True, slots=True)
class Date:
    """One dated field: its slot, and the item that has it."""

    slot: Slot
    item: Item

    @property
    def when(self) -> When:
        """What is known of the date."""
        return self.slot.when

    @property
    def path(self) -> str:
        """Its place in the plan file."""
        return self.slot.path

    @property
    def part(self) -> str:
        """Which of an item's dates it is, as `sessions.papers_due`; the key of its name below `lint.date`."""
        return f"{self.slot.table}.{self.slot.field.attribute}"

    def named(self, words: Language) -> str:
        """The date as the subject of a sentence: Der Beginn der Phase 4 „Try & Error“."""
        number = self.item.number if isinstance(self.item, Phase) else 0
        return words.say(f"lint.date.{self.part}", name=getattr(self.item, "name", ""), number=number)


@cache
def dates(plan: Plan) -> tuple[Date, ...]:
    """Every date of the plan, in the order of its slots."""
    return tuple(Date(slot, _item(plan, slot)) for slot in slots(plan).values())


def known(plan: Plan) -> tuple[tuple[Date, dt.date], ...]:
    """The dates that have a day, each with it."""
    return tuple((date, date.when.date) for date in dates(plan) if date.when.date is not None)


def _item(plan: Plan, slot: Slot) -> Item:
    if slot.table == "resolution":
        return plan.resolution
    item: Item = getattr(plan, slot.table)[slot.place]
    return item
