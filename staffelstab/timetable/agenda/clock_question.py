"""Whether the clock must be asked about, from the plan and the times the journal knows (`staffelstab.service.clock` says why)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

from staffelstab.timetable.plan.model import Plan, Session

LONGEST_STANDSTILL = dt.timedelta(days=35)
"""Longer than a machine stands still over a holiday: a pass after so long a time asks whether the clock is right."""

STANDSTILL = dt.timedelta(hours=36)
"""Longer than from one daily pass to the next: then more than one paper that would be frozen too late asks the same."""

VOUCHES = ("genesis", "pass", "clock")
"""Kinds of entries that say something about the clock; what a person entered meanwhile was entered by the same one."""


@dataclass(frozen=True, slots=True)
class KnownTimes:
    """What the journal knows: its latest time, when a pass or somebody last vouched for the clock, whose papers are frozen.

    `played`: a rehearsal jumps from day to day on purpose and is asked nothing but that time does not run backwards.
    """

    latest: dt.datetime
    vouched: dt.datetime
    frozen: Set[str]
    played: bool = False


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """The clock is behind the journal ("clock") or strangely far ahead of it ("clock_ahead"), which is of `last`."""

    key: Literal["clock", "clock_ahead"]
    now: dt.datetime
    last: dt.datetime


def clock_question(plan: Plan, now: dt.datetime, known: KnownTimes, within: dt.timedelta) -> ClockQuestion | None:
    """What is to be asked at `now`, which may lie so far behind the journal; None if the clock is in no doubt."""
    if now + within < known.latest:
        return ClockQuestion("clock", now, known.latest.astimezone(plan.zone))
    gap = now - known.vouched
    if known.played or gap <= STANDSTILL:
        return None
    if gap > LONGEST_STANDSTILL or len(list(_too_late(plan, now, known))) > 1:
        return ClockQuestion("clock_ahead", now, known.vouched.astimezone(plan.zone))
    return None


def _too_late(plan: Plan, now: dt.datetime, known: KnownTimes) -> Iterator[Session]:
    """Sessions whose papers were due since the clock was vouched for and would be frozen only now, after the session has begun."""
    for session in plan.sessions:
        due, begins = plan.starts(session.papers_due.day), plan.starts(session.date.day)
        if session.id not in known.frozen and known.vouched < due <= now and begins <= now:
            yield session
