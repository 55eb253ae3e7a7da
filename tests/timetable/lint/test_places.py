"""Holidays are those of the plan's own place."""

from __future__ import annotations

import pytest

from staffelstab.errors import PlanError
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.load import plan_from
from tests.timetable.lint.plans import said
from tests.timetable.plan.conftest import changed

PLACES = {
    "Sachsen": ("DE", "SN"),
    "Bayern": ("DE", "BY"),
    "Wien": ("AT", "9"),
    "Zürich": ("CH", "ZH"),
    "Schottland": ("GB", "SCT"),
}


@pytest.mark.parametrize(
    ("day", "place", "sentence"),
    [
        ("2018-10-31", "Sachsen", "Mittwoch, der 31. Oktober 2018, ist Reformationstag (Sachsen)."),
        ("2018-10-31", "Bayern", None),
        ("2018-11-01", "Sachsen", None),
        ("2018-11-01", "Bayern", "Donnerstag, der 1. November 2018, ist Allerheiligen (Bayern)."),
        ("2018-11-01", "Wien", "Donnerstag, der 1. November 2018, ist Allerheiligen (Wien)."),
        ("2018-10-26", "Wien", "Freitag, der 26. Oktober 2018, ist Nationalfeiertag (Wien)."),
        ("2018-10-26", "Zürich", None),
        ("2018-08-01", "Zürich", "Mittwoch, der 1. August 2018, ist Nationalfeiertag (Zürich)."),
        ("2018-08-01", "Bayern", None),
        ("2018-08-06", "Schottland", "Montag, der 6. August 2018, ist Summer Bank Holiday (Scotland)."),
    ],
)
def test_a_session_on_a_public_holiday_of_its_own_place(day: str, place: str, sentence: str | None) -> None:
    country, state = PLACES[place]
    plan = plan_from(
        changed(
            ('country = "DE"', f'country = "{country}"'), ('"SN"', f'"{state}"'), ("date = 2018-04-06", f"date = {day}")
        )
    )
    expected = [f"Der Termin „Sitzung“ fällt auf einen Feiertag: {sentence}"] if sentence else []
    assert said(lint(plan, None), "holiday") == expected


def test_a_country_without_states_is_called_by_its_name() -> None:
    plan = plan_from(
        changed(('country = "DE"', 'country = "FR"'), ('"SN"', '""'), ("date = 2018-04-06", "date = 2018-07-14"))
    )
    [sentence] = said(lint(plan, None), "holiday")
    assert sentence.endswith("(Frankreich).")


def test_a_place_whose_holidays_nobody_knows_makes_the_plan_unusable() -> None:
    with pytest.raises(PlanError):
        lint(plan_from(changed(('"SN"', '"XX"'))), None)
