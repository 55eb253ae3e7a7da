"""What people read: messages, dates, numbers and lists as they are written in the plan's language."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from babel.dates import format_date

from staffelstab.errors import LedgerError, PlanError, StaffelstabError
from staffelstab.language import Language
from tests.conftest import ROOT, at

GERMAN, ENGLISH = Language("de"), Language("en")


def test_dates_and_times() -> None:
    day = dt.date(2018, 3, 9)
    assert (GERMAN.day(day), ENGLISH.day(day)) == ("9. März 2018", "9 March 2018")
    assert (GERMAN.short_day(day), ENGLISH.short_day(day)) == ("09.03.2018", "09/03/2018")
    assert (GERMAN.weekday(day), ENGLISH.weekday(day)) == ("Freitag", "Friday")
    moment = at("2018-01-14 23:59:59")
    assert (GERMAN.moment(moment), ENGLISH.moment(moment)) == (
        "14. Januar 2018, 23:59 Uhr",
        "14 January 2018, 23:59",
    )


def test_numbers() -> None:
    assert [GERMAN.number(number, 1) for number in (1234567.5, -0.25, 12)] == ["1.234.567,5", "-0,2", "12,0"]
    assert [ENGLISH.number(number) for number in (1234567.4, 12)] == ["1,234,567", "12"]


def test_lists_and_quotes() -> None:
    assert [GERMAN.listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a und b",
        "a, b und c",
    ]
    assert ENGLISH.listed(iter(("a", "b", "c"))) == "a, b and c"
    assert (GERMAN.quoted("ja"), ENGLISH.quoted("yes")) == ("„ja“", "“yes”")


def test_a_message_counts() -> None:
    assert GERMAN.say("plan.broken", n=1, file="p", problems="").startswith(
        "p lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese Stelle"
    )
    assert "diese 2 Stellen" in GERMAN.say("plan.broken", n=2, file="p", problems="")


def test_facts_are_written_in_the_language() -> None:
    said = GERMAN.say("plan.problem.date", path="p", known="lpt", value=dt.date(2018, 1, 14))
    assert "„14. Januar 2018“" in said
    assert "„0,5“" in GERMAN.say("plan.problem.date", path="p", known="lpt", value=0.5)
    assert "„“" in GERMAN.say("plan.problem.date", path="p", known="lpt", value=None)


def test_a_fact_with_braces_is_only_a_fact() -> None:
    assert "{file}" in GERMAN.say("plan.not_found", file="{file}")


@pytest.mark.parametrize("key", ["plan.nothing", "nowhere.at_all", "plan.not_found.deeper", "plan"])
def test_an_unknown_key_is_a_mistake_of_ours(key: str) -> None:
    assert not GERMAN.knows(key) or key == "plan"
    with pytest.raises(KeyError):
        Language("fr").say(key)


def test_an_error_speaks_both_languages_and_a_plans_error_its_own() -> None:
    error = LedgerError("ledger.missing", file="x.db")
    assert str(error) == error.text("de") != error.text("en")
    plan_error = PlanError("plan.not_found", file="x")
    assert plan_error.text("en").startswith("There is no plan at x.")
    plan_error.language = "de"
    assert plan_error.text("en").startswith("Unter x liegt kein Zeitplan.")
    assert isinstance(plan_error, StaffelstabError)


@pytest.mark.parametrize(
    ("language", "pattern", "locale"), [(GERMAN, "d. MMMM y", "de_DE"), (Language("en"), "d MMMM y", "en_GB")]
)
def test_days_are_written_as_babel_writes_them(language: Language, pattern: str, locale: str) -> None:
    for month in range(1, 13):
        day = dt.date(2018, month, month * 2)
        assert language.day(day) == format_date(day, pattern, locale)


def test_words_cost_no_heavy_imports() -> None:
    """The command line says its first word in no time."""
    heavy = {"babel", "holidays", "pandas", "prefect", "sqlalchemy"}
    check = f"import sys, staffelstab.errors, staffelstab.plan.load; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
