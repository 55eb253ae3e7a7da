"""The timetable of the working folder, as it stands now: written by every pass, and whenever a date was confirmed or moved."""

from __future__ import annotations

import datetime as dt

from staffelstab.calendar import ics, picture
from staffelstab.calendar.editions import editions
from staffelstab.documents.typeset import SCREEN, png
from staffelstab.files import write
from staffelstab.workspace import Workspace


def write_calendars(workspace: Workspace, now: dt.datetime) -> None:
    """Write `timetable.ics`, `.svg` and `.png`, and `resubmission.ics` if the plan has one.

    Raises PlanError, LedgerError, RenderError.
    """
    known = editions(workspace.root, workspace.changes(now))
    plan = known[-1].plan
    write(workspace.calendar / ics.TIMETABLE, ics.timetable(plan, editions=known))
    if plan.resubmission:
        write(workspace.calendar / ics.RESUBMISSION, ics.resubmission(plan, editions=known))
    drawn = picture.timetable(plan, now.astimezone(plan.zone).date())
    write(workspace.calendar / f"{picture.TIMETABLE}.svg", drawn.svg.encode())
    write(workspace.calendar / f"{picture.TIMETABLE}.png", png(drawn.svg, SCREEN))
