"""The moment of a scheduled run: its own, unless the journal has gone on meanwhile; a journal of the future is no measure."""

from __future__ import annotations

import datetime as dt

import pytest

from tasks.begin import not_before
from tests.conftest import at

SCHEDULED, PRESENT = at("2018-01-05 07:00"), at("2018-01-06 09:00")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2018-01-04 07:00", SCHEDULED),
        ("2018-01-06 07:00", at("2018-01-06 07:00")),  # the machine slept, and a later run was quicker
        ("2018-01-06 09:05", at("2018-01-06 09:05")),
    ],
)
def test_a_late_run_undoes_no_later_one(last: str, found: dt.datetime) -> None:
    assert not_before(at(last), SCHEDULED, PRESENT) == found


@pytest.mark.attack("C5")
@pytest.mark.parametrize("last", ["2018-01-06 09:06", "2038-01-19 07:00"])
def test_a_run_does_not_follow_a_journal_into_the_future(last: str) -> None:
    assert not_before(at(last), SCHEDULED, PRESENT) == SCHEDULED
