"""Phase 1 of the example: 39 talks between 2 January and 9 March 2018, none in the winter holidays (12–23 February)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.phases.methods.pace import Pace, forecast

START, END = dt.date(2018, 1, 2), dt.date(2018, 3, 9)
WINTER = tuple(dt.date(2018, 2, 12) + dt.timedelta(days=n) for n in range(12))


def talks(*days: str) -> list[dt.date]:
    return [dt.date.fromisoformat(f"2018-{day}") for day in days]


def test_on_the_first_day_only_the_need_is_known() -> None:
    assert forecast([], 39, START, END, START, WINTER) == Pace(
        needed=39,
        held=0,
        weeks_left=39 / 5,  # 49 weekdays (R34) minus ten of holidays
        held_per_week=None,
        needed_per_week=5.0,
        capacity=None,
        capacity_from=None,
        impossible_from=None,
        verdict="unknown",
    )


def test_with_a_stated_capacity_the_last_possible_day_is_known_at_once() -> None:
    told = forecast([], 36, START, END, START, WINTER, weekly_capacity=5)
    # 36 talks at one a day need 36 of the 39 working days: 2, 3, 4 January may pass idle (39, 38, 37 left), 5 January
    # is the last start (36 left), so Monday 8 January is too late.
    assert (told.impossible_from, told.capacity_from, told.verdict) == (dt.date(2018, 1, 8), "stated", "unknown")
    assert forecast([], 40, START, END, START, WINTER, weekly_capacity=5).impossible_from == START


def test_after_two_weeks_the_best_week_stands_in_for_the_capacity() -> None:
    held = talks("01-04", "01-09", "01-11", "01-12", "01-16", "01-18")
    told = forecast(held, 12, START, END, dt.date(2018, 1, 19), WINTER)
    # 2–18 January: 13 working days, 6 talks; 19 January – 9 March: 26 working days for the six that are missing.
    assert told == Pace(
        needed=12,
        held=6,
        weeks_left=26 / 5,
        held_per_week=6 * 5 / 13,
        needed_per_week=6 * 5 / 26,
        capacity=3,
        capacity_from="observed",
        # three a week: six need ten working days, 26 February – 9 March; from the 27th nine are left.
        impossible_from=dt.date(2018, 2, 27),
        verdict="on_course",
    )


def test_one_talk_in_the_first_week_proves_nothing() -> None:
    told = forecast(talks("01-03"), 39, START, END, dt.date(2018, 1, 8))
    assert (told.held_per_week, told.capacity, told.verdict) == (None, None, "unknown")


def test_the_day_on_which_it_became_impossible_may_lie_behind() -> None:
    held = talks("01-08", "01-09")
    told = forecast(held, 20, START, END, dt.date(2018, 2, 26), WINTER, weekly_capacity=5)
    # one a day, two held: 18 need 18 working days; the 18 left begin on 31 January (18 = 31 Jan – 9 Feb: 8, then 10).
    assert (told.verdict, told.impossible_from) == ("impossible", dt.date(2018, 2, 1))


def test_appointments_are_not_talks_and_a_talk_today_is() -> None:
    told = forecast(talks("02-27", "02-28"), 2, START, END, dt.date(2018, 2, 27))
    assert (told.held, told.remaining, told.verdict) == (1, 1, "behind")


def test_each_verdict_has_a_sharp_edge() -> None:
    """Two working weeks, 8–19 January: the same pace as needed is enough; a capacity is read off after ten days."""
    monday, friday = dt.date(2018, 1, 8), dt.date(2018, 1, 19)

    def told(held: list[dt.date], needed: int, today: int, end: dt.date = friday, capacity: int | None = None) -> Pace:
        return forecast(held, needed, monday, end, dt.date(2018, 1, today), weekly_capacity=capacity)

    three = talks("01-08", "01-09", "01-10")
    assert [told(three, needed, today=15).verdict for needed in (6, 7)] == ["on_course", "behind"]
    assert [told(three, 9, today, dt.date(2018, 1, 31)).capacity for today in (19, 22)] == [None, 3]
    assert [told([], 10, today, capacity=5).verdict for today in (8, 9)] == ["unknown", "impossible"]
    assert told([], 10, 8, capacity=5).impossible_from == dt.date(2018, 1, 9)


def test_two_talks_on_the_last_day_leave_room_for_a_third() -> None:
    assert forecast([END, END], 3, START, END, END, weekly_capacity=5).verdict == "behind"


def test_after_the_end_what_is_missing_stays_missing() -> None:
    late = dt.date(2018, 3, 10)
    assert forecast([], 1, START, END, late).verdict == "impossible"
    assert forecast([END], 1, START, END, late).verdict == "done"


def test_a_period_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2018-03-09"):
        forecast([], 1, END, START, START)


def test_it_is_said_in_plain_words() -> None:
    told = forecast([], 36, START, END, dt.date(2018, 1, 9), WINTER, weekly_capacity=5)
    assert told.text("de") == (
        "0 von 36 Gesprächen sind geführt. 36 fehlen noch. Mit 5 Gesprächen je Woche, wie angegeben, ist das seit dem "
        "8. Januar 2018 nicht mehr zu schaffen. Zu überlegen ist, wer helfen kann, was Vorrang hat oder ob verlängert "
        "wird."
    )
    slow = forecast(talks("01-08", "01-09", "01-16"), 39, START, END, dt.date(2018, 1, 22), WINTER)
    assert "Auch wenn jede Woche so gut liefe wie die bisher beste (2 Gespräche)" in slow.text("de")
    assert "Die Zeit dafür ist abgelaufen." in forecast([], 1, START, END, dt.date(2018, 3, 10)).text("de")
    early = forecast([START], 3, START, END, dt.date(2018, 1, 3), WINTER, weekly_capacity=5)
    assert early.text("de") == (
        "1 von 3 Gesprächen ist geführt. 2 fehlen noch; in den 7,6 Arbeitswochen, die bleiben, sind das 0,3 je Woche. "
        "Für eine Vorhersage ist es zu früh. Wird bis dahin keines geführt, ist Vollständigkeit ab dem 9. März 2018 nicht "
        "mehr zu erreichen. Gerechnet mit 5 Gesprächen je Woche, wie angegeben."
    )
    assert forecast([START], 1, START, END, END).text("en") == "1 of 1 conversation has been held. None is missing."


@pytest.mark.parametrize(
    ("held", "today", "capacity", "sentence"),
    [
        ([], END, 50, "10 fehlen noch, Zeit dafür: 1 Arbeitstag. Bisher waren es 0,0 je Woche."),
        ([], dt.date(2018, 3, 8), 50, "10 fehlen noch, Zeit dafür: 2 Arbeitstage. Bisher waren es 0,0 je Woche."),
        (
            [dt.date(2018, 3, 7)] * 9,
            END,
            50,
            "Ein Gespräch fehlt noch, Zeit dafür: 1 Arbeitstag. Bisher waren es 1,2 je Woche.",
        ),
        ([], dt.date(2018, 3, 5), 50, "In den 1,0 Arbeitswochen, die bleiben, müssten es 10,0 je Woche sein"),
    ],
)
def test_less_than_a_week_is_told_in_days(held: list[dt.date], today: dt.date, capacity: int, sentence: str) -> None:
    """ "In den 0,2 Arbeitswochen, die bleiben, müssten es 50,0 je Woche sein" helps nobody."""
    assert sentence in forecast(held, 10, START, END, today, WINTER, weekly_capacity=capacity).text("de")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("held", [0, 9])
def test_the_last_week_has_words_for_every_forecast(language: str, held: int) -> None:
    end = dt.date(2018, 1, 8)
    early = forecast([START] * held, 10, START, end, end, weekly_capacity=50)
    late = forecast([dt.date(2018, 3, 1)] * held, 10, START, END, END, WINTER, weekly_capacity=50)
    quick = forecast([START] * 49, 50, dt.date(2018, 2, 26), END, END, weekly_capacity=50)
    assert all(pace.text(language) for pace in (early, late, quick))


DAYS = st.dates(START, END)


@given(st.lists(DAYS, max_size=30), st.integers(0, 30), DAYS, st.sets(DAYS), st.none() | st.integers(0, 9))
def test_more_talks_never_make_it_worse(
    held: list[dt.date], needed: int, today: dt.date, closed: set[dt.date], capacity: int | None
) -> None:
    before = forecast(held, needed, START, END, today, closed, capacity)
    after = forecast([*held, START], needed, START, END, today, closed, capacity)
    assert after.remaining <= before.remaining
    assert (before.verdict == "done") == (before.remaining == 0)
    if capacity is not None and before.impossible_from and after.impossible_from:
        assert after.impossible_from >= before.impossible_from
    for pace in (before, after):
        assert pace.text("de")
        assert pace.text("en")
