"""The moment a run is about: whatever gives it, it comes out as the standard library's own time, in UTC."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from prefect.types import DateTime

from tasks.moment import moment, standard
from tests.conftest import BERLIN

NEW_YORK = ZoneInfo("America/New_York")


def told(value: dt.datetime) -> str:
    """A moment that is the standard library's own and in UTC, as text."""
    assert type(value) is dt.datetime
    assert (value.tzinfo, value.fold) == (dt.UTC, 0)
    return value.isoformat()


def test_a_time_without_a_zone_is_a_wall_time_of_the_plan() -> None:
    assert told(moment(dt.datetime(2018, 1, 15, 0, 30), BERLIN)) == "2018-01-14T23:30:00+00:00"  # noqa: DTZ001 -- naive on purpose
    assert told(moment(dt.datetime(2018, 7, 15, 0, 30), BERLIN)) == "2018-07-14T22:30:00+00:00"  # noqa: DTZ001 -- naive on purpose
    assert told(moment(dt.datetime(2018, 7, 15, 0, 30), NEW_YORK)) == "2018-07-15T04:30:00+00:00"  # noqa: DTZ001 -- naive on purpose


@pytest.mark.parametrize("zone", [None, BERLIN])
def test_of_the_hour_that_comes_twice_both_are_told_apart(zone: ZoneInfo | None) -> None:
    """On 28 October 2018 it is half past two in Berlin twice, an hour apart; with a zone of its own or without."""
    first = dt.datetime(2018, 10, 28, 2, 30, tzinfo=zone)
    assert told(moment(first, BERLIN)) == "2018-10-28T00:30:00+00:00"
    assert told(moment(first.replace(fold=1), BERLIN)) == "2018-10-28T01:30:00+00:00"


def test_microseconds_stay() -> None:
    assert told(moment(dt.datetime(2018, 1, 14, 23, 59, 59, 999_999, BERLIN), BERLIN)) == (
        "2018-01-14T22:59:59.999999+00:00"
    )
    assert told(moment(dt.datetime(2018, 1, 14, 23, 59, 59, 1), BERLIN)) == "2018-01-14T22:59:59.000001+00:00"  # noqa: DTZ001 -- naive on purpose


def test_a_moment_with_a_zone_of_its_own_keeps_to_it_whatever_the_plans() -> None:
    assert told(moment(dt.datetime(2018, 1, 14, 18, 0, tzinfo=NEW_YORK), BERLIN)) == "2018-01-14T23:00:00+00:00"
    odd = dt.timezone(dt.timedelta(hours=-3, minutes=-30))
    assert told(moment(dt.datetime(2018, 1, 14, 18, 0, tzinfo=odd), BERLIN)) == "2018-01-14T21:30:00+00:00"
    assert told(moment(dt.datetime(2018, 1, 14, 18, 0, tzinfo=dt.UTC), BERLIN)) == "2018-01-14T18:00:00+00:00"


@pytest.mark.attack("C2")
def test_what_prefect_hands_out_becomes_an_ordinary_time() -> None:
    """Its own type looks like one; a day added across a change of the clock would be another hour."""
    given = DateTime(2018, 3, 24, 7, 0, 0, 250, tzinfo=BERLIN)
    assert type(given) is not dt.datetime
    found = moment(given, NEW_YORK)
    assert told(found) == "2018-03-24T06:00:00.000250+00:00"
    assert told(standard(given, BERLIN)) == told(found)
    assert found.astimezone(BERLIN) + dt.timedelta(days=1) == dt.datetime(2018, 3, 25, 7, 0, 0, 250, tzinfo=BERLIN)


def test_outside_of_a_flow_run_the_moment_must_be_given() -> None:
    with pytest.raises(ValueError, match="moment must be given"):
        moment(None, BERLIN)
