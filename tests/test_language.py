"""What people read: messages, dates, numbers and lists as they are written in the plan's language."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys

import pytest
from babel.dates import format_date

from staffelstab.errors import LedgerError, PlanError, StaffelstabError
from staffelstab.language import LANGUAGES, Language, agree
from tests.conftest import ROOT, at

GERMAN, ENGLISH = Language("de"), Language("en")


def test_dates_and_times() -> None:
    day = dt.date(2018, 3, 9)
    assert (GERMAN.day(day), ENGLISH.day(day)) == ("9. März 2018", "9 March 2018")
    assert (GERMAN.short_day(day), ENGLISH.short_day(day)) == ("09.03.2018", "09/03/2018")
    assert (GERMAN.weekday(day), ENGLISH.weekday(day)) == ("Freitag", "Friday")
    assert (GERMAN.short_weekday(day), ENGLISH.short_weekday(day)) == ("Fr", "Fri")
    assert [words.brief_day(day) for words in (GERMAN, ENGLISH)] == ["9.3.", "9 Mar"]
    assert [words.brief_day(day, with_year=True) for words in (GERMAN, ENGLISH)] == ["9.3.18", "9 Mar 18"]
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


def test_a_language_says_all_its_forms_and_nothing_else() -> None:
    assert {"de": "DE", "en": "GB"}.items() <= {code: Language(code).forms.region for code in LANGUAGES}.items()
    with pytest.raises(KeyError):
        _ = Language("document").forms


def test_a_message_counts() -> None:
    assert GERMAN.say("plan.broken", n=1, file="p", problems="").startswith(
        "p lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese Stelle"
    )
    assert "diese 2 Stellen" in GERMAN.say("plan.broken", n=2, file="p", problems="")


def test_what_is_counted_out_of_one_is_singular() -> None:
    assert [
        GERMAN.say("analysis.pace.state", n=n, total=total) for n, total in ((0, 3), (1, 3), (2, 3), (0, 1), (1, 1))
    ] == [
        "0 von 3 Gesprächen sind geführt.",
        "1 von 3 Gesprächen ist geführt.",
        "2 von 3 Gesprächen sind geführt.",
        "0 von 1 Gespräch ist geführt.",
        "1 von 1 Gespräch ist geführt.",
    ]
    assert [agree(n, "is", "are", 3) for n in range(4)] == ["are", "is", "are", "are"]
    assert (agree(0, "is", "are", 1), agree(1, "is", "are"), agree(0, "is", "are")) == ("is", "is", "are")


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
    assert error.text("de") != error.text("en")
    plan_error = PlanError("plan.not_found", file="x")
    assert plan_error.text("en").startswith("There is no plan at x.")
    plan_error.language = "de"
    assert plan_error.text("en").startswith("Unter x liegt kein Zeitplan.")
    assert isinstance(plan_error, StaffelstabError)


def test_an_error_that_has_no_language_yet_shows_its_key_and_facts() -> None:
    assert str(LedgerError("ledger.missing", file="x.db")) == "ledger.missing(file=x.db)"
    assert str(PlanError("plan.invalid", file="x", line=3)) == "plan.invalid(file=x, line=3)"
    assert str(StaffelstabError("ledger.busy")) == "ledger.busy()"


def test_an_error_is_raised_again_in_the_language_of_the_plan() -> None:
    error = LedgerError("ledger.missing", file="x.db")
    english = error.in_language("en")
    assert (type(english), str(english)) == (LedgerError, error.text("en"))
    assert (english.key, english.facts) == (error.key, error.facts)
    assert str(english.in_language("de")) == english.text("de") == error.text("de") != str(english)
    assert str(pickle.loads(pickle.dumps(english))) == str(english)
    error.__cause__ = OSError()
    assert error.in_language("en").__cause__ is error.__cause__
    assert error.language is None


def test_an_error_stays_what_it_is_where_a_library_copies_errors_in_its_own_way() -> None:
    """In a process of its own: what Dask loads changes how errors are copied."""
    code = (
        "from staffelstab.errors import LedgerError\n"
        "import tblib.pickling_support\n"
        "tblib.pickling_support.install()\n"
        "english = LedgerError('ledger.missing', file='x.db').in_language('en')\n"
        "german = english.in_language('de')\n"
        "print(english.language, german.language, str(english) != str(german), german.args)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "en de True ('ledger.missing',)\n"


def test_a_plans_error_keeps_its_language_and_its_faults() -> None:
    error = PlanError("plan.not_found", file="x")
    error.language, error.mistakes = "de", ((3, "So nicht."),)
    again = error.in_language("en")
    assert str(again).startswith("Unter x liegt kein Zeitplan.")
    assert again.mistakes == ((3, "So nicht."),)


@pytest.mark.parametrize(
    ("language", "pattern", "locale"), [(GERMAN, "d. MMMM y", "de_DE"), (Language("en"), "d MMMM y", "en_GB")]
)
def test_days_are_written_as_babel_writes_them(language: Language, pattern: str, locale: str) -> None:
    for month in range(1, 13):
        day = dt.date(2018, month, month * 2)
        assert language.day(day) == format_date(day, pattern, locale)
    for day in (dt.date(2018, 1, number) for number in range(1, 8)):
        assert language.weekday(day) == format_date(day, "EEEE", locale)


def test_words_cost_no_heavy_imports() -> None:
    """The command line says its first word in no time."""
    heavy = {"babel", "holidays", "pandas", "prefect", "sqlalchemy"}
    check = (
        f"import sys, staffelstab.errors, staffelstab.timetable.plan.load; print(*sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
