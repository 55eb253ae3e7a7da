"""Working folders shortly before something happens, made with the bare steps: quick, and the same every time."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from staffelstab.files import write
from staffelstab.simulation.inputs import deliveries
from staffelstab.timetable.plan.load import load_plan
from staffelstab.workspace import Workspace, find
from tests.acceptance.cli import PARTY
from tests.conftest import at
from tests.year import played

FREEZE = at("2018-01-17 07:00")
AFTER_THE_SESSION = at("2018-01-19 22:00")


def before_the_freeze(root: Path) -> Workspace:
    """Played until 13 January; since then seven files have come in that no pass has seen yet."""
    played(PARTY, root, dt.date(2018, 1, 13))
    workspace = find(root)
    for item in deliveries(load_plan(PARTY), PARTY):
        if at("2018-01-13") <= item.at <= FREEZE:
            drop(workspace, item.path, item.content, item.at)
    return workspace


def drop(workspace: Workspace, path: str, content: bytes, modified: dt.datetime) -> None:
    """A file lies in the inbox, last changed at `modified`."""
    write(workspace.inbox / path, content)
    os.utime(workspace.inbox / path, (modified.timestamp(), modified.timestamp()))
