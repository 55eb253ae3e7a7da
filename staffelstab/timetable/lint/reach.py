"""Whom something reaches that goes to some actors of a plan: through a body its seats, through a group its units, and back."""

from __future__ import annotations

from functools import cache

from staffelstab.timetable.lint.responsible import heard
from staffelstab.timetable.plan.actors import actors, members
from staffelstab.timetable.plan.model import Phase, Plan, Recipient


class Reach:
    """Actors reached so far. A body or group counts as reached with all its members, never with one of them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: set[str] = set()
        self._answers: dict[str, bool] = {}

    def add(self, *names: str) -> None:
        """Reach these actors: ids, or `unit/role` or `group/role`; "" is nobody."""
        self._answers.clear()
        for name in filter(None, names):
            place, _, role = name.partition("/")
            people = members(self._plan, place)
            self._known |= {name, *(actor.id for actor in people)}
            if role:
                self._known |= {f"{actor.id}/{role}" for actor in people}

    def has(self, name: str) -> bool:
        """Whether the actor, `group/role` or `unit/role`, is reached; a name the plan does not know is not."""
        if name not in self._answers:
            self._answers[name] = self._has(name)
        return self._answers[name]

    def _has(self, name: str) -> bool:
        place, _, role = name.partition("/")
        if not self._known.isdisjoint({name, place, _bodies(self._plan).get(place, name)}):
            return True
        people = members(self._plan, place) if place in actors(self._plan) else ()
        end = f"/{role}" if role else ""
        return bool(people) and all(f"{actor.id}{end}" in self._known for actor in people)


def asked_in(plan: Plan, phases: tuple[Phase, ...]) -> Reach:
    """Whom the calls and hearings of these phases ask."""
    numbers = {phase.number for phase in phases}
    reach = Reach(plan)
    for call in plan.calls:
        reach.add(*(call.audience.actors if call.phase in numbers else ()))
    for hearing in plan.hearings:
        reach.add(*(heard(hearing) if hearing.phase in numbers else ()))
    return reach


def standing_for(item: Recipient) -> str:
    """Whom a group of the list stands for, as a duty's actor; "" if the plan does not know anybody."""
    return item.office or item.body or (f"{item.group}/{item.role}" if item.role else item.group)


@cache
def _bodies(plan: Plan) -> dict[str, str]:
    """The body on which an office sits, where the plan says it of the office."""
    return {office.id: office.body for office in plan.offices if office.body}
