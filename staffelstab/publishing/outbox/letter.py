"""A letter as a value: to whom, about what, with what. Addresses are not known here; offices are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.timetable.plan.actors import Actor


@dataclass(frozen=True, slots=True)
class Letter:
    """A drafted letter. `key` is unique and stable: a letter with a known key has been drafted before.

    `day` is the day it is for, `to` offices, bodies and groups, `body` plain text, `attachments` names of files in the working
    folder. Nothing is sent; sending asks for a person's release.
    """

    key: str
    occasion: str
    day: dt.date
    to: tuple[Actor, ...]
    subject: str
    body: str
    attachments: tuple[str, ...] = ()
