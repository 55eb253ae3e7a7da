"""Confirming in a working folder: a proposal, an assumption or an unknown holds from now on (R45, R58, R83)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.errors import PlanError, RecordError
from staffelstab.service.confirm_dates import confirm
from staffelstab.service.move_dates import move
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from staffelstab.workspace import find
from tests.conftest import at
from tests.service.small_folder import changes, drafts, folder, run_at

Day = dt.date
DESK = "2018-01-20 10:00"
BOARD = Authority("landesvorstand")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "akte")


def test_a_confirmed_proposal_is_an_entry_and_holds(root: Path) -> None:
    """R45."""
    done = confirm(run_at(root, DESK), "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    [entry] = changes(root)
    assert (entry.kind, entry.subject, entry.phase, entry.object) == ("confirmed", "lv-2018-08-17", "phase-5", None)
    assert entry.facts == {"date": "2018-08-17", "by": "landesvorstand", "from": "2018-08-17", "session": ""}
    assert done.preview is not None
    assert [finding.code for finding in done.preview.gone] == ["day_proposed"]
    date = find(root).plan(at("2018-01-21")).session("lv-2018-08-17").date
    assert (date.status, date.certain, date.candidates) == ("confirmed", True, ())


def test_said_twice_it_is_one_and_a_changed_mind_is_another(root: Path) -> None:
    first = confirm(run_at(root, DESK), "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    again = confirm(run_at(root, "2018-01-21"), "lv-2018-08-17", Day(2018, 8, 17), Authority("Landesvorstand"))
    assert (again.repeated, again.entries) == (True, first.entries)
    confirm(run_at(root, "2018-01-22"), "lv-2018-08-17", Day(2018, 8, 18), BOARD)
    assert [entry.facts["date"] for entry in changes(root)] == ["2018-08-17", "2018-08-18"]
    assert find(root).plan(at("2018-01-23")).session("lv-2018-08-17").date.date == Day(2018, 8, 18)


def test_what_was_confirmed_and_held_is_not_confirmed_to_another_day(root: Path) -> None:
    confirm(run_at(root, DESK), "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    with pytest.raises(RecordError) as raised:
        confirm(run_at(root, "2018-08-30"), "lv-2018-08-17", Day(2018, 8, 18), BOARD)
    assert raised.value.key == "amend.error.held"
    assert confirm(run_at(root, "2018-08-30"), "lv-2018-08-17", Day(2018, 8, 17), BOARD).repeated
    assert len(changes(root)) == 1


def test_what_really_was_the_day_is_confirmed_afterwards(root: Path) -> None:
    confirm(run_at(root, "2018-08-30"), "lv-2018-08-17", Day(2018, 8, 18), BOARD)
    assert find(root).plan(at("2018-08-31")).session("lv-2018-08-17").date.date == Day(2018, 8, 18)


def test_what_was_recorded_under_a_clock_that_is_ahead_is_not_passed_over(root: Path) -> None:
    """The phase would end before it begins, and nobody could open the plan."""
    move(run_at(root, "2018-01-20 10:04"), Wish("phase-3.end", Day(2018, 4, 30)), BOARD, "Kürzer.")
    early = run_at(root, "2018-01-20 10:01")
    with pytest.raises(RecordError) as raised:
        move(early, Wish("phase-3.start", Day(2018, 5, 10)), BOARD, "Später.")
    assert raised.value.key == "amend.error.meanwhile"
    with pytest.raises(RecordError) as raised:
        confirm(early, "lv-2018-08-17", Day(2018, 8, 17), BOARD)
    assert raised.value.key == "amend.error.meanwhile"
    assert len(changes(root)) == 1
    assert find(root).plan(at("2018-01-21")).phase(3).end.date == Day(2018, 4, 30)


def test_what_the_board_really_decided_need_not_be_a_candidate(root: Path) -> None:
    confirm(run_at(root, DESK), "wahlauswertung", Day(2019, 9, 27), BOARD)
    assert find(root).plan(at("2018-01-21")).days_of_return == (Day(2019, 9, 27),)


def test_an_audience_and_a_reading_are_confirmed_without_a_day(root: Path) -> None:
    """R58, R83."""
    confirm(run_at(root, "2018-01-20"), "call-2.audience", None, Authority("landesvorstand", "lv-2018-01-19"))
    confirm(run_at(root, "2018-01-20"), "fraktionen", None, BOARD)
    assert confirm(run_at(root, "2018-01-20"), "fraktionen", None, BOARD).repeated
    plan = find(root).plan(at("2018-01-21"))
    assert plan.call("call-2").audience.proposed == ()
    assert [entry.facts["session"] for entry in changes(root)] == ["lv-2018-01-19", ""]


@pytest.mark.parametrize(
    ("item", "date", "by", "session", "key"),
    [
        ("lv-2018-04-13", Day(2018, 4, 20), "landesvorstand", "", "amend.error.stands"),
        ("resolution", Day(2018, 4, 20), "landesvorstand", "", "amend.error.stands"),
        ("lv-2018-08-17", None, "landesvorstand", "", "amend.error.which_day"),
        ("lv-2018-08-17", Day(2018, 6, 1), "landesvorstand", "", "amend.error.will_not_do"),
        ("lv-2018-08-17", Day(2018, 8, 17), "niemand", "", "amend.error.unknown_actor"),
        ("lv-2018-08-17", Day(2018, 8, 17), " ", "", "amend.error.by_whom"),
        ("lv-2018-08-17", Day(2018, 8, 17), "landesvorstand", "lv-2018-03-09", "steps.session_to_come"),
        ("lv-2018-08-17", Day(2018, 8, 17), "landesvorstand", "lv-1", "steps.unknown_session"),
        ("lv-2018-08", Day(2018, 8, 17), "landesvorstand", "", "amend.error.unknown_item"),
        ("phase-6.end", Day(2018, 12, 1), "landesvorstand", "", "amend.error.open"),
        ("call-2.audience", Day(2018, 4, 13), "landesvorstand", "", "amend.error.takes_no_day"),
        ("call-1.audience", None, "landesvorstand", "", "amend.error.nothing_open"),
        ("strukturen", None, "landesvorstand", "", "amend.error.nothing_open"),
    ],
)
def test_checked_whole_before_anything_is_written(
    root: Path, item: str, date: dt.date | None, by: str, session: str, key: str
) -> None:
    with pytest.raises(RecordError) as raised:
        confirm(run_at(root, DESK), item, date, Authority(by, session))
    assert raised.value.key == key
    assert (changes(root), drafts(root)) == ([], {})


def test_a_name_that_the_file_has_lost_is_a_sentence(root: Path) -> None:
    confirm(run_at(root, DESK), "fraktionen", None, BOARD)
    file = root / "plan.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('id = "fraktionen"\nname = "Fraktionen"\nactors', 'id = "fraktion"\nname = "Fraktionen"\nactors')
    )
    with pytest.raises(PlanError) as raised:
        run_at(root, "2018-01-21")
    assert raised.value.text("de").startswith("In der Akte steht, dass „fraktionen“ bestätigt oder verlegt wurde")
