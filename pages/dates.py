"""Dates: the plan's calendar as a list, what is open first, each day with how sure it is and the sentence behind it (U1, U4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from pages.days import derived, told_day
from pages.documents import stored
from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.publishing.calendar.calendar_files import MILESTONES, RESUBMISSION, TIMETABLE
from staffelstab.timetable.agenda.reminders import planned_days, reminder_day
from staffelstab.timetable.agenda.report_days import report_days
from staffelstab.timetable.amend.items import Item, item_label, items, owner
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import slots

CALENDARS = {TIMETABLE: "timetable", RESUBMISSION: "resubmission", MILESTONES: "milestones"}
"""The calendars that are offered, each with its word below `pages.dates.calendar`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A day of the plan, or a reading of it: what is `known` of it, and the same beside the day in a word (`mark`).

    `address` is "" for what only follows from others and cannot be settled itself.
    """

    what: str
    day: dt.date | None
    known: str
    mark: str = ""
    open: bool = False
    quote: str = ""
    history: tuple[str, ...] = ()
    address: str = ""


def show(visit: Visit) -> Response:
    """The page."""
    run, today = visit.run, visit.now.date()
    changes = run.workspace.changes(run.now)
    lines = [line_of(visit, item, changes) for item in items(visit.plan)]
    dated = sorted(
        [*(line for line in lines if line.day), *_following(visit.plan)], key=lambda line: line.day or dt.date.max
    )
    return visit.shown(
        "dates",
        open=[line for line in lines if line.open],
        coming=[line for line in dated if line.day and line.day >= today],
        undated=[line for line in lines if line.day is None and line.known and not line.open],
        past=[line for line in dated if line.day and line.day < today],
        calendars=[(name, key) for name, key in CALENDARS.items() if (run.workspace.calendar / name).is_file()],
    )


def calendar(visit: Visit) -> Response:
    """A calendar file. Raises RecordError if there is none of that name."""
    name = visit.given["file"]
    if name not in CALENDARS:
        raise RecordError("pages.error.nothing_here")
    return stored(visit.run.workspace.calendar, name, name=f"staffelstab-{name}")


def line_of(visit: Visit, item: Item, changes: Sequence[RecordedChange]) -> Line:
    """What is known of a date or a reading."""
    plan, words = visit.plan, visit.words
    if item.when:
        known = told_day(plan, item.when, _thing(plan, item))
    else:
        known = words.say(f"amend.open.{item.kind}") if item.open else words.say("pages.dates.settled")
    return Line(
        what=item_label(plan, item),
        day=item.when.date if item.when else None,
        known=known if item.when or item.open else "",
        mark=_mark(plan, item),
        open=item.open,
        quote=quote_of(plan, item),
        history=tuple(history(visit, item, changes)),
        address=visit.link(f"dates/{item.name}"),
    )


def _thing(plan: Plan, item: Item) -> str:
    """The id of what a date belongs to."""
    return str(getattr(owner(plan, slots(plan)[item.name]), "id", "")) if item.kind == "date" else ""


def _mark(plan: Plan, item: Item) -> str:
    """How sure a day is, and from what it follows where no resolution names it; "" for one that simply stands."""
    words, when = plan.words, item.when
    if when is None:
        return ""
    if when.unsettled:
        return words.say("pages.dates.mark.unsettled")
    if when.former and when.former != when.date:
        return words.say("pages.dates.mark.moved", former=when.former)
    return derived(plan, when, _thing(plan, item)) if when.status == "derived" else ""


def quote_of(plan: Plan, item: Item) -> str:
    """The sentence of the resolution that stands behind it; "" if none does."""
    if item.kind == "date":
        return " ".join(str(getattr(owner(plan, slots(plan)[item.name]), "quote", "")).split())
    calls = {f"{call.id}.audience": call.quote for call in plan.calls}
    readings = {duty.id: duty.quote for duty in plan.responsibilities}
    return " ".join((calls | readings).get(item.name, "").split())


def history(visit: Visit, item: Item, changes: Sequence[RecordedChange]) -> Iterator[str]:
    """What was confirmed and moved, by whom and when, oldest first."""
    for change in changes:
        if change.item != item.name:
            continue
        key = "amended" if change.kind == "amended" else "confirmed" if change.date else "agreed"
        by = name_of(visit.plan, change.by)
        former = change.former if change.former != change.date else None
        told = visit.words.say(
            f"pages.dates.history.{key}{'_from' if former else ''}",
            at=change.at.astimezone(visit.plan.zone).date(),
            by=visit.words.say("pages.dates.authorised", by=by) if change.authorised else by,
            day=change.date,
            former=former,
        )
        yield told


def _following(plan: Plan) -> Iterator[Line]:
    """Days that follow from others: reminders and reports."""
    words = plan.words
    for call in plan.calls:
        for planned in planned_days(plan, call):
            day = reminder_day(plan, call, planned)
            yield Line(words.say("amend.label.reminder", name=call.name), day, words.day(day))
    readers = (plan.reports.to if plan.reports else ()) or (plan.resolution.body,)
    body = words.listed(name_of(plan, actor) for actor in readers)
    last = max([phase.end.date or phase.start.day for phase in plan.phases])
    for day in report_days(plan, last):
        yield Line(words.say("amend.label.report", body=body), day, words.day(day))
