"""A working folder of the party's plan with little in it, for tests of single steps."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

from staffelstab.ledger.values import Entry
from staffelstab.service.phase_run import Run, open_run
from staffelstab.workspace import create, find
from tests.conftest import at
from tests.year import PARTY

BIRTH = at("2017-12-15")


def folder(root: Path, place: Path = PARTY) -> Path:
    """A new working folder, born on the day of the vote."""
    return create(place, root, now=BIRTH, seed="test").root


def run_at(root: Path, moment: str, phase: int | None = None) -> Run:
    """A run at a moment (Berlin time)."""
    run = open_run(root, at(moment))
    return Run(run.workspace, run.plan, run.now, None if phase is None else run.plan.phase(phase))


def put(root: Path, path: str, text: str, arrived: dt.datetime) -> Path:
    """A file in the inbox, with its time."""
    target = root / "inbox" / path
    target.write_text(text, encoding="utf-8")
    os.utime(target, (arrived.timestamp(), arrived.timestamp()))
    return target


def changes(root: Path) -> list[Entry]:
    """What was confirmed and amended; the chain is whole."""
    with find(root).open(read_only=True) as ledger:
        assert ledger.verify() == []
        return ledger.entries("confirmed", "amended")


def drafts(root: Path) -> dict[str, str]:
    """Drafts of resolutions and calendars, each by its digest."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name in ("amendments", "calendar")
        for path in sorted((root / name).rglob("*"))
        if path.is_file() and path.suffix not in {".svg", ".png"}  # a picture marks the day it was drawn
    }
