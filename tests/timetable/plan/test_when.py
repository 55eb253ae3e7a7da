"""How dates are written: fixed, by rule, open, unknown with candidates; and what a rule means."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.plan.when import Offset, Status, When, parse_rule, read_when

DAY = dt.date(2018, 8, 17)
EVENING = dt.datetime.fromisoformat("2018-08-17T19:00:00")  # as TOML has it, without a zone


@pytest.mark.parametrize(
    ("rule", "offset"),
    [
        ("lpt", Offset("lpt", 0)),
        ("one week before lpt", Offset("lpt", -7)),
        ("a week after lpt", Offset("lpt", 7)),
        ("an week after lpt", Offset("lpt", 7)),
        ("10 days before phase-1.end", Offset("phase-1.end", -10)),
        ("ten days before lv-2018-01-19", Offset("lv-2018-01-19", -10)),
        ("3 working days before agm", Offset("agm", -3, working=True)),
        ("one working day after agm", Offset("agm", 1, working=True)),
        ("session - P2D", Offset("session", -2)),
        ("session-P2D", Offset("session", -2)),
        ("call-1.deadline + P1W", Offset("call-1.deadline", 7)),
        (" opens + P10D ", Offset("opens", 10)),
    ],
)
def test_a_rule_is_a_distance_from_something(rule: str, offset: Offset) -> None:
    assert parse_rule(rule) == offset


@pytest.mark.parametrize(
    "rule",
    [
        " ",
        "one week lpt",
        "a fortnight before lpt",
        "eleven days before lpt",
        "-1 days before lpt",
        "99999 days before lpt",
        "one week before",
        "session -",
        "session - 2D",
        "session - P2M",
        "session - P99999D",
        "19. Januar",
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=re.escape(rule)):
        parse_rule(rule)


names = st.from_regex(r"[a-z][a-z0-9]{0,8}([.-][a-z0-9]{1,8}){0,2}", fullmatch=True)


@given(
    names, st.integers(0, 9999), st.sampled_from(["before", "after"]), st.sampled_from(["day", "week", "working day"])
)
def test_every_distance_in_words_is_understood(name: str, count: int, side: str, unit: str) -> None:
    days = count * (7 if unit == "week" else 1) * (-1 if side == "before" else 1)
    assert parse_rule(f"{count} {unit}s {side} {name}") == Offset(name, days, unit == "working day")


@given(names, st.integers(0, 9999), st.sampled_from("+-"), st.sampled_from("DW"))
def test_every_distance_in_signs_is_understood(name: str, count: int, sign: str, unit: str) -> None:
    days = count * (7 if unit == "W" else 1) * (-1 if sign == "-" else 1)
    assert parse_rule(f"{name} {sign} P{count}{unit}") == Offset(name, days)


@pytest.mark.parametrize(
    ("raw", "when"),
    [
        (DAY, When(DAY)),
        ("lpt - P8D", When(status="derived", rule="lpt - P8D")),
        ({"open": True}, When(status="open")),
        ({"candidates": [DAY]}, When(status="unknown", candidates=(DAY,))),
        ({"date": DAY, "added": "year"}, When(DAY, added="year")),
        ({"date": DAY, "rule": "one week before lpt"}, When(DAY, "derived", "one week before lpt")),
        ({"date": DAY, "status": "assumed", "note": "gefragt"}, When(DAY, "assumed", note="gefragt")),
        (
            {"candidates": [DAY + dt.timedelta(days=1), DAY], "rule": "lpt"},
            When(status="derived", rule="lpt", candidates=(DAY, DAY + dt.timedelta(days=1))),
        ),
    ],
)
def test_what_a_date_may_be(raw: object, when: When) -> None:
    assert read_when(raw) == when


@pytest.mark.parametrize(
    "raw",
    [
        EVENING,
        {"date": EVENING},
        {"date": "2018-08-17"},
        {"day": DAY},
        {"status": "certain"},
        {"candidates": ["2018-08-17"]},
        {"candidates": DAY},
        {"rule": "irgendwann mal"},
        17,
        None,
        [DAY],
    ],
)
def test_what_a_date_may_not_be(raw: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_when(raw)


def test_only_an_adopted_date_is_a_fact() -> None:
    """R45, U4."""
    statuses: tuple[Status, ...] = ("adopted", "derived", "assumed", "unknown", "open")
    assert [When(DAY, status).certain for status in statuses] == [True, False, False, False, False]
    assert not When().certain


def test_a_date_that_is_not_there_cannot_be_used_by_mistake() -> None:
    with pytest.raises(ValueError, match="no date: unknown"):
        _ = When(status="unknown").day
