"""Every check of the doctor, in the order in which it reports. Another one is a function and a line here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec

from commands.causes import said
from commands.checkup import machine, operation, own_folder
from commands.checkup.row import Check, Examined, Row
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.workspace import find

CHECKS: dict[str, Check] = {
    "version": machine.version,
    "libraries": machine.libraries,
    "time": machine.time,
    "disk": machine.disk,
    "recognition": machine.recognition,
    "walls": machine.walls,
    "helpers": machine.helpers,
    "rights": own_folder.rights,
    "plan": own_folder.plan,
    "ledger": own_folder.ledger,
    "backup": own_folder.backup,
    "clock": own_folder.clock,
    "sources": own_folder.sources,
    "last_pass": operation.last_pass,
    "server": operation.server,
    "schedules": operation.schedules,
    "port": operation.port,
    "alarms": operation.alarms,
    "service": operation.service,
}


def examined(place: Path, words: Language, now: dt.datetime) -> tuple[Examined, tuple[Row, ...]]:
    """What is to be looked at, and the row about the working folder itself: without one, only the machine is looked at."""
    at = Examined(place, words, now)
    try:
        workspace = find(place)
    except (StaffelstabError, OSError) as error:
        return at, (_failed(at, "folder", error),)
    at = msgspec.structs.replace(at, workspace=workspace)
    try:
        plan = workspace.plan(now)
    except (StaffelstabError, OSError) as error:
        return at, (_failed(at, "plan", error),)
    return msgspec.structs.replace(at, words=plan.words, plan=plan), ()


def checked(at: Examined) -> Iterator[Row]:
    """The rows of every check; one that fails says so and keeps no other from being made."""
    for key, check in CHECKS.items():
        try:
            yield from check(at)
        except (StaffelstabError, OSError) as error:
            yield _failed(at, key, error)


def _failed(at: Examined, key: str, error: Exception) -> Row:
    sentence = said(error, at.words) or at.words.say("doctor.unreadable", reason=_reason(error))
    return Row(key, "bad", sentence)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
