"""What the working folder says about its plan: the dates that hold, and what has happened already."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from staffelstab.ledger.quick_read import quick_read
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.past import KINDS, Past
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace


def basis_of(workspace: Workspace, now: dt.datetime) -> Basis:
    """The working folder's plan with its changes until `now`."""
    folder = "" if workspace.root == Path() else str(workspace.root)
    return Basis(workspace.root, workspace.changes(now), folder)


def past_of(workspace: Workspace, plan: Plan, now: dt.datetime) -> Past:
    """What had happened by `now`."""
    return Past(now.astimezone(plan.zone), tuple(quick_read(workspace.ledger, *KINDS, until=now)))
