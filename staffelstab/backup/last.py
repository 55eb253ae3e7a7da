"""When a working folder was backed up last, and how that is said; quick enough for `staffelstab status`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from staffelstab.files import Moment, read_values, within_reach, write
from staffelstab.language import Language
from staffelstab.legible import legible_name

NOTE = ".backup"
"""The file in the working folder that says so."""
OLD = 7
"""After so many days the sentence asks for another backup."""


class LastBackup(msgspec.Struct, frozen=True):
    """The last backup: when it was made, its file, the folder it was put in, and the last entry of the ledger in it."""

    made: Moment
    file: str
    place: str
    entry: int
    encrypted: bool = False

    def __post_init__(self) -> None:
        within_reach(self.made)

    def days(self, now: dt.datetime) -> int:
        """How many days ago that was."""
        return (now - self.made).days


def last_backup(root: Path) -> LastBackup | None:
    """The last backup of the folder; None if there is none yet, or nothing that could be read says so."""
    return read_values(root, NOTE, LastBackup)


def note_backup(root: Path, backup: LastBackup) -> None:
    """Write down which backup is the last."""
    write(root / NOTE, msgspec.json.format(msgspec.json.encode(backup), indent=1) + b"\n")


def told(words: Language, zone: dt.tzinfo, root: Path, now: dt.datetime) -> str:
    """When the last backup was made, as a sentence; what to do if that is long ago."""
    last = last_backup(root)
    if last is None:
        return words.say("backup.last.never", folder=legible_name(str(root)))
    at, place = last.made.astimezone(zone), legible_name(last.place)
    if last.days(now) < OLD:
        return words.say("backup.last.at", at=at, place=place)
    return words.say("backup.last.old", at=at, place=place, n=last.days(now), folder=legible_name(str(root)))
