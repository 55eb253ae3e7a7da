"""The same year without server and disturbance: every scheduled moment on a virtual clock, by the flows' own procedures."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from pathlib import Path

from commands.main import main
from flows.daily_pass import PHASES, daily_pass
from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.timetable.agenda.planned_runs import DAILY, PlannedRun
from staffelstab.workspace import find
from tasks.begin import working_in
from tests.live_year.script import BEGINS, Script, deliver, next_runs
from tests.year import markdown_drafts


def rehearse(root: Path, script: Script, until: dt.datetime, begin: dt.datetime = BEGINS) -> int:
    """Play the folder at `root` from a moment to which it has been played to another. Returns how many runs there were."""
    inputs = [item for item in script.deliveries if item.at >= begin]
    commands = [command for command in script.commands if command.at >= begin]
    runs, cursor = 0, begin
    with working_in(root), kept_readers(), markdown_drafts():
        daily_pass.fn(begin)  # with which a person begins
        while True:
            coming = next_runs(find(root).plan(cursor), cursor)
            moment = min(coming[0].at, until)
            if commands and commands[0].at < moment:
                command = commands.pop(0)
                enter(root, command.of(root), command.at)
                cursor = command.at
                continue
            while inputs and inputs[0].at < moment:
                deliver(root, inputs.pop(0))
            if moment == until:
                return runs
            for run in coming:
                _run(root, run)
                runs += 1
            cursor = moment


def _run(root: Path, run: PlannedRun) -> None:
    if run.slug.startswith(DAILY) or run.phase is None:
        daily_pass.fn(run.at)
        return
    kind = find(root).plan(run.at).phase(run.phase).kind
    if PHASES[kind].fn(run.phase, run.at).handed_over:
        daily_pass.fn(run.at)  # which the hand-over asks for


def enter(root: Path, words: list[str], now: dt.datetime) -> None:
    """A command in this process, at a moment."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([*words, "--now", now.isoformat()])
    assert code == 0, said.getvalue()
