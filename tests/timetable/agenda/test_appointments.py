"""The plan as a calendar: what lies on which day, in what order, and how sure that is."""

from __future__ import annotations

import datetime as dt

from staffelstab.timetable.agenda.appointments import agenda, between, upcoming
from staffelstab.timetable.plan.model import Plan

Day = dt.date


def test_the_year_from_the_vote_to_the_last_candidate(party: Plan) -> None:
    days = agenda(party)
    assert (days[0].day, days[0].occasion) == (Day(2017, 12, 15), "resolution")
    assert (days[-1].day, days[-1].occasion, days[-1].certain) == (Day(2019, 9, 20), "resubmission", False)
    assert [item.day for item in days] == sorted(item.day for item in days)


def test_what_lies_around_the_first_deadline(party: Plan) -> None:
    found = between(party, Day(2018, 1, 6), Day(2018, 1, 19))
    assert [(item.day.day, item.occasion, item.item, item.certain) for item in found] == [
        (7, "reminder", "call-1", False),
        (12, "reminder", "call-1", False),
        (14, "phase_end", "phase-0", True),
        (14, "call_deadline", "call-1", True),
        (17, "papers_due", "lv-2018-01-19", False),
        (19, "session", "lv-2018-01-19", True),
    ]


def test_an_open_end_is_no_appointment(party: Plan) -> None:
    """R39: no end is invented."""
    assert [item.occasion for item in agenda(party) if item.item == "phase-6"] == ["phase_start"]


def test_the_proposed_session_is_not_certain(party: Plan) -> None:
    """R45."""
    session = next(item for item in agenda(party) if item.occasion == "session" and item.item == "lv-2018-08-17")
    assert (session.day, session.certain, len(session.when.candidates)) == (Day(2018, 8, 17), False, 2)


def test_what_is_still_to_come_begins_today(party: Plan) -> None:
    assert upcoming(party, Day(2018, 8, 25))[0].day == Day(2018, 8, 25)
    assert upcoming(party, Day(2019, 9, 21)) == ()
