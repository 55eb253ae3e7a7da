"""What an entry says of a day that is not certain."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.language import LANGUAGES, Language
from staffelstab.publishing.calendar.entry_text import certainty
from staffelstab.timetable.plan.when import PARTS, When, WhenError, read_when
from tests.timetable.lint.plans import PARTY, planned

ONE, OTHER = dt.date(2026, 4, 11), dt.date(2026, 4, 18)


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("de", (ONE,), "In Frage kommt: 11. April 2026. Der Termin ist noch zu bestätigen."),
        ("de", (ONE, OTHER), "In Frage kommen: 11. April 2026 und 18. April 2026. Der Termin ist noch zu bestätigen."),
        ("en", (ONE,), "Possible day: 11 April 2026. The date has yet to be confirmed."),
        ("en", (ONE, OTHER), "Possible days: 11 April 2026 and 18 April 2026. The date has yet to be confirmed."),
    ],
)
def test_one_possible_day_is_no_plural(language: str, days: tuple[dt.date, ...], said: str) -> None:
    when = When(ONE, "assumed", candidates=days)
    assert list(certainty(planned(PARTY), when, "x", Language(language)))[1:] == [said]


@pytest.mark.attack("FUZZ")
def test_whatever_a_plan_may_say_was_added_the_calendar_has_words_for() -> None:
    for added in PARTS:
        when = read_when({"date": ONE, "added": added})
        for language in LANGUAGES:
            assert list(certainty(planned(PARTY), when, "x", Language(language)))
    with pytest.raises(WhenError):
        read_when({"date": ONE, "added": "0 days before mv"})
