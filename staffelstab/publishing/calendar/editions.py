"""The plan's editions: as it was adopted, and as it held after each confirmation or amendment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import PlanError
from staffelstab.timetable.plan.change import Change, RecordedChange
from staffelstab.timetable.plan.load import find_plan, plan_from, plan_text
from staffelstab.timetable.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Edition:
    """The plan as it held from `at` (aware) on."""

    plan: Plan
    at: dt.datetime


def first_edition(plan: Plan) -> Edition:
    """The plan as adopted, from the first instant of the resolution's day."""
    return Edition(plan, plan.starts(plan.resolution.date))


def editions(place: Path, changes: Sequence[RecordedChange]) -> tuple[Edition, ...]:
    """The plan in `place` as adopted and after each of the `changes`; what was changed together makes one edition.

    An edition between the first and the last that no longer is a valid plan, because the file was edited since, is left out.
    Raises PlanError if the adopted plan or the last edition is none.
    """
    path = find_plan(place)
    text = plan_text(path)
    found = [first_edition(plan_from(text, path.name))]
    done: list[Change] = []
    for together in _together(changes):
        done += (recorded.change for recorded in together)
        try:
            found.append(Edition(plan_from(text, path.name, done), together[0].at))
        except PlanError:
            if len(done) == len(changes):
                raise
    return tuple(found)


def _together(changes: Sequence[RecordedChange]) -> Iterator[list[RecordedChange]]:
    """What was changed at one instant, an item once: if it was changed again, calendars have read what stood between."""
    now: list[RecordedChange] = []
    for change in changes:
        if now and (change.at != now[0].at or change.item in {other.item for other in now}):
            yield now
            now = []
        now.append(change)
    if now:
        yield now
