"""What was told already, so that each matter is told once: keys and moments in a file of the working folder.

A matter that has been gone for an hour is forgotten: if it begins again, it is told again; one that comes and goes is told once.
An address that refused a message is tried again after growing gaps. Those that took it are remembered by marks that tell nothing of
them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from staffelstab.files import Moment, read_values, write
from staffelstab.watch.matters import Matter

PLACE = ".open/told.json"
FIRST_GAP = dt.timedelta(minutes=1)
LONGEST_GAP = dt.timedelta(hours=6)
FORGOTTEN_AFTER = dt.timedelta(hours=1)
"""A matter that has been gone so long has ended."""


class Attempt(msgspec.Struct, frozen=True, omit_defaults=True):
    """That a matter was told to everybody, or how often that failed and when it is tried next.

    `taken`: the marks of the addresses that have it, as long as others have not; `gone`: since when the matter is no longer there.
    """

    told: bool
    failed: int = 0
    again: Moment | None = None
    taken: tuple[str, ...] = ()
    gone: Moment | None = None


class Memory(msgspec.Struct, frozen=True):
    """What became of each matter that still lasts, by its key; and the number of the last pass a heartbeat was sent for."""

    attempts: Mapping[str, Attempt] = msgspec.field(default_factory=dict)
    beat: int = 0

    def due(self, found: Iterable[Matter], now: dt.datetime) -> tuple[Matter, ...]:
        """The matters to be told now."""
        return tuple(item for item in found if _is_due(item, self._before(item.key, now), now))

    def has(self, mark: str, item: Matter, now: dt.datetime) -> bool:
        """Whether the address with this mark took the matter already."""
        before = self._before(item.key, now)
        return before is not None and mark in before.taken

    def after(
        self,
        found: Collection[Matter],
        now: dt.datetime,
        tried: Mapping[str, Collection[str]],
        addressed: Collection[str],
    ) -> Memory:
        """What is to be remembered of the matters found, and of those that are gone.

        `tried`: which addresses have just taken each matter that was due; `addressed`: all that should have it; both by marks.
        """
        after: dict[str, Attempt | None] = {}
        for item in found:
            before = self._before(item.key, now)
            took = tried.get(item.key)
            after[item.key] = _lasts(item, before, now) if took is None else _tried(before, took, addressed, now)
        hidden = tuple(item.hides for item in found if item.hides is not None)
        for key in self.attempts.keys() - after.keys():
            before = self._before(key, now)
            after[key] = before and (_present(before) if key.startswith(hidden) else _gone(before, now))
        return msgspec.structs.replace(self, attempts={key: one for key, one in after.items() if one is not None})

    def _before(self, key: str, now: dt.datetime) -> Attempt | None:
        before = self.attempts.get(key)
        ended = before is not None and before.gone is not None and now - before.gone >= FORGOTTEN_AFTER
        return None if ended else before


def _is_due(item: Matter, before: Attempt | None, now: dt.datetime) -> bool:
    if before is None:
        return not item.wait
    return not before.told and (before.again is None or before.again <= now)


def _lasts(item: Matter, before: Attempt | None, now: dt.datetime) -> Attempt | None:
    if before is None:
        return Attempt(told=False, again=now + item.wait) if item.wait else None
    return _present(before)


def _present(before: Attempt) -> Attempt:
    return msgspec.structs.replace(before, gone=None)


def _gone(before: Attempt, now: dt.datetime) -> Attempt | None:
    """One that nobody was told yet, because it had not lasted, is forgotten at once."""
    if not (before.told or before.failed or before.taken):
        return None
    since = before.gone if before.gone is not None and before.gone <= now else now
    return msgspec.structs.replace(before, gone=since)


def _tried(before: Attempt | None, took: Collection[str], addressed: Collection[str], now: dt.datetime) -> Attempt:
    taken = {*(before.taken if before else ()), *took}
    if addressed and taken.issuperset(addressed):
        return Attempt(told=True)
    failed = (before.failed if before else 0) + 1
    gap = min(FIRST_GAP * 2 ** min(failed - 1, 20), LONGEST_GAP)
    return Attempt(told=False, failed=failed, again=now + gap, taken=tuple(sorted(taken)))


def recall(root: Path) -> Memory:
    """What was kept; nothing if that cannot be read: then a matter is rather told twice than never."""
    return read_values(root, PLACE, Memory) or Memory()


def keep(root: Path, memory: Memory) -> None:
    """Write it down."""
    write(root / PLACE, json.dumps(msgspec.to_builtins(memory), sort_keys=True, indent=1).encode())
