"""The alt text of the timetable's drawing: what it shows, in sentences, for those who hear it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.language import Language
from staffelstab.timetable.plan.model import Phase, Plan
from staffelstab.timetable.plan.overlaps import sentences
from staffelstab.timetable.plan.when import When


def alt_text(plan: Plan, today: dt.date | None, words: Language) -> str:
    """Everything the drawing shows, one sentence per item."""
    return " ".join(_sentences(plan, today, words))


def _sentences(plan: Plan, today: dt.date | None, words: Language) -> Iterator[str]:
    yield words.say("calendar.told.title", title=plan.title)
    if today:
        yield words.say("calendar.told.today", day=today)
    for phase in plan.phases:
        yield _phase(phase, today, words)
    for call in plan.calls:
        yield words.say("calendar.told.deadline", name=call.name, day=_when(call.deadline, words))
    for session in plan.sessions:
        item = words.say(f"calendar.item.{session.item}")
        yield words.say("calendar.told.session", name=session.name, item=item, day=_when(session.date, words))
        if session.papers_due.date:
            yield words.say("calendar.told.freeze", day=session.papers_due.date)
    for event in plan.events:
        key = "wall" if event.wall else "event"
        yield words.say(f"calendar.told.{key}", name=event.name, day=_when(event.date, words))
    if words.code == plan.language and all(phase.start.date for phase in plan.phases):
        yield from sentences(plan)
    for off in plan.breaks:
        yield words.say("calendar.told.break", name=off.name, first=off.since, last=off.until)


def _phase(phase: Phase, today: dt.date | None, words: Language) -> str:
    start = _when(phase.start, words)
    key = "phase_open" if phase.end.date is None and not phase.end.candidates else "phase"
    state = ""
    if today and phase.start.date:
        over = phase.end.date is not None and phase.end.date < today
        state = "over" if over else "running" if phase.start.date <= today else "coming"
    said = words.say(
        f"calendar.told.{key}", number=phase.number, name=phase.name, start=start, end=_when(phase.end, words)
    )
    return f"{said} {words.say(f'calendar.told.{state}')}" if state else said


def _when(when: When, words: Language) -> str:
    """A day with its doubt: as it holds, what else it may be, and where it was before."""
    days = sorted({*((when.date,) if when.date else ()), *when.candidates})
    if when.certain and when.former and when.former != when.date:
        return words.say("calendar.told.moved", day=when.date, former=when.former)
    if when.date and not when.candidates:
        key = when.status if when.status in {"derived", "assumed"} else "day"
        return words.say(f"calendar.told.{key}", day=when.date)
    if not days:
        return words.say("calendar.told.unknown")
    said = words.say("calendar.told.or").join(map(words.day, days))
    return words.say("calendar.told.perhaps", days=said)
