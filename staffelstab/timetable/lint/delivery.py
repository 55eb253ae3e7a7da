"""Who has a duty and does not receive the resolution; who receives it and is not known, or never asked (R12, R13, R104)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from staffelstab.language import Fact, Language
from staffelstab.timetable.lint.finding import Finding, Part, Rule, Subject
from staffelstab.timetable.lint.reach import Reach, asked_in, standing_for
from staffelstab.timetable.lint.responsible import (
    Responsible,
    duties,
    first_of_each,
    introduced,
    offices,
    parts,
    strongest,
    vacant,
)
from staffelstab.timetable.plan.actors import find_actor, folded
from staffelstab.timetable.plan.model import Plan, Recipient
from staffelstab.timetable.plan.recipients import deliveries, resolved


def undelivered(subject: Subject) -> Iterator[Finding]:
    """Somebody has a duty and is on nobody's distribution list (R13). Vacant offices cannot receive anything yet."""
    plan = subject.plan
    if not plan.recipients:
        yield Finding("no_list", "should", "$.resolution", plan.resolution.quote)
        return
    missing = without_copy(plan)
    if missing:
        names = [duty.name for duty in missing]
        yield Finding(
            "undelivered",
            strongest(item.strength for item in plan.recipients),
            "$.recipients",
            next((item.quote for item in plan.recipients if item.quote), ""),
            {"n": len(names), "who": plan.words.listed(names)},
            parts(missing),
        )


def without_copy(plan: Plan) -> tuple[Responsible, ...]:
    """A duty of everybody whom the distribution list leaves out, in the plan's order: one whose sentence names them, if any."""
    found = [duty for duty in duties(plan) if not _reached(plan, duty)]
    telling = {duty.name: duty for duty in reversed(found) if folded(duty.name) in folded(duty.quote)}
    return tuple(telling.get(duty.name) or _introduced(plan, duty) for duty in first_of_each(found))


def _introduced(plan: Plan, duty: Responsible) -> Responsible:
    return replace(duty, quote=introduced(plan).get(duty.actor) or duty.quote)


def _reached(plan: Plan, duty: Responsible) -> bool:
    office = offices(plan).get(duty.actor)
    return (
        (office is not None and vacant(plan, office))
        or _list(plan).has(duty.actor)
        or not _beginnings(duty.name).isdisjoint(_names(plan)[0])
        or folded(duty.name) in _names(plan)[1]
    )


@cache
def _list(plan: Plan) -> Reach:
    reach = Reach(plan)
    reach.add(plan.resolution.body, plan.resolution.certified.office)  # who resolved or signed it knows it
    for item in plan.recipients:
        reach.add(item.office, item.body, item.group if not item.role else "")
    for delivery in deliveries(plan):
        reach.add(delivery.actor.id)
    return reach


@cache
def _names(plan: Plan) -> tuple[frozenset[str], frozenset[str]]:
    """The names on the list, and their beginnings: "Presbyteries" are on it as "Presbyteries of all parishes", and the reverse."""
    names = [item.name for item in plan.recipients]
    return frozenset(map(folded, names)), frozenset(begin for name in names for begin in _beginnings(name))


def _beginnings(name: str) -> set[str]:
    words = folded(name).split()
    return {" ".join(words[:n]) for n in range(1, len(words) + 1)}


def named(found: list[tuple[int, Recipient]]) -> tuple[Part, ...]:
    """Groups of the list, with their places in it, as a finding names them."""
    return tuple(Part(item.name, f"$.recipients[{i}]", item.quote) for i, item in found)


def nobody_known(subject: Subject) -> Iterator[Finding]:
    """Groups of the list of which the plan names nobody: they are reached by hand (R12)."""
    plan = subject.plan
    unknown = [(i, item) for i, item in enumerate(plan.recipients) if not resolved(plan, item)]
    if unknown:
        i, first = unknown[0]
        names = [item.name for _, item in unknown]
        words = plan.words
        facts: dict[str, Fact] = {
            "n": len(names),
            "who": words.listed(names),
            "asked": _whether_asked(words, plan, unknown),
        }
        yield Finding("nobody_known", "information", f"$.recipients[{i}]", first.quote, facts, named(unknown))


def _whether_asked(words: Language, plan: Plan, unknown: list[tuple[int, Recipient]]) -> str:
    """Which of those of whom the plan names nobody a call or a hearing is addressed to all the same."""
    reach = asked_in(plan, plan.phases)
    asked = [item.name for _, item in unknown if reach.has(_called(plan, item))]
    key = "none" if not asked else "all" if len(asked) == len(unknown) else "some"
    return words.say(f"lint.nobody_known.asked.{key}", who=words.listed(asked))


def _called(plan: Plan, item: Recipient) -> str:
    actor = find_actor(plan, item.name)
    return standing_for(item) or (actor.id if actor else "")


RULES: tuple[Rule, ...] = (undelivered, nobody_known)
