"""A plan begun anew: `staffelstab plan new --like PLAN --start DATE`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from staffelstab.timetable.plan.load import find_plan, plan_from, plan_text
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.renewal.distance import Distance, beginning, distance
from staffelstab.timetable.renewal.questions import Question, questions
from staffelstab.timetable.renewal.rewrite import rewritten


@dataclass(frozen=True, slots=True)
class Renewal:
    """The new file's text and the plan it holds, how far everything moved, the ids renamed, and what is to be decided."""

    text: str
    plan: Plan
    old: Plan
    moved: Distance
    renamed: dict[str, str]
    questions: tuple[Question, ...]

    @property
    def beginning(self) -> dt.date:
        """The first day of the new plan's earliest phase."""
        return beginning(self.plan)


def renew(place: Path, wanted: dt.date) -> Renewal:
    """The plan in `place` on new dates, beginning on `wanted` or soon after. Raises PlanError; writes nothing."""
    path = find_plan(place)
    return renewed(plan_text(path), wanted, path.name)


def renewed(text: str, wanted: dt.date, file: str = "plan.toml") -> Renewal:
    """As `renew`, of a plan file's text."""
    old = plan_from(text, file)
    moved = distance(old, wanted)
    body, names = rewritten(text, old, moved)
    body = f"{_head(old, moved)}{_without_schema(body)}{_foot(old)}"
    new = plan_from(body)
    return Renewal(body, new, old, moved, names, questions(old, new, moved))


def _without_schema(text: str) -> str:
    """Without the line that names the schema beside the old file."""
    first, end, rest = text.partition("\n")
    return rest if first.startswith("#:schema") else first + end + rest


def _head(old: Plan, moved: Distance) -> str:
    words = old.words
    return f"# {words.say('renewal.head', plan=old.id, n=abs(moved.weeks))}\n# {words.say('renewal.remarks')}\n\n"


def _foot(old: Plan) -> str:
    return f"\n# {old.words.say('renewal.breaks')}\n" if old.breaks else ""
