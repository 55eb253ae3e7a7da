"""What lies in the inbox and was not taken, by name: kept in the working folder for the coordinator, never in the journal.

`.open/inbox.json` is written by every look at the inbox. It says since when each thing lies there for the same reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from staffelstab.documents.rendering.characters import json_text
from staffelstab.files import Moment, read_values, within_reach, write

FILE = ".open/inbox.json"
MOST = 1000
"""So many things are named; the others are counted."""


class LyingThere(msgspec.Struct, frozen=True):
    """One thing that was not taken: its name as people may be shown it, why, and since when."""

    name: str
    reason: str
    since: Moment
    waits: bool = False

    def __post_init__(self) -> None:
        within_reach(self.since)


class LeftLying(msgspec.Struct, frozen=True):
    """Everything that was not taken. `system` counts what the operating system left there, `more` what is not named."""

    things: tuple[LyingThere, ...] = ()
    system: int = 0
    more: int = 0


NOTHING = LeftLying()


def read_left_lying(root: Path) -> LeftLying:
    """What the last look at the inbox left there; nothing if that is not known."""
    return read_values(root, FILE, LeftLying) or NOTHING


def keep_left_lying(root: Path, found: Iterable[tuple[str, str, bool]], system: int, now: dt.datetime) -> LeftLying:
    """Write down what was found now: name, reason and whether it waits. Returns it, with what was known of it before."""
    known = {(item.name, item.reason): item.since for item in read_left_lying(root).things}
    things = [LyingThere(name, reason, known.get((name, reason), now), waits) for name, reason, waits in found]
    made = LeftLying(tuple(things[:MOST]), system, len(things[MOST:]))
    if things or system or known:
        write(root / FILE, f"{json_text(_plain(made), 2)}\n".encode())
    return made


def _plain(found: LeftLying) -> dict[str, object]:
    return {"things": list(_told(found.things)), "system": found.system, "more": found.more}


def _told(things: Iterable[LyingThere]) -> Iterator[dict[str, object]]:
    for item in things:
        yield {"name": item.name, "reason": item.reason, "since": item.since.isoformat(), "waits": item.waits}
