"""A day as pages tell it: of one the resolution does not name, from what it follows, in words."""

from __future__ import annotations

from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.rule_text import rule_text
from staffelstab.timetable.plan.when import When


def told_day(plan: Plan, when: When, item: str) -> str:
    """What is known of a day of the thing whose id is `item`: "2. März 2018 (abgeleitet: 7 Tage vor …)"."""
    if when.status != "derived" or when.date is None or when.candidates:
        return Phrasing(plan).when(when)
    return plan.words.say("pages.day.derived", day=when.date, why=derived(plan, when, item))


def derived(plan: Plan, when: When, item: str) -> str:
    """From what a derived day follows: its rule; or the resolution's sentence, where the plan has only a day."""
    if when.rule:
        return plan.words.say("pages.day.by_rule", rule=rule_text(plan, when.rule, item, plan.words))
    return plan.words.say("pages.day.by_sentence")
