"""How a run begins: where, on which plan, at which moment; for a phase with its predecessor's baton verified."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from staffelstab.service import phase_run
from staffelstab.service.phase_run import Run
from staffelstab.workspace import find
from tasks.moment import moment


def open_run(workspace: str, now: dt.datetime | None) -> Run:
    """A run without a phase. Raises StaffelstabError if `workspace` is no working folder or its plan cannot be used."""
    root = Path(workspace)
    return phase_run.open_run(root, moment(now, find(root).adopted().zone))


def begin(workspace: str, phase: int, now: dt.datetime | None) -> Run:
    """A run of one phase. Raises as `open_run`, and BatonError if what was handed over is not what lies there now."""
    root = Path(workspace)
    return phase_run.begin(root, phase, moment(now, find(root).adopted().zone))
