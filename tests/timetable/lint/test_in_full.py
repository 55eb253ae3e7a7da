"""A day that stands in full in its sentence is found without reading it; the ninth does not stand in the nineteenth."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.timetable.lint.quoted_dates import _in_full
from staffelstab.timetable.reading.dates import mentions

DAY = dt.date(2018, 3, 9)


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("Die Sitzung ist am 9. März 2018 in Dresden.", True),
        ("The meeting is on Friday, 9 March 2018.", True),
        ("Die Sitzung ist am 19. März 2018.", False),
        ("Die Sitzung ist am 9. März 20180.", False),
        ("Die Sitzung ist am 9. März.", False),
        ("Die Sitzung ist am 10. März 2018.", False),
    ],
)
def test_a_day_in_full_is_the_one_that_reading_finds(quote: str, there: bool) -> None:
    found = _in_full(quote, DAY)
    assert (found is not None) == there
    if found:
        assert found.first in {item.first for item in mentions(quote)}
