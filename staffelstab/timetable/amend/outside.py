"""Whether a confirmed day lies outside what the resolution says about it: taken all the same, but never without a word (R45)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.timetable.amend.items import Item, owner
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import Slot, slots
from staffelstab.timetable.reading.dates import mentions, spans

Period = tuple[dt.date, dt.date]


def outside(plan: Plan, item: Item, day: dt.date | None) -> str:
    """The sentence of the resolution, and that the day is none that it or the plan's candidates name; "" where nothing is amiss."""
    if item.when is None or day is None or day in item.when.candidates:
        return ""
    words, slot = plan.words, slots(plan)[item.name]
    quote = str(getattr(owner(plan, slot), "quote", ""))
    said = words.say("amend.done.quoted", quote=" ".join(quote.split())) if quote else ""
    if item.when.candidates:
        days = words.listed(words.day(known) for known in item.when.candidates)
        return f"{said} {words.say('amend.done.outside', days=days)}".strip()
    periods = list(_periods(quote, plan.resolution.date, _of_others(plan, slot)))
    if not periods or any(first <= day <= last for first, last in periods):
        return ""
    return f"{said} {words.say('amend.done.beside', day=day)}"


def _periods(quote: str, near: dt.date, others: set[dt.date]) -> Iterator[Period]:
    """Every day and period that a quote names, first and last day; not the days that other dates have."""
    for mention in mentions(quote, near):
        if mention.first != mention.last or mention.first not in others:
            yield mention.first, mention.last
    for span in spans(quote, near):
        if span.first and span.last:
            yield span.first.first, span.last.last


def _of_others(plan: Plan, slot: Slot) -> set[dt.date]:
    """The days of the plan's other dates, as they were and as they are: a sentence about a call may name its deadline alone."""
    others = (other.when for other in slots(plan).values() if other.name != slot.name)
    days = {day for when in others for day in (when.date, when.former) if day}
    return days - {slot.when.date, slot.when.former}
