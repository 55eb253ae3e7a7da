"""The timetable of the working folder, as it stands now: written by every pass, and whenever a date was confirmed or moved."""

from __future__ import annotations

import datetime as dt

from staffelstab.documents.rendering.typeset import SCREEN, png
from staffelstab.files import write
from staffelstab.publishing.calendar import calendar_files, timetable_drawing
from staffelstab.publishing.calendar.editions import editions
from staffelstab.workspace import Workspace


def write_calendars(workspace: Workspace, now: dt.datetime) -> None:
    """Write `timetable.ics`, `.svg` and `.png`, and `resubmission.ics` if the plan has one.

    Raises PlanError, LedgerError, RenderError.
    """
    known = editions(workspace.root, workspace.changes(now))
    plan = known[-1].plan
    write(workspace.calendar / calendar_files.TIMETABLE, calendar_files.timetable(plan, editions=known))
    if plan.resubmission:
        write(workspace.calendar / calendar_files.RESUBMISSION, calendar_files.resubmission(plan, editions=known))
    drawn = timetable_drawing.timetable(plan, now.astimezone(plan.zone).date())
    write(workspace.calendar / f"{timetable_drawing.TIMETABLE}.svg", drawn.svg.encode())
    write(workspace.calendar / f"{timetable_drawing.TIMETABLE}.png", png(drawn.svg, SCREEN))
