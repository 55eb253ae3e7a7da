"""The timetable of the working folder, as it stands now: written by every pass, and whenever a date was confirmed or moved."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from staffelstab.documents.rendering.manuscript import Figure
from staffelstab.documents.rendering.render import sound
from staffelstab.documents.rendering.typeset import SCREEN, png
from staffelstab.errors import RenderError
from staffelstab.files import write
from staffelstab.publishing.calendar import calendar_files, timetable_drawing
from staffelstab.publishing.calendar.editions import Edition, editions
from staffelstab.workspace import Workspace


def write_calendars(workspace: Workspace, now: dt.datetime) -> None:
    """Write `timetable.ics`, `.svg` and `.png`, and `resubmission.ics` if the plan has one.

    Raises PlanError, LedgerError, RenderError.
    """
    known = tuple(editions(workspace.root, workspace.changes(now)))
    plan = known[-1].plan
    for name, data in _files(known):
        write(workspace.calendar / name, data)
    drawn = timetable_drawing.timetable(plan, now.astimezone(plan.zone).date())
    write(workspace.calendar / f"{timetable_drawing.TIMETABLE}.svg", drawn.svg.encode())
    write(workspace.calendar / f"{timetable_drawing.TIMETABLE}.png", _picture(drawn, plan.language))


def _picture(drawn: Figure, language: str) -> bytes:
    """The timetable as PNG, or a sentence if it cannot be drawn. Raises RenderError if nothing can be."""
    try:
        return png(drawn.svg, SCREEN)
    except RenderError:
        return png(sound(language, drawn).svg, SCREEN)


@lru_cache(maxsize=4)
def _files(known: tuple[Edition, ...]) -> tuple[tuple[str, bytes], ...]:
    """The files for calendars; they change with the plan alone, and every pass asks for them."""
    plan = known[-1].plan
    files = [(calendar_files.TIMETABLE, calendar_files.timetable(plan, editions=known))]
    if plan.resubmission:
        files.append((calendar_files.RESUBMISSION, calendar_files.resubmission(plan, editions=known)))
    return tuple(files)
