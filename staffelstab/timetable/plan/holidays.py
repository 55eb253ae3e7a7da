"""Public holidays and working days at the plan's place, by the `holidays` library."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from staffelstab.errors import PlanError
from staffelstab.language import Language

if TYPE_CHECKING:
    from staffelstab.timetable.plan.model import Plan


PLACES = {
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH",
    "AT": "1 2 3 4 5 6 7 8 9",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "GB": "ENG NIR SCT WLS",
}
"""Places known to have holidays, by country: to ask the library loads 300 modules, longer than `staffelstab status` may take."""


@cache
def _of(country: str, state: str, language: str, year: int) -> dict[dt.date, str]:
    import holidays

    try:
        called = Language(language).forms.holidays  # left to itself the library follows the machine's language
        return dict(holidays.country_holidays(country, subdiv=state or None, years=year, language=called).items())
    except NotImplementedError:
        raise PlanError("plan.country", value=f"{country} {state}".strip()) from None


@cache
def known_place(country: str, state: str) -> bool:
    """Whether public holidays are known for a country, and for a state of it if one is named."""
    if country in PLACES and (not state or state in PLACES[country].split()):
        return True
    import holidays

    try:
        holidays.country_holidays(country, subdiv=state or None)
    except NotImplementedError:
        return False
    return True


def holiday(plan: Plan, day: dt.date) -> str | None:
    """The name of the public holiday on `day`, if it is one where the plan applies. Raises PlanError for an unknown place."""
    return _of(plan.country, plan.state, plan.language, day.year).get(day)


def is_workday(plan: Plan, day: dt.date) -> bool:
    """Whether `day` is neither weekend nor public holiday; school holidays are working days."""
    return day.weekday() < 5 and holiday(plan, day) is None


def closed_days(plan: Plan) -> frozenset[dt.date]:
    """Every day of the plan's breaks (school holidays and the like)."""
    return frozenset(day for item in plan.breaks for day in item.days())
