"""When reminders go out: on working days, within the call, and only the newest (U12)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.agenda.reminders import current_reminder, planned_days, reminder_day
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Plan, Reminder
from staffelstab.timetable.plan.when import When
from tests.publishing.calendar.test_timetable import example

DAYS = st.dates(dt.date(2017, 12, 1), dt.date(2018, 6, 30))


def with_call(opens: dt.date, deadline: dt.date, *before: int) -> Plan:
    plan = example()
    call = msgspec.structs.replace(plan.call("call-1"), opens=When(opens), deadline=When(deadline))
    return msgspec.structs.replace(plan, calls=(call,), reminders=(Reminder(call="call-1", days_before=before),))


@pytest.mark.parametrize(
    ("opens", "deadline", "before", "goes_out"),
    [
        ("2017-12-15", "2018-01-14", 7, "2018-01-08"),  # a Sunday: the Monday after
        ("2017-12-15", "2018-01-14", 2, "2018-01-12"),  # a Friday: itself
        ("2017-12-15", "2018-01-14", 1, "2018-01-12"),  # the Monday after is too late: the Friday before
        ("2018-03-20", "2018-04-10", 11, "2018-04-03"),  # Good Friday: past Easter Monday
        ("2018-01-13", "2018-01-14", 1, "2018-01-13"),  # a call of one weekend has no working day
        ("2018-05-01", "2018-05-22", 1, "2018-05-22"),  # Whit Monday: the day of the deadline itself
    ],
)
def test_the_day_of_a_reminder(opens: str, deadline: str, before: int, goes_out: str) -> None:
    plan = with_call(dt.date.fromisoformat(opens), dt.date.fromisoformat(deadline), before)
    [planned] = planned_days(plan, plan.calls[0])
    assert reminder_day(plan, plan.calls[0], planned) == dt.date.fromisoformat(goes_out)


@given(DAYS, st.integers(0, 60), st.lists(st.integers(0, 60), max_size=4))
def test_reminders_stay_within_the_call_and_off_free_days(opens: dt.date, length: int, before: list[int]) -> None:
    deadline = opens + dt.timedelta(days=length)
    plan = with_call(opens, deadline, *before)
    call = plan.calls[0]
    whole = [opens + dt.timedelta(days=offset) for offset in range(length + 1)]
    for planned in planned_days(plan, call):
        day = reminder_day(plan, call, planned)
        assert day <= deadline
        if planned >= opens and any(is_workday(plan, other) for other in whole):
            assert is_workday(plan, day)
    for today in (opens - dt.timedelta(days=1), deadline + dt.timedelta(days=1)):
        assert current_reminder(plan, call, today) is None


def test_a_newer_reminder_overtakes_the_older_one_and_the_deadline_ends_both() -> None:
    plan = example()
    call = plan.call("call-1")
    held = {day: current_reminder(plan, call, dt.date(2018, 1, day)) for day in (7, 8, 11, 12, 14, 15)}
    assert held == {
        7: None,
        8: dt.date(2018, 1, 7),
        11: dt.date(2018, 1, 7),
        12: dt.date(2018, 1, 12),
        14: dt.date(2018, 1, 12),
        15: None,
    }
