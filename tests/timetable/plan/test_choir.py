"""The second example: another country, another language, other numbers, dates that hang on one another."""

from __future__ import annotations

import datetime as dt

from staffelstab.timetable.plan.model import Plan

Day = dt.date


def test_three_phases_numbered_from_one(choir: Plan) -> None:
    assert [(phase.number, phase.kind, phase.start.date, phase.end.date) for phase in choir.phases] == [
        (1, "call", Day(2025, 10, 14), Day(2025, 11, 30)),
        (2, "synthesis", Day(2025, 12, 1), Day(2026, 1, 30)),
        (3, "finalisation", Day(2026, 2, 2), Day(2026, 4, 11)),
    ]


def test_working_days_are_counted_past_easter_in_england(choir: Plan) -> None:
    """Two weeks before 25 April; five working days before that, with Good Friday and Easter Monday between."""
    april = choir.session("committee-april")
    assert (april.date.date, april.date.status) == (Day(2026, 4, 11), "derived")
    assert april.papers_due.date == Day(2026, 4, 2)
    assert choir.session("committee-january").papers_due.date == Day(2026, 1, 23)


def test_votes_that_were_counted_are_known(choir: Plan) -> None:
    vote = choir.resolution.vote
    assert (vote.yes, vote.no, vote.abstentions) == (5, 1, None)


def test_the_zone_is_londons(choir: Plan) -> None:
    assert choir.ends(Day(2025, 11, 30)).astimezone(dt.UTC) == dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
