"""Who is affected by a changed day: those who work by it, and those who were informed of the old one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from staffelstab.ledger.entries import recipients_of
from staffelstab.ledger.values import Entry
from staffelstab.timetable.agenda.distribution_list import distribution_list
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.amend.items import owner
from staffelstab.timetable.amend.past import subject_of
from staffelstab.timetable.plan.actors import Actor, acting, actors, office_at
from staffelstab.timetable.plan.model import Call, Event, Office, Phase, Plan, Session
from staffelstab.timetable.plan.slots import slots

MOVING = frozenset({"moved", "follows"})


def affected(plan: Plan, rows: Iterable[Consequence], letters: Sequence[Entry] = ()) -> tuple[str, ...]:
    """The ids of the offices, bodies, groups and units that should hear of the change, each once; `letters` as journalled."""
    names = [row.item for row in rows if row.kind in MOVING and row.before is not None]
    known = slots(plan)
    found = (actor for name in names if name in known for actor in _of(plan, owner(plan, known[name]), letters))
    everyone = actors(plan)
    return tuple(dict.fromkeys(actor for actor in found if actor in everyone))


def receivers(plan: Plan, told: Iterable[str], day: dt.date) -> tuple[Actor, ...]:
    """Who gets the letter about a change written on `day`: those concerned, then whoever is on the distribution list besides.

    The office that writes knows it already; for a vacant office its deputy is told. Nobody concerned: nobody is told.
    """
    everyone, writer = actors(plan), office_at(plan, day)
    named = dict.fromkeys(acting(plan, actor, day) for actor in told if actor in everyone)
    if not named:
        return ()
    listed = zip(plan.recipients, distribution_list(plan), strict=True)
    besides = [actor for item, actor in listed if not {item.body, item.group, item.office} & {*named, writer}]
    return (*(everyone[actor] for actor in named if actor != writer), *besides)


def _of(plan: Plan, thing: object, letters: Sequence[Entry]) -> Iterator[str]:
    match thing:
        case Session():
            yield thing.body
            yield from _written(letters, thing.id, "papers")
        case Call():
            yield from thing.audience.actors
            yield thing.address
            yield from _written(letters, thing.id, "call", "reminder")
        case Phase():
            yield from (
                actor for item in plan.hearings if item.phase == thing.number for actor in (item.by, item.group)
            )
        case Office():
            yield from (thing.id, thing.successor, thing.deputy, thing.appointed_by)
        case Event():
            yield from _at_event(plan, thing)


def _at_event(plan: Plan, event: Event) -> Iterator[str]:
    if plan.resubmission and plan.resubmission.event == event.id:
        yield from plan.resubmission.owners
    yield plan.resolution.body


def _written(letters: Sequence[Entry], thing: str, *occasions: str) -> Iterator[str]:
    for entry in letters:
        if subject_of(entry) in {(occasion, thing) for occasion in occasions}:
            yield from recipients_of(entry)
