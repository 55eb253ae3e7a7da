"""Who was not heard, and who was never asked (U8, R104): refused, vacant and not asked stay apart."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.phases import interviews, responses
from staffelstab.phases.interviews import InterviewState
from staffelstab.phases.responses import CallState
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import audience, members
from staffelstab.timetable.plan.model import Perspective


@dataclass(frozen=True, slots=True)
class Unheard:
    """Calls and talks begun so far, perspectives from which nothing came, and recipients whom the plan never asks."""

    calls: tuple[CallState, ...]
    hearings: tuple[InterviewState, ...]
    perspectives: tuple[Perspective, ...]
    never_asked: tuple[str, ...]


def unheard(case: Case) -> Unheard:
    """Who was not heard up to the case's moment."""
    plan = case.plan
    begun = tuple(call for call in plan.calls if case.now >= plan.starts(call.opens.day))
    talks = tuple(
        (hearing, plan.phase(hearing.phase))
        for hearing in plan.hearings
        if case.now >= plan.starts(plan.phase(hearing.phase).start.day)
    )
    spoken = {paper.perspective for paper in (*case.papers, *case.minutes)}
    return Unheard(
        calls=tuple(responses.state(case, call) for call in begun),
        hearings=tuple(interviews.state(case, hearing, phase) for hearing, phase in talks),
        perspectives=tuple(item for item in plan.perspectives if item.id not in spoken),
        never_asked=_never_asked(case),
    )


def _never_asked(case: Case) -> tuple[str, ...]:
    plan = case.plan
    asked = {actor.id for call in plan.calls for actor in audience(plan, call.audience.actors)}
    heard = {hearing.group for hearing in plan.hearings}
    return tuple(
        item.name
        for item in plan.recipients
        if not (item.group and item.group in heard)
        and not any(
            actor.id in asked for name in (item.body, item.group, item.office) if name for actor in members(plan, name)
        )
    )
