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
    return phase_run.open_run(Path(workspace), _moment(workspace, now))


def begin(workspace: str, phase: int, now: dt.datetime | None) -> Run:
    """A run of one phase. Raises as `open_run`, and BatonError if what was handed over is not what lies there now."""
    return phase_run.begin(Path(workspace), phase, _moment(workspace, now))


def _moment(workspace: str, now: dt.datetime | None) -> dt.datetime:
    """As given; otherwise the run's scheduled start, but not before what the journal holds: a late run undoes no later one."""
    folder = find(Path(workspace))
    at = moment(now, folder.adopted().zone)
    if now is not None:
        return at
    with folder.open(read_only=True) as ledger:
        return max(at, ledger.latest_time())
