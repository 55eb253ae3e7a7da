"""The reason for a move: given with it, or written down in a file of the working folder, so that no form ever learns it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.service.phase_run import Run
from staffelstab.service.typed_files import typed_text
from staffelstab.timetable.plan.change import Change


def reason_file(run: Run, item: str, date: dt.date) -> Path:
    """Where the reason for a move is written down for the form of the Prefect UI."""
    name = run.plan.words.say("amend.file.reason", item=item, date=date.isoformat())
    return run.workspace.amendments / name


def reason_for(run: Run, move: Change, given: str | None) -> str:
    """The reason given, or the one in the file. Raises RecordError where there is none, or none that can be read."""
    path = reason_file(run, move.item, move.date or run.now.date())
    if given is None:
        given = typed_text(run.workspace, path)
    if not (given or "").strip():
        file = path.relative_to(run.workspace.root).as_posix()
        raise RecordError("amend.error.no_reason", item=move.item, file=file)
    return str(given).strip()
