"""Fault injection: each fault changes what comes in, or when anything runs (`rehearse --sabotage`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from staffelstab.simulation.event_list import Event
from staffelstab.simulation.inputs import Delivery
from staffelstab.simulation.no_answers import without_answers
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import inbox_folders

STANDSTILL = dt.timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is simulated: a plan, what comes in, and the event list."""

    plan: Plan
    deliveries: tuple[Delivery, ...]
    events: tuple[Event, ...]

    @property
    def end(self) -> dt.datetime:
        """After the last event; the plan's first day if there is none."""
        last = self.events[-1].at if self.events else self.plan.starts(self.plan.resolution.date)
        return last + dt.timedelta(days=1)


def late(scenario: Scenario) -> Scenario:
    """Every third paper of the first call arrives two days after its deadline."""
    call = scenario.plan.calls[0]
    papers = _papers(scenario, lambda item: item.at < scenario.plan.ends(call.deadline.day))
    moved = {id(item) for item in papers[::3]}
    at = scenario.plan.ends(call.deadline.day) + dt.timedelta(days=2)
    changed = (replace(item, at=at) if id(item) in moved else item for item in scenario.deliveries)
    return replace(scenario, deliveries=tuple(sorted(changed, key=lambda item: (item.at, item.path))))


def unreadable(scenario: Scenario) -> Scenario:
    """The first paper that is not plain text is cut off in the middle."""
    papers = _papers(scenario, lambda item: not item.path.endswith((".txt", ".md")))
    broken = papers[0] if papers else None
    changed = (
        replace(item, content=item.content[: len(item.content) // 2]) if item is broken else item
        for item in scenario.deliveries
    )
    return replace(scenario, deliveries=tuple(changed))


def silent(scenario: Scenario) -> Scenario:
    """Half of the associations never answer."""
    return replace(scenario, deliveries=tuple(without_answers(scenario.plan, scenario.deliveries)))


def standstill(scenario: Scenario) -> Scenario:
    """Nothing runs for nine days around the first freeze of papers; afterwards everything is caught up with."""
    first = min(scenario.plan.sessions, key=lambda session: session.papers_due.day)
    start = scenario.plan.starts(first.papers_due.day)
    end = start + STANDSTILL
    kept = [
        replace(event, at=end + dt.timedelta(hours=7)) if event.kind == "session" and start <= event.at < end else event
        for event in scenario.events
        if event.kind == "session" or not start <= event.at < end
    ]
    morning = Event(end + dt.timedelta(hours=8), "pass")
    return replace(scenario, events=tuple(sorted([*kept, morning], key=lambda event: (event.at, event.kind))))


def killed(scenario: Scenario) -> Scenario:
    """The pass that freezes the first dossier is killed in the middle, and run again."""
    first = min(scenario.plan.sessions, key=lambda session: session.papers_due.day)
    day = first.papers_due.day
    return replace(
        scenario,
        events=tuple(
            replace(event, kill=True) if event.kind == "pass" and event.at.date() == day else event
            for event in scenario.events
        ),
    )


FAULTS: Mapping[str, Callable[[Scenario], Scenario]] = {
    "late": late,
    "unreadable": unreadable,
    "silent": silent,
    "standstill": standstill,
    "killed": killed,
}


def _papers(scenario: Scenario, wanted: Callable[[Delivery], bool]) -> list[Delivery]:
    folder = inbox_folders(scenario.plan.language)["papers"]
    return [item for item in scenario.deliveries if item.path.startswith(f"{folder}/") and wanted(item)]
