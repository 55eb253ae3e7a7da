"""The moment of a live run: its own, unless it is late or the journal has gone on; a journal of the future is no measure."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.begin import not_before
from tests.conftest import at

SCHEDULED, PRESENT = at("2018-01-05 07:00"), at("2018-01-05 07:08")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2018-01-04 07:00", SCHEDULED),
        ("2018-01-05 07:06", at("2018-01-05 07:06")),  # another run was quicker
        ("2018-01-05 07:13", at("2018-01-05 07:13")),
    ],
)
def test_a_late_run_undoes_no_later_one(last: str, found: dt.datetime) -> None:
    assert not_before(at(last), SCHEDULED, PRESENT) == found


@pytest.mark.attack("C5")
@pytest.mark.parametrize("last", ["2018-01-05 07:14", "2038-01-19 07:00"])
def test_a_run_does_not_follow_a_journal_into_the_future(last: str) -> None:
    assert not_before(at(last), SCHEDULED, PRESENT) == SCHEDULED


@pytest.mark.attack("M7")
@pytest.mark.parametrize(
    ("present", "last", "found"),
    [
        ("2018-01-05 07:10", "2018-01-04 07:00", "2018-01-05 07:00"),
        ("2018-01-05 07:11", "2018-01-04 07:00", "2018-01-05 07:11"),
        ("2018-01-08 10:00", "2018-01-04 07:00", "2018-01-08 10:00"),  # the machine slept
        ("2018-01-08 10:00", "2018-01-08 10:03", "2018-01-08 10:03"),
        ("2018-01-08 10:00", "2038-01-19 07:00", "2018-01-08 10:00"),
        ("2018-01-03 10:00", "2018-01-02 07:00", "2018-01-05 07:00"),  # somebody set the clock back
    ],
)
def test_a_run_that_is_late_is_about_the_present(present: str, last: str, found: str) -> None:
    """What lies there when it begins was not there at the moment it was scheduled for."""
    assert not_before(at(last), SCHEDULED, at(present)) == at(found)
