"""Plans made up for pictures: as long, as crowded and as odd as one likes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from staffelstab.timetable.plan.model import Event, Phase, Plan, Session
from staffelstab.timetable.plan.when import When
from tests.publishing.calendar.test_timetable import example

START = dt.date(2027, 1, 4)
KINDS = ("presentation", "discussion", "review", "debate", "report", "adoption")


def plan(
    days: int,
    phases: int,
    sessions: Sequence[int] = (),
    *,
    language: str = "de",
    names: Sequence[str] = ("Phase mit einem Namen",),
    walls: Sequence[int] = (),
) -> Plan:
    """`phases` of equal length over so many `days`; `sessions` and `walls` are days counted from the start."""
    length = max(1, days // phases)
    return msgspec.structs.replace(
        example("choir-statute" if language == "en" else "mitgliederarbeit-2018"),
        phases=tuple(
            Phase(
                number=number,
                name=names[number % len(names)],
                kind="analysis",
                start=When(day(number * length)),
                end=When(day((number + 1) * length - 1)),
                gate="deadline",
            )
            for number in range(phases)
        ),
        sessions=tuple(
            Session(
                id=f"s{place}",
                name=names[place % len(names)],
                body="committee" if language == "en" else "landesvorstand",
                date=When(day(offset)),
                papers_due=When(day(offset - 1)),
                phase=min(phases - 1, max(0, offset // length)),
                item=KINDS[place % len(KINDS)],  # type: ignore[arg-type] # one of the kinds
            )
            for place, offset in enumerate(sessions)
        ),
        events=tuple(
            Event(id=f"w{place}", name=names[place % len(names)], date=When(day(offset)), wall=True)
            for place, offset in enumerate(walls)
        ),
        calls=(),
        reminders=(),
        breaks=(),
        hearings=(),
        resubmission=None,
    )


def day(offset: int) -> dt.date:
    """So many days after the start."""
    return START + dt.timedelta(days=offset)
