"""Whether a confirmed day lies outside what the resolution says about it: taken all the same, but never without a word (R45)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.amend.items import Item, owner
from staffelstab.language import Language
from staffelstab.plan.model import Plan
from staffelstab.plan.slots import slots
from staffelstab.reading.dates import mentions, spans


def outside(plan: Plan, item: Item, day: dt.date | None) -> str:
    """The sentence of the resolution, and that the day is none that it or the plan's candidates name; "" where nothing is amiss."""
    if item.when is None or day is None or day in item.when.candidates:
        return ""
    words = Language(plan.language)
    quote = str(getattr(owner(plan, slots(plan)[item.name]), "quote", ""))
    said = words.say("amend.done.quoted", quote=" ".join(quote.split())) if quote else ""
    if item.when.candidates:
        days = words.listed(words.day(known) for known in item.when.candidates)
        return f"{said} {words.say('amend.done.outside', days=days)}".strip()
    periods = list(_periods(quote, plan.resolution.date))
    if not periods or any(first <= day <= last for first, last in periods):
        return ""
    return f"{said} {words.say('amend.done.beside', day=day)}"


def _periods(quote: str, near: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Every day and period that a quote names, first and last day."""
    yield from ((mention.first, mention.last) for mention in mentions(quote, near))
    for span in spans(quote, near):
        if span.first and span.last:
            yield span.first.first, span.last.last
