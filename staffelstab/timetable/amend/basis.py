"""A plan with its changes, and the same plan with some more: what both say is compared by whoever asks what a change does."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.language import Fact
from staffelstab.timetable.plan.bounds import Problem
from staffelstab.timetable.plan.change import Change, RecordedChange, changed
from staffelstab.timetable.plan.consistency import problems
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.load import find_plan, load_plan, plan_as_written, plan_text
from staffelstab.timetable.plan.locate import line_of
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.resolve import RuleError, resolve
from staffelstab.timetable.plan.slots import find_slot, slots


@dataclass(frozen=True)
class Basis:
    """The plan file at `place`, and what the ledger says was confirmed or amended since.

    `folder` is the working folder as it was given, for commands that are proposed; "" where none was given.
    """

    place: Path
    changes: tuple[RecordedChange, ...] = ()
    folder: str = ""

    @property
    def where(self) -> str:
        """The folder behind the item in a proposed `staffelstab confirm`: with a space before it, or nothing."""
        return f" {shlex.quote(self.folder)}" if self.folder else ""

    @cached_property
    def path(self) -> Path:
        """The plan file. Raises PlanError."""
        return find_plan(self.place)

    @cached_property
    def text(self) -> str:
        """The plan file's text. Raises PlanError."""
        return plan_text(self.path)

    @cached_property
    def adopted(self) -> Plan:
        """The plan as its file has it, without the changes, before its rules are followed. Raises PlanError."""
        return plan_as_written(self.text, self.path.name)

    @cached_property
    def plan(self) -> Plan:
        """The plan as it holds now. Raises PlanError."""
        return load_plan(self.path, self._changed)

    @cached_property
    def written(self) -> Plan:
        """The plan as it holds now before its rules are followed: a date that a rule gives has no day here."""
        return changed(self.adopted, self._changed)

    @property
    def _changed(self) -> tuple[Change, ...]:
        return tuple(recorded.change for recorded in self.changes)

    def line(self, path: str) -> int:
        """Where something stands in the plan file."""
        return line_of(self.text, path) or 1

    def after(self, moves: Sequence[Change]) -> Plan:
        """The plan as it would hold. Raises RecordError, in words about the change, where it could not."""
        try:
            plan = resolve(changed(self.written, moves), lambda day: is_workday(self.plan, day))
        except RuleError as error:
            raise self._refused(moves, self._say("rule", rule=error.reference)) from error
        found = problems(plan, resolved=True)
        if found:
            raise self._refused(moves, " ".join(self._problem(plan, problem) for problem in found[:3]))
        return plan

    def _refused(self, moves: Sequence[Change], problem: str) -> RecordError:
        first = moves[0]
        return RecordError("amend.error.will_not_do", item=first.item, day=first.date, problem=problem)

    def _problem(self, plan: Plan, problem: Problem) -> str:
        """What would not fit together, with the days as they would be."""
        kind, _, facts = problem
        dates = {"first": None, "last": None} | dict(_days(plan, kind, facts["value"]))
        return self._say(kind, **facts, **dates)

    def _say(self, kind: str, **facts: Fact) -> str:
        words = self.plan.words
        key = f"amend.problem.{kind}"
        return words.say(key if words.knows(key) else "amend.problem.other", **facts)


def _days(plan: Plan, kind: str, value: str) -> list[tuple[str, dt.date | None]]:
    """The two days that do not fit together."""
    names = {
        "ends_first": (f"phase-{value}.start", f"phase-{value}.end"),
        "papers_late": (value, f"{value}.papers_due"),
        "session_first": (_phase_start(plan, value), value),
        "closes_first": (f"{value}.opens", f"{value}.deadline"),
    }.get(kind, ("", ""))
    known = slots(plan)
    found = [find_slot(known, name) if name else None for name in names]
    return [(key, slot.when.date if slot else None) for key, slot in zip(("first", "last"), found, strict=True)]


def _phase_start(plan: Plan, session: str) -> str:
    return next((f"phase-{item.phase}.start" for item in plan.sessions if item.id == session), "")
