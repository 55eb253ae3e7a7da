"""Every date of the example plans, put where the resolution does not put it, is found (R32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from staffelstab.timetable.lint.item_dates import Date, dates, known
from staffelstab.timetable.lint.overview_rows import window
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import mentions
from tests.timetable.lint.plans import (
    CHOIR,
    CLEAN,
    PARTY,
    by_dates,
    candidate_moved,
    found,
    keys,
    moved,
    planned,
    source,
)

PLANS = {"party": PARTY, "choir": CHOIR, "clean": CLEAN["de"]}
SHIFTS = (-731, -366, -365, -120, -62, -31, 31, 62, 120, 365, 366, 731)
"""Days by which a date is moved: into another month or another year."""
ELSEWHERE = 400
"""Days that lead out of every overview and every sentence."""


def mutations(folder: Path) -> Iterator[tuple[Date, When]]:
    """Each date moved by each shift that leads out of its months, as if written so, and otherwise as it is."""
    for date, day in known(planned(folder)):
        for shift in SHIFTS:
            there = day + dt.timedelta(days=shift)
            if not _allowed(date, there):
                yield date, When(there)
                if date.when.status == "adopted":
                    yield date, msgspec.structs.replace(date.when, date=there)


def _allowed(date: Date, day: dt.date) -> bool:
    """Whether the overview of its phase or a period in its sentence ("August / September 2018") holds the day."""
    months = window(date.phase) if date.phase and date.phase.overview else None
    if months:
        return months.holds(day)
    return any(item.grain != "day" and item.first <= day <= item.last for item in mentions(date.item.quote, day))


@pytest.mark.parametrize("folder", PLANS.values(), ids=PLANS)
def test_a_date_outside_its_months_is_found_at_its_place(folder: Path) -> None:
    plan, text = planned(folder), source(folder)
    before = by_dates(plan, text)
    changed = list(mutations(folder))
    silent = [
        (date.name, when.date)
        for date, when in changed
        if date.path not in {path for _, path in by_dates(moved(plan, date.name, when), text) - before}
    ]
    assert (silent, {date.name for date, _ in changed}) == ([], {date.name for date, _ in known(plan)})


@pytest.mark.parametrize("folder", PLANS.values(), ids=PLANS)
def test_a_date_a_single_day_off_what_its_sentence_says_is_found(folder: Path) -> None:
    exact = {"phases.start", "phases.end", "sessions.date", "calls.deadline", "resolution.date", "certified.date"}
    fixed = [
        (date, day) for date, day in known(planned(folder)) if date.part in exact and date.when.status == "adopted"
    ]
    silent = [
        (date.name, shift)
        for date, day in fixed
        for shift in (-1, 1)
        if ("other_day", date.path)
        not in by_dates(moved(planned(folder), date.name, When(day + dt.timedelta(days=shift))), source(folder))
    ]
    assert (silent, len(fixed) > 5) == ([], True)


def test_a_candidate_outside_what_can_be_meant_is_found() -> None:
    plan, before = planned(PARTY), keys(found(PARTY))
    several = [date for date in dates(plan) if date.when.candidates]
    silent = [
        (date.name, at)
        for date in several
        for at, day in enumerate(date.when.candidates)
        if not keys(lint(candidate_moved(plan, date.name, at, day + dt.timedelta(days=ELSEWHERE)), source(PARTY)))
        - before
    ]
    assert [date.name for date in several] == ["wahlauswertung", "lv-2018-08-17", "koordination.until"]
    assert silent == [("koordination.until", 1)]  # "bis zum September 2018": no sentence says until when it may be read


def test_a_proposal_that_is_no_candidate_is_found() -> None:
    plan = planned(PARTY)
    session = next(date for date in dates(plan) if date.name == "lv-2018-08-17")
    other = moved(plan, session.name, msgspec.structs.replace(session.when, date=dt.date(2018, 8, 16)))
    assert ("day_not_possible", session.path) in keys(lint(other, source(PARTY)))


def test_a_date_that_was_confirmed_or_moved_is_not_held_against_the_old_sentence() -> None:
    plan = planned(CLEAN["de"])
    session = next(date for date in dates(plan) if date.name == "vorstand-maerz")
    amended = When(dt.date(2025, 3, 27), status="amended", former=session.when.date)
    assert lint(moved(plan, session.name, amended), source(CLEAN["de"])) == ()
