"""The working folder: rights, plan, ledger, backup, clock question, ways in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from commands.checkup.row import Examined, Row
from staffelstab.errors import StaffelstabError
from staffelstab.language import Fact
from staffelstab.legible import legible_name

LOOKED_AT = 20_000
"""So many files and folders are looked at for their rights."""


def rights(at: Examined) -> Iterator[Row]:
    """Whether the folder is ours to write in, and nobody else's to read."""
    if at.workspace is None:
        return
    root = at.workspace.root
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        yield at.bad("rights", folder=str(root))
        return
    open_to_others = sum(map(_is_open, islice(_within(root), LOOKED_AT)))
    if open_to_others:
        yield at.note("rights", n=open_to_others, folder=str(root))
    else:
        yield at.good("rights")


def _within(root: Path) -> Iterator[Path]:
    yield root
    for folder, folders, files in os.walk(root):
        yield from (Path(folder) / name for name in (*folders, *files))


def _is_open(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:  # gone meanwhile
        return False
    return not stat.S_ISLNK(mode) and bool(mode & 0o077)


def plan(at: Examined) -> Iterator[Row]:
    """What `check` finds in the plan, counted."""
    if at.plan is None or at.workspace is None:
        return
    from staffelstab.timetable.lint.rules import lint
    from staffelstab.timetable.reading.source import source_beside

    try:
        source = source_beside(at.workspace.plan_file, at.plan.source)
    except (UnicodeDecodeError, PermissionError):
        source = None
    found = [item.severity for item in lint(at.plan, source)]
    must, others = found.count("must"), len(found) - found.count("must")
    facts: dict[str, Fact] = {"title": at.plan.title, "must": must, "others": others, "folder": str(at.workspace.root)}
    yield at.note("plan", **facts) if must else at.good("plan", **facts)


def ledger(at: Examined) -> Iterator[Row]:
    """Whether the ledger opens and still ends as it was noted outside of it; every byte is read by `verify`."""
    if at.workspace is None:
        return
    with at.workspace.open(read_only=True) as opened:
        opened.check(at.workspace.heads.read())
        last = opened.latest_time().astimezone(at.plan.zone if at.plan else None)
        yield at.good("ledger", n=opened.newest().seq, last=last)


def backup(at: Examined) -> Iterator[Row]:
    """When the last backup was made; the sentence says what to do."""
    if at.workspace is None or at.plan is None:
        return
    from staffelstab.backup.last import OLD, last_backup, told

    last = last_backup(at.workspace.root)
    recent = last is not None and last.days(at.now) < OLD
    yield Row("backup", "good" if recent else "note", told(at.words, at.plan.zone, at.workspace.root, at.now))


def clock(at: Examined) -> Iterator[Row]:
    """Whether a pass would first ask if the clock is right."""
    if at.workspace is None or at.plan is None:
        return
    from staffelstab.service.clock import refuse_doubtful_clock
    from staffelstab.service.phase_run import Run

    try:
        refuse_doubtful_clock(Run(at.workspace, at.plan, at.now.astimezone(at.plan.zone)))
    except StaffelstabError as error:
        yield Row(
            "clock",
            "note",
            error.text(at.words.code),
            at.words.say("doctor.clock.todo", folder=legible_name(str(at.workspace.root))),
        )
    else:
        yield at.good("clock")


def sources(at: Examined) -> Iterator[Row]:
    """Whether every way in can be looked at."""
    if at.workspace is None or at.plan is None:
        return
    from staffelstab.submissions.sources.readers import sight

    ways = at.workspace.sources(at.plan)
    with sight(ways, lambda _: at.now, at.now) as seen:
        for way in seen.unreached:
            yield Row("sources", "bad", way.error.text(at.words.code), at.words.say("doctor.sources.todo"))
        if not seen.unreached:
            yield at.good("sources", n=len(ways))
