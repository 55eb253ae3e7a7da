"""Whatever days stand in a plan, it is answered, in sentences that can be said."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.language import Language
from staffelstab.timetable.lint.item_dates import dates
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.slots import with_dates
from staffelstab.timetable.plan.when import Status, When
from tests.timetable.lint.plans import PARTY, planned, source

FIRST, LAST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""Days that a plan file may hold."""

DAYS = st.one_of(
    st.dates(FIRST, LAST), st.dates(dt.date(2017, 11, 1), dt.date(2018, 11, 1)), st.sampled_from([FIRST, LAST])
)
STATUSES = st.sampled_from(["adopted", "derived", "assumed", "confirmed", "amended"])
PARTS = ("text", "why", "proposal")
MOVABLE = [date.name for date in dates(planned(PARTY)) if date.name not in {"resolution", "certified"}]
CHANGES = st.lists(
    st.tuples(st.sampled_from(MOVABLE), DAYS, STATUSES, st.lists(DAYS, max_size=3)), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None)
@given(CHANGES)
def test_every_finding_about_any_dates_can_be_said(changes: list[tuple[str, dt.date, Status, list[dt.date]]]) -> None:
    """A few dates anywhere, in any standing, with or without candidates."""
    changed = {name: When(day, status, candidates=tuple(sorted(more))) for name, day, status, more in changes}
    plan = with_dates(planned(PARTY), changed)
    for item in lint(plan, source(PARTY)):
        for language in ("de", "en"):
            words = Language(language)
            sentences = [words.say(f"lint.{item.code}.{part}", folder="akte", **item.facts) for part in PARTS]
            assert [said for said in sentences if not said.strip()] == []
