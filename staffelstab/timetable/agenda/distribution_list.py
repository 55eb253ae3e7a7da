"""The distribution list of the resolution: its groups as actors, whether or not the plan knows who they are (R09, R12)."""

from __future__ import annotations

from staffelstab.documents.rendering.characters import line
from staffelstab.timetable.plan.actors import Actor
from staffelstab.timetable.plan.model import Plan


def distribution_list(plan: Plan) -> tuple[Actor, ...]:
    """The groups of the distribution list, as actors with ids of their own, in its order."""
    return tuple(Actor(f"recipient-{n:02d}", line(item.name), "group") for n, item in enumerate(plan.recipients, 1))
