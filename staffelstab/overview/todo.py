"""Today's work from journal and plan alone, quick enough for `staffelstab status`: what cannot wait comes first (U17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from staffelstab.language import Language
from staffelstab.ledger.values import Entry
from staffelstab.plan.agenda import upcoming
from staffelstab.plan.model import Plan

KINDS = ("frozen", "decided", "handed_over", "surveyed", "pass")
STALE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of today's work; `urgent` if it cannot wait. `key` is below `overview.todo`."""

    key: str
    text: str
    urgent: bool


def todo(plan: Plan, now: dt.datetime, entries: Iterable[Entry]) -> tuple[Todo, ...]:
    """Everything to be done at `now`, the urgent first."""
    found = list(_all(plan, now.astimezone(plan.zone), _Journal(entries)))
    return tuple(sorted(found, key=lambda item: not item.urgent))


class _Journal:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self.frozen: set[str] = set()
        self.decided: set[str] = set()
        self.handed: set[int] = set()
        self.surveyed: dict[str, Entry] = {}
        self.last_pass: dt.datetime | None = None
        for entry in entries:
            match entry.kind:
                case "frozen":
                    self.frozen.add(entry.subject)
                case "decided":
                    self.decided.add(entry.subject)
                case "handed_over":
                    self.handed.add(int(entry.facts["number"]))
                case "surveyed":
                    self.surveyed[entry.phase] = entry
                case "pass":
                    self.last_pass = entry.at


def _all(plan: Plan, now: dt.datetime, journal: _Journal) -> Iterator[Todo]:
    words = Language(plan.language)
    today = now.date()

    def line(key: str, urgent: bool, **facts: str | int | dt.date | dt.datetime) -> Todo:
        return Todo(key, words.say(f"overview.todo.{key}", **facts), urgent)

    for session in plan.sessions:
        if session.date.day <= today and session.id not in journal.decided and session.id in journal.frozen:
            yield line("decide", True, day=session.date.day, session=session.id)
        elif session.papers_due.day <= today and session.id not in journal.frozen and session.id not in journal.decided:
            yield line("freeze", True, day=session.date.day)
    if journal.last_pass and now - journal.last_pass > STALE:
        yield line("stale", True, at=journal.last_pass.astimezone(plan.zone))
    for phase in plan.phases:
        last = journal.surveyed.get(phase.id)
        if last is None or phase.number in journal.handed:
            continue
        if last.facts["blocks"]:
            yield line("blocks", False, n=int(last.facts["blocks"]), number=phase.number, phase=phase.name)
        if last.facts["questions"]:
            yield line("questions", False, n=int(last.facts["questions"]), number=phase.number, phase=phase.name)
    for item in upcoming(plan, today)[:1]:
        what = words.say(f"dossier.occasion.{item.occasion}", name=item.name)
        key = "today" if item.day == today else "next" if item.certain else "next_uncertain"
        yield line(key, item.day == today, n=(item.day - today).days, day=item.day, what=what)


def three_lines(plan: Plan, now: dt.datetime, entries: Iterable[Entry], *, passing: bool = False) -> tuple[str, ...]:
    """Today's work in at most three lines. `passing`: said by a pass itself, which is running and so not overdue."""
    found = tuple(item for item in todo(plan, now, entries) if not (passing and item.key == "stale"))
    head = found[:3]
    if len(found) > 3 and not any(item.key in {"next", "today", "next_uncertain"} for item in head):
        head = (*found[:2], found[-1])
    texts = [item.text for item in head]
    if not any(item.key not in {"next", "next_uncertain"} for item in found):
        texts.insert(0, Language(plan.language).say("overview.todo.nothing"))
    return tuple(texts[:3])
