"""Today's work from journal and plan alone, quick enough for `staffelstab status`: what cannot wait comes first (U17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from staffelstab.language import Fact, Language
from staffelstab.ledger.values import Entry
from staffelstab.plan.agenda import Appointment, upcoming
from staffelstab.plan.model import Phase, Plan
from staffelstab.plan.when import When

KINDS = ("frozen", "decided", "handed_over", "surveyed", "pass")
STALE = dt.timedelta(days=2)
CLOSE = dt.timedelta(weeks=4)


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
        self.waiting = 0
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
                    self.last_pass, self.waiting = entry.at, int(entry.facts.get("waiting", 0))


def _all(plan: Plan, now: dt.datetime, journal: _Journal) -> Iterator[Todo]:
    yield from _sessions(plan, now, journal)
    if journal.last_pass and now - journal.last_pass > STALE:
        yield _line(plan, "stale", True, at=journal.last_pass.astimezone(plan.zone))
    if journal.waiting:
        yield _line(plan, "waiting", False, n=journal.waiting)
    for phase in plan.phases:
        last = journal.surveyed.get(phase.id)
        if last is not None and phase.number not in journal.handed:
            yield from _left(plan, phase, last)
    yield from _unconfirmed(plan, now.date())
    yield from _appointments(plan, now.date())


def _unconfirmed(plan: Plan, today: dt.date) -> Iterator[Todo]:
    """Days of sessions, and of offices to be filled, that are close and still nobody's word (R45, R53)."""
    for session in plan.sessions:
        if _close(session.date, today) and session.date.day >= today:
            yield _line(plan, "confirm_session", False, day=session.date.day, session=session.id)
    for office in plan.offices:
        if office.filled and _close(office.filled, today):
            yield _line(plan, "confirm_office", False, office=office.name, item=f"{office.id}.filled")


def _close(when: When, today: dt.date) -> bool:
    """Whether an open question is due within four weeks, or was."""
    return _open_question(when) and (when.date is None or when.date - today <= CLOSE)


def _line(plan: Plan, key: str, urgent: bool, **facts: Fact) -> Todo:
    return Todo(key, Language(plan.language).say(f"overview.todo.{key}", **facts), urgent)


def _sessions(plan: Plan, now: dt.datetime, journal: _Journal) -> Iterator[Todo]:
    """Papers that should be frozen, and sessions whose result nobody has entered."""
    today = now.date()
    for session in plan.sessions:
        if session.id in journal.decided:
            continue
        if session.id in journal.frozen and session.date.day <= today:
            key = "decide_today" if session.date.day == today else "decide"
            yield _line(plan, key, True, day=session.date.day, session=session.id)
        elif session.id not in journal.frozen and session.papers_due.day <= today:
            key = "freeze_expected" if _open_question(session.date) else "freeze"
            yield _line(plan, key, True, day=session.date.day)


def _left(plan: Plan, phase: Phase, last: Entry) -> Iterator[Todo]:
    """What the last run of a phase found missing."""
    for key in ("blocks", "questions"):
        if count := int(last.facts[key]):
            yield _line(plan, key, False, n=count, number=phase.number, phase=phase.name)


def _appointments(plan: Plan, today: dt.date) -> Iterator[Todo]:
    """Everything that is today, otherwise the next thing to come."""
    coming = upcoming(plan, today)
    if at_hand := [item for item in coming if item.day == today]:
        what = Language(plan.language).listed(_what(plan, item) for item in at_hand)
        yield _line(plan, "today", True, what=what)
    elif coming:
        day = coming[0].day
        items = [item for item in coming if item.day == day]
        words = Language(plan.language)
        key = "next" if all(item.certain for item in items) else "next_uncertain"
        what = words.listed(words.say(f"dossier.occasion.{item.occasion}", name=item.name) for item in items)
        yield _line(plan, key, False, n=(day - today).days, day=day, what=what)


def _what(plan: Plan, item: Appointment) -> str:
    """What an appointment is; one whose day is still to be confirmed says so (U4)."""
    words = Language(plan.language)
    what = words.say(f"dossier.occasion.{item.occasion}", name=item.name)
    return words.say("overview.todo.unconfirmed", what=what) if _open_question(item.when) else what


def _open_question(when: When) -> bool:
    return bool(when.candidates) or when.status in {"unknown", "assumed"}


def three_lines(plan: Plan, now: dt.datetime, entries: Iterable[Entry], *, passing: bool = False) -> tuple[str, ...]:
    """Today's work in at most three lines. `passing`: said by a pass itself, which is running and so not overdue."""
    found = tuple(item for item in todo(plan, now, entries) if not (passing and item.key in {"stale", "waiting"}))
    head = found[:3]
    if len(found) > 3 and not any(item.key in {"next", "today", "next_uncertain"} for item in head):
        head = (*found[:2], found[-1])
    texts = [item.text for item in head]
    if not any(item.key not in {"next", "next_uncertain"} for item in found):
        texts.insert(0, Language(plan.language).say("overview.todo.nothing"))
    return tuple(texts[:3])
