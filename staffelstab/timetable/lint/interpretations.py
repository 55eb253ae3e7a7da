"""Readings nobody resolved: a word understood in one way, an audience only proposed, material without a source (R58, R66, R83)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.plan.actors import actors, folded, name_of
from staffelstab.timetable.plan.model import Call, Plan, Responsibility
from staffelstab.timetable.vocabulary.words import words


def assumed(subject: Subject) -> Iterator[Finding]:
    """Whom the resolution's word for those responsible means is only assumed, or nobody knows (R58)."""
    for i, item in enumerate(subject.plan.responsibilities):
        if item.quote and (item.origin == "assumed" or not item.actors):
            yield _reading("assumed_reading" if item.actors else "nobody_meant", i, item, subject.plan)


def plural(subject: Subject) -> Iterator[Finding]:
    """A word in the plural is said to be adopted for actors whom its sentence does not name (R58)."""
    for i, item in enumerate(subject.plan.responsibilities):
        if item.standing is None and item.quote and _several(subject.plan, item):
            yield _reading("plural_reading", i, item, subject.plan)


def _reading(code: str, i: int, item: Responsibility, plan: Plan) -> Finding:
    names = [name_of(plan, actor) for actor in item.actors]
    facts: dict[str, Fact] = {
        "word": item.name,
        "id": item.id,
        "n": len(names),
        "who": plan.words.listed(names),
    }
    facts["by"] = plan.resolution.body
    return Finding(code, item.strength, f"$.responsibilities[{i}]", item.quote, facts)


def _several(plan: Plan, item: Responsibility) -> bool:
    """Whether the word is the plural of an actor's own and the sentence does not say which ones are meant."""
    known = [actors(plan)[name] for name in item.actors]
    single = [actor for actor in known if actor.kind in {"office", "seat", "unit"}]
    return any(
        _is_plural(folded(item.name), folded(actor.name), plan.language)
        and folded(actor.name) not in folded(item.quote)
        for actor in single
    )


def _is_plural(word: str, name: str, language: str) -> bool:
    first = name.split()[0] if name else ""
    return any(
        len(stem) > 2 and stem in {name[-len(stem) :], first[-len(stem) :]} for stem in _singulars(word, language)
    )


def _singulars(word: str, language: str) -> Iterator[str]:
    """What a word may be the plural of: itself without each ending that makes several of one."""
    for ending in words("lint.plurals", language):
        if found := re.search(rf"(?:{ending})$", word):
            yield word[: found.start()]


def audience(subject: Subject) -> Iterator[Finding]:
    """A call whose audience is only proposed, or that has none (R83)."""
    plan = subject.plan
    for i, call in enumerate(plan.calls):
        if not call.audience.adopted:
            names = [name_of(plan, actor) for actor in call.audience.proposed]
            code = "proposed_audience" if names else "no_audience"
            facts: dict[str, Fact] = {"call": call.name, "id": call.id, "who": plan.words.listed(names)}
            facts["by"] = plan.resolution.body
            yield Finding(code, call.strength, f"$.calls[{i}].audience", call.quote, facts)


def address(subject: Subject) -> Iterator[Finding]:
    """A call that does not say where papers go."""
    for i, call in enumerate(subject.plan.calls):
        if not call.address:
            yield Finding("no_address", call.strength, f"$.calls[{i}]", call.quote, _call(subject.plan, call))


def _call(plan: Plan, call: Call) -> dict[str, str]:
    return {"call": call.name, "coordinator": plan.coordinator}


def material(subject: Subject) -> Iterator[Finding]:
    """A phase is to work with something, and nobody said where it comes from (R66)."""
    plan = subject.plan
    phases = {phase.number: phase.name for phase in plan.phases}
    for i, item in enumerate(plan.materials):
        if not item.source:
            facts: dict[str, Fact] = {"material": item.name, "number": item.phase, "phase": phases[item.phase]}
            yield Finding("material_unsourced", item.strength, f"$.materials[{i}]", item.quote, facts)


RULES: tuple[Rule, ...] = (assumed, plural, audience, address, material)
