"""The last instant of a deadline: 23:59:59 is in time, midnight is late, in every week of the year (R47)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.plan.model import Plan
from tests.conftest import BERLIN, at


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2018-01-14", "2018-01-14T23:00:00+00:00"),
        ("2018-03-24", "2018-03-24T23:00:00+00:00"),  # the night in which the clock goes forward
        ("2018-03-25", "2018-03-25T22:00:00+00:00"),  # a day of 23 hours
        ("2018-10-27", "2018-10-27T22:00:00+00:00"),
        ("2018-10-28", "2018-10-28T23:00:00+00:00"),  # a day of 25 hours
    ],
)
def test_a_day_ends_with_the_midnight_after_it(party: Plan, day: str, utc: str) -> None:
    end = party.ends(dt.date.fromisoformat(day))
    assert end.astimezone(dt.UTC).isoformat() == utc
    assert at(f"{day} 23:59:59.999999") < end
    assert at(f"{day} 23:59:59") < end
    midnight = at("2018-01-01").replace(year=end.year, month=end.month, day=end.day)
    assert not midnight < end
    assert midnight == end


@pytest.mark.parametrize(("day", "hours"), [("2018-03-25", 23), ("2018-10-28", 25), ("2018-01-14", 24)])
def test_days_are_as_long_as_they_are(party: Plan, day: str, hours: int) -> None:
    date = dt.date.fromisoformat(day)
    start, end = (moment.astimezone(dt.UTC) for moment in (party.starts(date), party.ends(date)))
    assert end - start == dt.timedelta(hours=hours)


@given(
    st.dates(dt.date(1980, 1, 1), dt.date(2037, 12, 30)),
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
)
def test_each_day_ends_where_the_next_begins(party: Plan, day: dt.date, zone: str) -> None:
    import msgspec

    plan = msgspec.structs.replace(party, timezone=zone)
    assert plan.ends(day) == plan.starts(day + dt.timedelta(days=1))
    assert plan.ends(day).tzinfo == ZoneInfo(zone)


def test_the_zone_of_whoever_looks_does_not_matter(party: Plan) -> None:
    """A paper that arrives when it is already the 15th in Moscow is in time in Berlin."""
    moscow = at("2018-01-15 01:30:00", ZoneInfo("Europe/Moscow"))
    assert moscow < party.ends(dt.date(2018, 1, 14))
    assert moscow.astimezone(BERLIN) == at("2018-01-14 23:30:00")
