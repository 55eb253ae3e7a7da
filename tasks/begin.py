"""How a run begins: where, on which plan, at which moment; for a phase with its predecessor's baton verified."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from staffelstab.ledger.values import CLOCK_TOLERANCE
from staffelstab.service import phase_run
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.outside_ledger import refuse_foreign_ledger
from staffelstab.service.phase_run import Run
from staffelstab.workspace import PASS_LASTS, find
from tasks.moment import moment, started


def open_run(workspace: str, now: dt.datetime | None) -> Run:
    """A run without a phase. Raises StaffelstabError if `workspace` is no working folder or its plan cannot be used."""
    return phase_run.open_run(Path(workspace), _moment(workspace, now))


def open_pass(workspace: str, now: dt.datetime | None) -> Run:
    """A daily pass: it judges by the moment it begins, whatever others enter while it runs.

    Raises as `open_run`, and LedgerError or BatonError, before anything is written, if the ledger is not the one that was kept here
    or the clock is to be confirmed first.
    """
    run = open_run(workspace, now)
    refuse_foreign_ledger(run)
    refuse_doubtful_clock(run)
    return replace(run, workspace=run.workspace.in_a_pass)


def begin(workspace: str, phase: int, now: dt.datetime | None) -> Run:
    """A run of one phase.

    Raises as `open_run`, BatonError if what was handed over is not what lies there now, and LedgerError if the clock is to be
    confirmed first.
    """
    run = phase_run.begin(Path(workspace), phase, _moment(workspace, now))
    refuse_doubtful_clock(run, within=PASS_LASTS)
    return replace(run, workspace=run.workspace.in_a_pass)


def _moment(workspace: str, now: dt.datetime | None) -> dt.datetime:
    """As given; otherwise the run's scheduled start, but not before what the journal holds: a late run undoes no later one."""
    folder = find(Path(workspace))
    at = moment(now, folder.adopted().zone)
    if now is not None:
        return at
    with folder.open(read_only=True) as ledger:
        last = ledger.latest_time()
    return not_before(last, at, started())


def not_before(last: dt.datetime, scheduled: dt.datetime, present: dt.datetime) -> dt.datetime:
    """The moment of a run that was `scheduled`, when the journal's last entry is of `last`.

    A journal that is ahead of the present is no measure: a clock was wrong, and whoever checks the moment will say so.
    """
    return scheduled if last > present + CLOCK_TOLERANCE else max(scheduled, last)
