"""Who was told the old day, by the letters in the journal."""

from __future__ import annotations

import datetime as dt

from staffelstab.ledger.values import Entry
from staffelstab.timetable.amend.affected import affected
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.plan.load import load_plan
from tests.timetable.amend.previews import PARTY

Day = dt.date


def written(key: str, *to: str) -> Entry:
    """A letter as journalled."""
    at = dt.datetime(2018, 3, 2, tzinfo=dt.UTC)
    return Entry(1, at, "letter", "", "", "", f"letter:{key}", {"to": list(to)}, None, None, "", "")


def test_whoever_got_a_letter_about_the_very_item_is_told_of_the_change() -> None:
    plan = load_plan(PARTY)
    letters = [
        written("papers:lv-2018-03-09", "lwz"),
        written("papers:lv-2018-03-09-sonder", "landtagsfraktion"),
        written("reminder:call-1:2018-01-07", "kreisverbaende"),
        written("reminder:call-12:2018-01-07", "landesgruppe"),
    ]
    session = Consequence("moved", "lv-2018-03-09", "", Day(2018, 3, 9), Day(2018, 3, 16))
    assert affected(plan, [session], letters) == ("landesvorstand", "lwz")
    call = Consequence("moved", "call-1.deadline", "", Day(2018, 1, 14), Day(2018, 1, 16))
    assert {"kreisverbaende", "landesgruppe"} & set(affected(plan, [call], letters)) == {"kreisverbaende"}
