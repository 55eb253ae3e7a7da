"""Relative dates worked out over other dates, weekends and holidays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.timetable.plan.conftest import changed

Day = dt.date


def deadline(rule: str, *more: tuple[str, str]) -> dt.date:
    """The deadline of the small plan's call when it is written as `rule`."""
    return plan_from(changed(("deadline = 2018-03-25", f'deadline = "{rule}"'), *more)).call("aufruf").deadline.day


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("tagung", Day(2018, 5, 12)),
        ("one week before tagung", Day(2018, 5, 5)),
        ("sitzung", Day(2018, 4, 6)),
        ("sitzung.papers_due - P1D", Day(2018, 3, 29)),
        ("opens + P3W", Day(2018, 2, 22)),
        ("aufruf.opens + P3W", Day(2018, 2, 22)),
        ("phase-1.end", Day(2018, 3, 31)),
        ("phase-1", Day(2018, 3, 31)),  # a phase by its name means its end
        ("phase-1.start + P1D", Day(2018, 2, 2)),
        ("resolution + P40D", Day(2018, 2, 11)),
    ],
)
def test_a_rule_may_hang_on_anything_dated(rule: str, day: dt.date) -> None:
    assert deadline(rule) == day


@pytest.mark.parametrize(
    ("event", "rule", "day"),
    [
        ("2018-04-04", "3 working days before tagung", Day(2018, 3, 28)),  # past Easter Monday and Good Friday
        ("2018-05-22", "one working day before tagung", Day(2018, 5, 18)),  # past Whit Monday
        ("2018-05-12", "one working day after tagung", Day(2018, 5, 14)),
        ("2018-05-12", "0 working days after tagung", Day(2018, 5, 12)),
        ("2018-11-22", "2 working days before tagung", Day(2018, 11, 19)),  # in Saxony, Repentance Day is free
        ("2018-02-20", "3 working days before tagung", Day(2018, 2, 15)),  # school holidays are working days
    ],
)
def test_working_days_are_counted_past_weekends_and_holidays(event: str, rule: str, day: dt.date) -> None:
    assert deadline(rule, ("date = 2018-05-12", f"date = {event}"), ("date = 2018-01-02", "date = 2018-01-01")) == day


def test_the_same_rule_elsewhere_knows_other_holidays() -> None:
    rule = "2 working days before tagung"
    event = ("date = 2018-05-12", "date = 2018-11-22")
    assert deadline(rule, event) == Day(2018, 11, 19)
    assert deadline(rule, event, ('state = "SN"', 'state = "BE"')) == Day(2018, 11, 20)


@given(count=st.integers(1, 400), start=st.dates(Day(2015, 1, 1), Day(2022, 12, 31)), back=st.booleans())
def test_between_the_ends_lie_as_many_working_days_as_said(count: int, start: dt.date, back: bool, party: Plan) -> None:
    plan = plan_from(
        changed(
            ("date = 2018-05-12", f"date = {start}"),
            ('name = "Tagung"', 'name = "Tagung"\n[[events]]\nid = "ziel"\nname = "Ziel"\n'
             f'date = "{count} working days {"before" if back else "after"} tagung"'),
        )
    )  # fmt: skip
    end = plan.events[1].date.day
    assert is_workday(plan, end)
    low, high = (end, start - dt.timedelta(days=1)) if back else (start + dt.timedelta(days=1), end)
    days = (low + dt.timedelta(days=n) for n in range((high - low).days + 1))
    assert sum(is_workday(plan, day) for day in days) == count


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=30))
def test_a_chain_of_rules_adds_up(steps: list[int]) -> None:
    events = "".join(
        f'[[events]]\nid = "e{n}"\nname = "E"\ndate = "{f"e{n - 1}" if n else "tagung"} {"+" if step >= 0 else "-"} '
        f'P{abs(step)}D"\n'
        for n, step in reversed(list(enumerate(steps)))
    )
    plan = plan_from(changed(("[[sessions]]", f"{events}\n[[sessions]]")))
    last = next(event for event in plan.events if event.id == f"e{len(steps) - 1}")
    assert last.date.day == Day(2018, 5, 12) + dt.timedelta(days=sum(steps))


def test_a_chain_of_a_thousand_rules_is_no_recursion() -> None:
    events = "".join(f'[[events]]\nid = "e{n}"\nname = "E"\ndate = "e{n + 1} - P1D"\n' for n in range(1000))
    end = '[[events]]\nid = "e1000"\nname = "E"\ndate = 2018-05-12\n'
    plan = plan_from(changed(("[[sessions]]", f"{events}{end}\n[[sessions]]")))
    assert plan.events[1].date.day == Day(2018, 5, 12) - dt.timedelta(days=1000)


def test_a_proposed_date_stands_though_its_rule_says_another(party: Plan) -> None:
    """R45: by the rule it would be the 18th; what the plan proposes is the 17th, and it says so."""
    assert party.session("lv-2018-08-17").date.day == Day(2018, 8, 17)
