"""The days of the regular report: never longer than the interval without a word to the board, and never on a day off (R51)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from staffelstab.timetable.agenda.report_days import current_report, report_days
from staffelstab.timetable.plan.model import Plan


def every(plan: Plan, interval: str, *, sessions: bool = False) -> Plan:
    """The plan with another interval of its reports; without its sessions, unless they are wanted."""
    assert plan.reports is not None
    reports = msgspec.structs.replace(plan.reports, every=interval)
    return msgspec.structs.replace(plan, reports=reports, sessions=plan.sessions if sessions else ())


def days(*texts: str) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(text) for text in texts)


def test_the_interval_runs_from_the_resolution_and_from_each_report(party: Plan) -> None:
    assert report_days(every(party, "P4W"), dt.date(2018, 3, 9)) == days("2018-01-12", "2018-02-09", "2018-03-09")
    assert report_days(every(party, "P28D"), dt.date(2018, 3, 8)) == days("2018-01-12", "2018-02-09")
    assert report_days(every(party, "P10D"), dt.date(2018, 1, 1)) == days("2017-12-22", "2017-12-29")


def test_a_session_is_a_report_and_the_interval_begins_anew(party: Plan) -> None:
    """On 19 January and 9 March the board meets; on the very day on which a report would be due it is none."""
    assert report_days(every(party, "P4W", sessions=True), dt.date(2018, 3, 9)) == days("2018-01-12", "2018-02-16")
    assert report_days(every(party, "P5W", sessions=True), dt.date(2018, 3, 9)) == days("2018-02-23")


def test_on_a_weekend_or_holiday_the_report_is_due_on_the_working_day_before(party: Plan) -> None:
    """Nine days after Friday, 15 December, it is Christmas Eve, a Sunday; three days after, a Monday."""
    assert report_days(every(party, "P9D"), dt.date(2017, 12, 24)) == days("2017-12-22")
    assert report_days(every(party, "P3D"), dt.date(2017, 12, 19)) == days("2017-12-18")


def test_where_no_working_day_lies_between_the_day_off_itself_counts(party: Plan) -> None:
    assert report_days(every(party, "P1D"), dt.date(2017, 12, 18)) == days("2017-12-16", "2017-12-17", "2017-12-18")


@pytest.mark.parametrize("interval", ["P0D", "P0W", "monthly", "P1M", ""])
def test_without_an_interval_there_are_no_reports(party: Plan, interval: str) -> None:
    plan = every(party, interval)
    assert (report_days(plan, dt.date(2019, 1, 1)), current_report(plan, dt.date(2019, 1, 1))) == ((), None)


def test_a_plan_that_asks_for_none_has_none(party: Plan) -> None:
    plan = msgspec.structs.replace(party, reports=None)
    assert (report_days(plan, dt.date(2019, 1, 1)), current_report(plan, dt.date(2019, 1, 1))) == ((), None)


def test_a_report_holds_from_its_day_until_the_next_contact(party: Plan) -> None:
    plan = every(party, "P4W", sessions=True)
    assert {day: current_report(plan, dt.date.fromisoformat(day)) for day in ("2018-01-11", "2018-01-12")} == {
        "2018-01-11": None,
        "2018-01-12": dt.date(2018, 1, 12),
    }
    assert current_report(plan, dt.date(2018, 1, 18)) == dt.date(2018, 1, 12)
    assert current_report(plan, dt.date(2018, 1, 19)) is None, "the board meets"
    assert current_report(plan, dt.date(2018, 2, 16)) == dt.date(2018, 2, 16)
    assert current_report(every(party, "P4W"), dt.date(2018, 2, 9)) == dt.date(2018, 2, 9), "the newer one"
