"""One date of the plan: what is known of it and why, what became of it, and the forms that confirm or move it (R45, R46, U10)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from pages.dates import history, line_of
from pages.documents import stored
from pages.entering import Mistakes, for_pages
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.change_basis import basis_of, past_of
from staffelstab.submissions.case.gather import outline
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.confirming import confirmable
from staffelstab.timetable.amend.items import Item, deciding, items, owner
from staffelstab.timetable.amend.past import refuse_what_is_done
from staffelstab.timetable.amend.requests import Wish, requested, undecided, wall
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.deciders import deciders, who_decides
from staffelstab.timetable.plan.model import Session
from staffelstab.timetable.plan.rule_text import rule_text
from staffelstab.timetable.plan.slots import slots
from staffelstab.workspace import Workspace

ONE_DAY = dt.timedelta(days=1)
OTHER = "other"
"""The choice of a day that is none of the candidates."""
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Known:
    """An item of the plan, the plan with its changes, and those of the item with their reasons."""

    visit: Visit
    item: Item
    basis: Basis
    changes: tuple[RecordedChange, ...]


@dataclass(frozen=True, slots=True)
class Motion:
    """The draft of an amending resolution: its folder, and its files by name."""

    folder: str
    files: tuple[str, ...]


def known(visit: Visit) -> Known:
    """The item that the address names. Raises RecordError if there is none."""
    run = visit.run
    item = next((item for item in items(visit.plan) if item.name == visit.given["item"]), None)
    if item is None:
        raise RecordError("pages.error.nothing_here")
    with run.workspace.open(read_only=True) as ledger:
        changes = outline(ledger, run.plan, run.now).recorded_changes
    return Known(visit, item, basis_of(run.workspace, run.now), changes)


def show(visit: Visit) -> Response:
    """The page."""
    return shown(known(visit))


def motion(visit: Visit) -> Response:
    """A file of a draft. Raises RecordError if there is none."""
    workspace, given = visit.run.workspace, visit.given
    for found in motions(workspace, given["item"]):
        if found.folder == given["folder"] and given["file"] in found.files:
            return stored(workspace.amendments / found.folder, given["file"])
    raise RecordError("pages.error.nothing_here")


def shown(found: Known, typed: Mapping[str, str] | None = None, mistakes: Mapping[str, str] | None = None) -> Response:
    """The page with its forms as they were filled in, and what is wrong with them."""
    visit, item, plan = found.visit, found.item, found.visit.plan
    slot = slots(plan).get(item.name) if item.kind == "date" else None
    thing = owner(plan, slot) if slot else None
    when = item.when
    return visit.shown(
        "date",
        status=422 if mistakes else 200,
        item=item,
        titled=Phrasing(plan).day(when) if when and when.date else "",
        line=line_of(visit, item, found.changes),
        note=when.note if when else "",
        rule=rule_text(plan, when.rule, getattr(thing, "id", ""), plan.words) if when and when.rule else "",
        who=plan.words.listed(name_of(plan, actor) for actor in deciders(found.basis.adopted, item.name)),
        session=thing if isinstance(thing, Session) else None,
        past=[*zip(history(visit, item, found.changes), _reasons(found), strict=True)],
        motions=motions(visit.run.workspace, item.name),
        confirmable=_refused(found, _confirmed) is None,
        movable=(refused := _refused(found, _moved)) is None,
        unmovable=for_pages(refused, plan.language) if refused and item.kind == "date" else "",
        candidates=candidates(found),
        deciders=decider_groups(found),
        sessions=session_groups(visit),
        typed=typed if typed is not None else _prefilled(found),
        mistakes=mistakes or Mistakes(plan.language),
    )


def candidates(found: Known) -> list[tuple[str, str, str]]:
    """The days that come into question, if there are several, and another one."""
    words, days = found.visit.words, found.item.days
    if len(days) < 2:
        return []
    named = [(day.isoformat(), f"{words.weekday(day)}, {words.day(day)}", "") for day in days]
    return [*named, (OTHER, words.say("pages.date.other_day"), "")]


def decider_groups(found: Known) -> Groups:
    """Who can have decided."""
    plan = found.visit.plan
    return [("", [(actor, name_of(plan, actor)) for actor in who_decides(plan)])]


def session_groups(visit: Visit) -> Groups:
    """The sessions in which it can have been decided: those that have begun."""
    plan, words = visit.plan, visit.words
    begun = [item for item in plan.sessions if item.date.date and visit.now >= plan.starts(item.date.date)]
    return [("", [(item.id, f"{item.name}, {words.day(item.date.day)}") for item in begun])]


def motions(workspace: Workspace, item: str) -> tuple[Motion, ...]:
    """The drafts of resolutions that move the item, oldest first."""
    pattern = re.compile(rf"\d{{4}}-\d\d-\d\d-{re.escape(item)}(-\d+)?")
    folders = sorted(workspace.amendments.iterdir()) if workspace.amendments.is_dir() else []
    named = (folder for folder in folders if folder.is_dir() and pattern.fullmatch(folder.name))
    return tuple(Motion(folder.name, tuple(sorted(path.name for path in folder.iterdir()))) for folder in named)


def _reasons(found: Known) -> Iterator[str]:
    """Why each change was made, as far as somebody said so."""
    return (line(change.reason) for change in found.changes if change.item == found.item.name)


def _prefilled(found: Known) -> dict[str, str]:
    by, day = deciding(found.visit.plan, found.item), found.item.when.date if found.item.when else None
    return {"by": by, "new_by": found.visit.plan.resolution.body, "day": day.isoformat() if day else ""}


def _refused(found: Known, asked: Callable[[Known], None]) -> StaffelstabError | None:
    """Why something cannot be done with the item at all, whichever day is chosen; None if it can."""
    try:
        asked(found)
    except StaffelstabError as error:
        return error
    return None


def _confirmed(found: Known) -> None:
    item = found.item
    day = next(iter(item.days), found.visit.now.date()) if item.kind == "date" else None
    confirmable(found.basis, item, day)


def _moved(found: Known) -> None:
    """Raise RecordError for what cannot be moved to any day."""
    run, item = found.visit.run, found.item
    day = item.when.date if item.when else None
    moves = requested(found.basis, Wish(item.name, (day or run.now.date()) + ONE_DAY))
    if refusal := wall(found.basis, moves) or undecided(found.basis, moves):
        raise refusal
    refuse_what_is_done(found.basis.plan, moves, past_of(run.workspace, found.basis.plan, run.now))
