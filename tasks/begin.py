"""How a run begins: where, on which plan, at which moment; for a phase with its predecessor's baton verified.

Where, nobody can choose who starts a run: the working folder is no parameter. It is the one for which a server was started, which
tells the processes of its runs (`FOLDER`), or the one of the block that calls a flow (`working_in`).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.isolation import told
from staffelstab.ledger.values import CLOCK_TOLERANCE
from staffelstab.service import phase_run
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.outside_ledger import refuse_foreign_ledger
from staffelstab.service.phase_run import Run
from staffelstab.workspace import PASS_LASTS, find
from tasks.environment import FOLDER, FROZEN, SHARED
from tasks.moment import moment, started
from tasks.orphaned import RUNNER

_FOLDER: ContextVar[Path | None] = ContextVar("folder", default=None)


@contextmanager
def working_in(folder: Path) -> Generator[None]:
    """Within the block flows work in this working folder."""
    token = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(token)


@contextmanager
def runs_in(folder: Path, *, frozen: dt.datetime | None = None, shared: bool = False) -> Generator[None]:
    """Within the block flows work in this working folder, and so do those in processes that this one starts.

    `frozen`: the moment at which the plan is shown; a run that is told no other is about this one, not about the present.
    `shared`: the server is not ours alone; see `is_shared`.
    """
    variables = {
        FOLDER: str(folder),
        FROZEN: frozen.isoformat() if frozen else "",
        SHARED: "1" if shared else "",
        RUNNER: str(os.getpid()),
    }
    with told(variables), working_in(folder):
        yield


def frozen_at() -> dt.datetime | None:
    """The moment at which the plan is shown frozen; None live, where runs are about the present."""
    told = os.environ.get(FROZEN)
    return dt.datetime.fromisoformat(told) if told else None


def is_shared() -> bool:
    """Whether others use the server too: what is ours there then says so by name and tag, and nothing else is touched."""
    return bool(os.environ.get(SHARED))


def folder_of_runs() -> Path:
    """The working folder of the runs of this process. Raises StaffelstabError if nobody has said which."""
    if folder := _FOLDER.get():
        return folder
    if told := os.environ.get(FOLDER):
        return Path(told)
    raise StaffelstabError("steps.no_folder")


def open_form(now: dt.datetime | None) -> Run:
    """What somebody enters by a form.

    Raises StaffelstabError if there is no working folder or its plan cannot be used, LedgerError, before anything is written, if
    the clock is to be confirmed first.
    """
    run = phase_run.open_run(folder_of_runs(), _moment(now))
    refuse_doubtful_clock(run)
    return run


def open_pass(now: dt.datetime | None) -> Run:
    """A daily pass: it judges by the moment it begins, whatever others enter while it runs.

    Raises as `open_form`, and BatonError or LedgerError, before anything is written, if the ledger is not the one kept here.
    """
    run = phase_run.open_run(folder_of_runs(), _moment(now))
    refuse_foreign_ledger(run)
    refuse_doubtful_clock(run)
    return replace(run, workspace=run.workspace.in_a_pass)


def begin(phase: int, now: dt.datetime | None) -> Run:
    """A run of one phase.

    Raises as `open_form`, BatonError if what was handed over is not what lies there now, and LedgerError if the clock is to be
    confirmed first.
    """
    run = phase_run.begin(folder_of_runs(), phase, _moment(now))
    refuse_doubtful_clock(run, within=PASS_LASTS)
    return replace(run, workspace=run.workspace.in_a_pass)


def _moment(now: dt.datetime | None) -> dt.datetime:
    """As given; otherwise the run's scheduled start, or the present if the run comes too late for it (`not_before`).

    Of a plan that is shown frozen it is the moment shown, or that of the last entry since.
    """
    folder = find(folder_of_runs())
    frozen = frozen_at()
    at = moment(now or frozen, folder.adopted().zone)
    if now is not None:
        return at
    with folder.open(read_only=True) as ledger:
        last = ledger.latest_time()
    return max(last, at) if frozen else not_before(last, at, started())


LATE = dt.timedelta(minutes=10)
"""A run that begins no later than this, after the one before it has ended, is still about the moment it was scheduled for."""


def not_before(last: dt.datetime, scheduled: dt.datetime, present: dt.datetime) -> dt.datetime:
    """The moment of a live run that was `scheduled` and begins at `present`, when the journal's last entry is of `last`.

    A run sees what lies there when it really begins. Were it to judge by a moment long past, because the machine slept, what was
    put down since could count as having come in before a deadline in between. So one that is `LATE` is about the present. None is
    about a moment before the journal's last: a late run undoes no later one. A journal that is ahead of the present is no measure:
    a clock was wrong, and whoever checks the moment will say so.
    """
    moment = present if present - scheduled > LATE else scheduled
    return moment if last > present + CLOCK_TOLERANCE else max(moment, last)
