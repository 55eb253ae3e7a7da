"""How what is ours is called on the server: on one that others use too, so that nothing is taken for somebody else's."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

from prefect import tags

from staffelstab.timetable.plan.model import Plan
from tasks.begin import is_shared

OURS = "staffelstab"
"""The tag of everything of ours on a server that others use too."""


def name_there(plan: Plan, name: str) -> str:
    """The name of a deployment: another plan may have one that is called alike."""
    return f"{name} · {plan.id}" if is_shared() else name


def tags_there(plan: Plan) -> list[str]:
    """The tags of the plan's deployments and of their runs."""
    return [plan.id, OURS] if is_shared() else [plan.id]


def tagged(plan: Plan) -> AbstractContextManager[object]:
    """Within the block each run that begins bears the plan's tags; a run within another has none by itself."""
    return tags(*tags_there(plan))


def key_there(plan: Plan, key: str) -> str:
    """The key of an overview, of lower-case letters, digits and dashes as Prefect demands."""
    return f"{re.sub('[^a-z0-9]+', '-', plan.id.lower())}-{key}" if is_shared() else key
