"""Who answers for the concept and is not asked in time; what nobody answers for; who is never asked at all (R56, R77, R104)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.lint.delivery import named
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.reach import asked_in, standing_for
from staffelstab.timetable.lint.responsible import Responsible, duties, first_of_each, offices, parts, strongest, vacant
from staffelstab.timetable.plan.actors import actors, folded, members
from staffelstab.timetable.plan.model import Phase, Plan, Strength


def unheard(subject: Subject) -> Iterator[Finding]:
    """Who answers for aspects or chapters is asked by no call and no hearing before the ideas are gathered (R77)."""
    plan = subject.plan
    until = _gathering(plan)
    asked = asked_in(plan, plan.phases[: plan.phases.index(until)] if until else plan.phases)
    silent = first_of_each(duty for duty in _responsible(plan) if not asked.has(duty.actor))
    if silent and until:
        names = [duty.name for duty in silent]
        facts: dict[str, Fact] = {
            "n": len(names),
            "who": plan.words.listed(names),
            "number": until.number,
            "phase": until.name,
        }
        yield Finding("unheard", _severity(silent), silent[0].path, silent[0].quote, facts, parts(silent))


def _severity(silent: list[Responsible]) -> Strength:
    """That of the responsibilities; that a chapter is somebody's own is an arrangement of the plan, and binds less."""
    return strongest([*(duty.strength for duty in silent if "responsibilities" in duty.path), "should"])


def _gathering(plan: Plan) -> Phase | None:
    """The phase before which everybody responsible should have been heard."""
    return next((phase for kind in ("ideas", "finalisation") for phase in plan.phases if phase.kind == kind), None)


def _responsible(plan: Plan) -> Iterator[Responsible]:
    for duty in duties(plan):
        office = offices(plan).get(duty.actor)
        if duty.path.startswith(("$.responsibilities", "$.sections")) and not (office and vacant(plan, office)):
            yield duty


def unowned(subject: Subject) -> Iterator[Finding]:
    """A chapter of the concept for which nobody answers (R56)."""
    for i, section in enumerate(subject.plan.sections):
        if not section.responsible:
            yield Finding("unowned", section.strength, f"$.sections[{i}]", section.quote, {"section": section.name})


def without_chapter(subject: Subject) -> Iterator[Finding]:
    """Somebody answers for aspects of the concept, and no chapter is theirs or a member's (R56)."""
    plan = subject.plan
    owners = {section.responsible for section in plan.sections}
    for i, item in enumerate(plan.responsibilities):
        theirs = {member.id for actor in item.actors for member in members(plan, actor)}
        if plan.sections and owners.isdisjoint(theirs.union(item.actors)):
            yield Finding("without_chapter", "may", f"$.responsibilities[{i}]", item.quote, {"name": item.name})


def never_asked(subject: Subject) -> Iterator[Finding]:
    """Groups that receive the resolution and are known, and that no call and no hearing asks (R104)."""
    plan = subject.plan
    asked = asked_in(plan, plan.phases)
    silent = [
        (i, item) for i, item in enumerate(plan.recipients) if (name := standing_for(item)) and not asked.has(name)
    ]
    if silent and (plan.calls or plan.hearings):
        i, first = silent[0]
        names = [item.name for _, item in silent]
        facts: dict[str, Fact] = {"n": len(names), "who": plan.words.listed(names)}
        yield Finding("never_asked", "information", f"$.recipients[{i}]", first.quote, facts, named(silent))


def targets_unasked(subject: Subject) -> Iterator[Finding]:
    """Those for whom the concept is made are asked nowhere (R104)."""
    plan = subject.plan
    asked = asked_in(plan, plan.phases)
    known = {folded(actor.name): actor.id for actor in actors(plan).values()}
    silent = [name for name in plan.concept.targets if not asked.has(known.get(folded(name), name))]
    if silent and (plan.calls or plan.hearings):
        facts: dict[str, Fact] = {"n": len(silent), "who": plan.words.listed(silent)}
        yield Finding("targets_unasked", "information", "$.concept.targets", "", facts)


RULES: tuple[Rule, ...] = (unheard, unowned, without_chapter, never_asked, targets_unasked)
