"""A plan's rules for dates in words: `session - P7D` is read as "7 days before 'Board meeting'"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

from staffelstab.language import Language
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import parse_rule


def rule_text(plan: Plan, rule: str, item: str, words: Language) -> str:
    """The rule in words. `item` is the id of what the rule belongs to, which it may call "session" or "opens"."""
    offset = parse_rule(rule)
    side = "same" if not offset.days else "before" if offset.days < 0 else "after"
    key = (
        f"calendar.rule.{side}" if side == "same" else f"calendar.rule.{side}_{'working' if offset.working else 'days'}"
    )
    return words.say(key, n=abs(offset.days), name=_named(plan, offset.reference, item, words))


def _named(plan: Plan, reference: str, item: str, words: Language) -> str:
    """What people call the thing a rule hangs on; the reference itself if nothing is called so."""
    if reference in {"session", "opens"}:
        reference = f"{item}.{reference}" if reference == "opens" else item
    thing, _, part = reference.partition(".")
    name = _names(plan).get(thing, reference)
    if thing != item and (day := _days_of_namesakes(plan).get(thing)):
        name = words.say("calendar.on_day", name=name, day=day)
    return words.say(f"calendar.slot.{part}", name=name) if words.knows(f"calendar.slot.{part or '-'}") else name


@cache
def _days_of_namesakes(plan: Plan) -> dict[str, dt.date]:
    """The days of sessions whose name alone would not tell which is meant."""
    names = Counter(session.name for session in plan.sessions)
    return {item.id: item.date.date for item in plan.sessions if names[item.name] > 1 and item.date.date}


@cache
def _names(plan: Plan) -> dict[str, str]:
    return {
        "resolution": plan.title,
        **{item.id: item.name for item in plan.events},
        **{item.id: item.name for item in plan.sessions},
        **{item.id: item.name for item in plan.calls},
        **{item.id: item.name for item in plan.phases},
    }
