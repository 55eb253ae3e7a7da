"""What no longer holds is set aside, never deleted: batons, frozen papers and letters made by a ledger or clock that was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from staffelstab.files import alone_in, make_private
from staffelstab.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Aside:
    """Where in the working folder what was set aside lies now, and how many files and folders that are."""

    folder: str
    n: int


def set_aside(workspace: Workspace, paths: Iterable[Path], now: dt.datetime) -> Aside:
    """Move files and folders of the working folder to `set-aside/<moment>/`, each under its own path.

    What is gone already is passed over, so that an interrupted move can be repeated.
    """
    place = workspace.set_aside / now.strftime("%Y-%m-%dT%H%M%S")
    moved = 0
    for path in paths:
        if not path.exists():
            continue
        target = _free(place / path.relative_to(workspace.root))
        make_private(target.parent)
        with alone_in(target.parent):
            path.rename(target)
        moved += 1
    return Aside(place.relative_to(workspace.root).as_posix(), moved)


def _free(target: Path) -> Path:
    """A name under which nothing lies yet."""
    number, found = 1, target
    while found.exists():
        number += 1
        found = target.with_name(f"{target.name}-{number}")
    return found
