"""What is alarming now: a pass that did not run, a run that failed, a way in that is silent, a full disk, a duty overdue.

Each matter has a key that stays the same as long as it lasts, so that it is told once. Its sentence holds no submitted text and no
name: it leaves the machine, by mail or chat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.errors import StaffelstabError
from staffelstab.language import Fact
from staffelstab.ledger.values import Entry
from staffelstab.publishing.artifacts.todo import Todo, last_pass, lying_letters, todo
from staffelstab.publishing.artifacts.working_folder import Folder
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.phase_run import Run
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.plan.model import Plan

NO_PASS = dt.timedelta(hours=26)
"""A day, and two hours for a morning that is late."""
LATE = dt.timedelta(minutes=30)
"""So long after its moment a run that has not begun is late: one runner does one run after the other."""
LEAST_FREE = 1_000_000_000
"""Bytes on the disk below which papers and backups may soon find no room."""
LETTERS_LIE = dt.timedelta(days=3)
"""So long a letter may lie in the outbox before it is told."""
UNKNOWN = dt.timedelta(minutes=10)
"""So long the server for the runs may not answer before it is told: it may just be starting again."""
RUN = "run:"
"""How the keys of runs begin."""

RunState = Literal["late", "failed", "crashed"]


@dataclass(frozen=True, slots=True)
class RunMatter:
    """A run that is late, failed or crashed: its id and name as the interface shows it, and the moment it was for."""

    id: str
    name: str
    state: RunState
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is told once; `text` is a sentence in the plan's language.

    `wait`: told only if it has lasted so long; `hides`: while it lasts, nobody knows whether those whose keys begin so have ended.
    """

    key: str
    text: str
    wait: dt.timedelta = dt.timedelta()
    hides: str | None = None


def matters(
    run: Run, entries: Sequence[Entry], folder: Folder, *, free: int, runs: Iterable[RunMatter] | None
) -> tuple[Matter, ...]:
    """Everything alarming at the run's moment.

    `entries`: the journal's of `todo.KINDS`; `free`: bytes on the folder's disk; `runs`: None if nobody can say how they are.
    """
    return tuple(_all(run, entries, folder, free, runs))


def _all(
    run: Run, entries: Sequence[Entry], folder: Folder, free: int, runs: Iterable[RunMatter] | None
) -> Iterator[Matter]:
    yield from _no_pass(run, entries)
    yield from _clock(run)
    if free < LEAST_FREE:
        yield _matter(run.plan, "disk", "disk", free=free / 1_000_000)
    yield from _runs(run.plan, runs)
    for item in todo(run.plan, run.now, entries, folder):
        yield from _duty(run, item, entries, folder)


def _no_pass(run: Run, entries: Sequence[Entry]) -> Iterator[Matter]:
    """The last pass is too long ago, while the plan still has something to come."""
    last = last_pass(entries)
    if (
        last is not None
        and run.now - last > NO_PASS
        and agenda(run.plan)[-1].day >= last.astimezone(run.plan.zone).date()
    ):
        yield _matter(run.plan, f"no_pass:{last.isoformat()}", "no_pass", at=last.astimezone(run.plan.zone))


def _clock(run: Run) -> Iterator[Matter]:
    try:
        refuse_doubtful_clock(run)
    except StaffelstabError as error:
        yield Matter("clock", error.text(run.plan.language))


def _runs(plan: Plan, runs: Iterable[RunMatter] | None) -> Iterator[Matter]:
    if runs is None:
        yield Matter("runs", plan.words.say("watch.runs_unknown"), wait=UNKNOWN, hides=RUN)
        return
    for item in runs:
        key, at = f"{RUN}{item.id}:{item.state}", item.at.astimezone(plan.zone)
        yield _matter(plan, key, f"run_{item.state}", name=item.name, at=at)


def _duty(run: Run, item: Todo, entries: Sequence[Entry], folder: Folder) -> Iterator[Matter]:
    """What today's work calls for and should have been done before today."""
    today, plan = run.now.astimezone(run.plan.zone).date(), run.plan
    session = next((each for each in plan.sessions if each.id == item.subject), None)
    match item.key:
        case "decide" if session and session.date.day < today:
            yield Matter(f"decide:{item.subject}", item.text)
        case "freeze" if session and session.papers_due.day < today:
            yield Matter(f"freeze:{item.subject}", item.text)
        case "unreached" | "walls_refused":
            yield Matter(item.key, item.text)
        case "letters_unclear":
            yield Matter(f"{item.key}:{item.text}", item.text)
        case "letters":
            oldest = min(entry.at for entry in lying_letters(entries, folder.letters).values())
            if run.now - oldest > LETTERS_LIE:
                yield Matter(f"letters:{oldest.astimezone(plan.zone).date()}", item.text)
        case _:
            return


def _matter(plan: Plan, key: str, said: str, **facts: Fact) -> Matter:
    return Matter(key, plan.words.say(f"watch.{said}", **facts))
