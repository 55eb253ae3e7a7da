"""What people call the country or state in which a plan applies."""

from __future__ import annotations

from functools import cache

from staffelstab.language import Language
from staffelstab.timetable.plan.model import Plan


def place_name(plan: Plan) -> str:
    """Sachsen · Wien · England; of a country without states its name."""
    return _place(plan.country, plan.state, plan.language)


@cache
def _place(country: str, state: str, language: str) -> str:
    import holidays

    known = getattr(holidays.country_holidays(country, subdiv=state or None), "subdivisions_aliases", {})
    named = next((name for name, code in known.items() if code == state), state)
    return str(named) if named else _country(country, language)


def _country(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(Language(language).forms.locale).territories.get(code, code))
