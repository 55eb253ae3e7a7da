"""What was told already, so that each matter is told once: keys and moments in a file of the working folder.

A matter that has ended is forgotten: if it begins again, it is told again. What could not be sent is tried after growing gaps.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from staffelstab.files import Moment, read_values, write
from staffelstab.watch.matters import Matter

PLACE = ".open/told.json"
FIRST_GAP = dt.timedelta(minutes=1)
LONGEST_GAP = dt.timedelta(hours=6)


class Attempt(msgspec.Struct, frozen=True):
    """That a matter was told, or how often that failed and when it is tried next."""

    told: bool
    failed: int = 0
    again: Moment | None = None


class Memory(msgspec.Struct, frozen=True):
    """What became of each matter that still lasts, by its key; and the number of the last pass a heartbeat was sent for."""

    attempts: Mapping[str, Attempt] = msgspec.field(default_factory=dict)
    beat: int = 0

    def due(self, found: Iterable[Matter], now: dt.datetime) -> tuple[Matter, ...]:
        """The matters to be told now."""
        return tuple(item for item in found if _is_due(self.attempts.get(item.key), now))

    def after(self, found: Iterable[Matter], tried: Mapping[str, bool], now: dt.datetime) -> Memory:
        """What is to be remembered when the matters in `tried` were told, or could not be; those that have ended are forgotten."""
        lasting = {item.key: self.attempts.get(item.key) for item in found}
        after = {key: _after(before, tried[key], now) if key in tried else before for key, before in lasting.items()}
        return msgspec.structs.replace(self, attempts={key: one for key, one in after.items() if one is not None})


def _is_due(before: Attempt | None, now: dt.datetime) -> bool:
    return before is None or (not before.told and (before.again is None or before.again <= now))


def _after(before: Attempt | None, told: bool, now: dt.datetime) -> Attempt:
    if told:
        return Attempt(told=True)
    failed = (before.failed if before else 0) + 1
    return Attempt(told=False, failed=failed, again=now + min(FIRST_GAP * 2 ** min(failed - 1, 20), LONGEST_GAP))


def recall(root: Path) -> Memory:
    """What was kept; nothing if that cannot be read: then a matter is rather told twice than never."""
    return read_values(root, PLACE, Memory) or Memory()


def keep(root: Path, memory: Memory) -> None:
    """Write it down."""
    write(root / PLACE, json.dumps(msgspec.to_builtins(memory), sort_keys=True, indent=1).encode())
