"""The forms without Prefect: every field that a person fills in reaches the entry, and the moment is the one given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from flows.amendment import amendment
from flows.decision import decision
from staffelstab.service.survey import gather_case
from staffelstab.submissions.case.contents import Decision
from staffelstab.timetable.plan.model import Count
from tests.conftest import at, within
from tests.service.small_folder import changes, folder, run_at

SESSION = "lv-2018-01-19"
EVENING = at("2018-01-19 21:30")
MOVE = ("lv-2018-03-09", dt.date(2018, 3, 16))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "akte")


def decided(root: Path) -> Decision:
    """What the session is known to have done."""
    found = gather_case(run_at(root, "2018-02-01")).decision(SESSION)
    assert found is not None
    return found


def test_what_a_session_did_is_entered_with_the_votes_that_were_counted(root: Path) -> None:
    within(root, decision.fn, SESSION, "adopted", yes=9, no=2, abstentions=3, now=EVENING)

    found = decided(root)
    assert (found.session, found.outcome, found.at) == (SESSION, "adopted", EVENING)
    assert found.vote == Count(yes=9, no=2, abstentions=3)
    assert (found.assumed, found.former) == (False, None)


def test_votes_nobody_counted_stay_unknown_and_what_is_assumed_is_called_so(root: Path) -> None:
    within(root, decision.fn, SESSION, "noted", assumed=True, now=EVENING)

    found = decided(root)
    assert (found.outcome, found.vote, found.assumed) == ("noted", Count(), True)


def test_a_correction_puts_another_outcome_in_place_of_the_first(root: Path) -> None:
    within(root, decision.fn, SESSION, "noted", now=EVENING)
    within(root, decision.fn, SESSION, "discussed", correction=True, now=at("2018-01-20 09:00"))

    found = decided(root)
    assert found.outcome == "discussed"
    assert found.former is not None


@pytest.mark.parametrize("authorised", [False, True])
def test_a_moved_day_is_entered_in_the_name_of_who_decided_it_and_where(root: Path, authorised: bool) -> None:
    reason = root / "amendments/begruendung-lv-2018-03-09-2018-03-16.txt"
    reason.parent.mkdir()
    reason.write_text("Der Saal ist am 9. März vergeben.", encoding="utf-8")

    within(root, amendment.fn, *MOVE, by="landesvorstand", session=SESSION, authorised=authorised, now=EVENING)

    [entry] = changes(root)
    assert (entry.kind, entry.subject, entry.at) == ("amended", "lv-2018-03-09", EVENING)
    assert (entry.facts["date"], entry.facts["by"], entry.facts["session"]) == (
        "2018-03-16",
        "landesvorstand",
        SESSION,
    )
    assert entry.facts.get("authorised", False) is authorised
