"""What changed since the plan was adopted, as calendars must hear of it: one entry, one UID, a higher SEQUENCE each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.errors import PlanError
from staffelstab.publishing.calendar.calendar_files import resubmission, timetable
from staffelstab.publishing.calendar.editions import Edition, editions
from staffelstab.timetable.plan.change import Change, ChangeKind, RecordedChange
from staffelstab.timetable.plan.load import plan_from, plan_text
from tests.conftest import ROOT, at
from tests.publishing.calendar.rfc5545 import events
from tests.publishing.calendar.test_timetable import EXAMPLES, by_uid, example

PARTY = ROOT / "examples" / EXAMPLES[0]


def change(item: str, day: str, moment: str, kind: ChangeKind = "amended") -> RecordedChange:
    return RecordedChange(Change(item, kind, dt.date.fromisoformat(day)), at(moment), "koordination")


def published(*changes: RecordedChange, language: str | None = None) -> dict[str, dict[str, str]]:
    """The timetable after these changes, by the part of the UID before the @."""
    example()
    known = editions(PARTY, changes)
    return by_uid(timetable(known[-1].plan, language, known))


def touched(changes: Sequence[RecordedChange]) -> dict[str, tuple[str, str]]:
    """(SEQUENCE, day) of every entry that a change has touched."""
    found = published(*changes).items()
    return {name: (event["SEQUENCE"], event["DTSTART"]) for name, event in found if event["SEQUENCE"] != "0"}


MOVED = change("lv-2018-03-09", "2018-03-16", "2018-02-20 18:00")


def test_a_moved_session_keeps_its_name_and_says_where_it_was() -> None:
    event = published(MOVED)["lv-2018-03-09.session"]
    assert (event["DTSTART"], event["SEQUENCE"], event["STATUS"]) == ("20180316", "1", "CONFIRMED")
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20180220T170000Z"
    assert event["ALARM"] == "20180315T080000Z"
    assert event["DESCRIPTION"].endswith("\n\nUrsprünglich: 9. März 2018; verlegt am 20. Februar 2018.")
    assert published(MOVED, language="en")["lv-2018-03-09.session"]["DESCRIPTION"].endswith(
        "Originally: 9 March 2018; moved on 20 February 2018."
    )


def test_what_hangs_on_the_session_by_a_rule_has_changed_as_well_and_nothing_else() -> None:
    assert touched([MOVED]) == {
        "lv-2018-03-09.session": ("1", "20180316"),
        "lv-2018-03-09.papers_due": ("1", "20180309"),
    }


def test_a_day_that_hangs_on_an_event_goes_along_and_its_papers_with_it() -> None:
    """The session has no day of its own in the file, only the rule; here nobody has confirmed the day it gives."""
    text = plan_text(PARTY / "plan.toml").replace("date = 2018-08-17, status", "status")
    changes = (Change("lpt", "amended", dt.date(2018, 9, 1)),)
    known = tuple(Edition(plan_from(text, changes=changes[:n]), at("2018-06-01 12:00")) for n in range(2))
    found = by_uid(timetable(known[-1].plan, editions=known))
    assert {name: event["DTSTART"] for name, event in found.items() if event["SEQUENCE"] == "1"} == {
        "lpt.event": "20180901",
        "lv-2018-08-17.session": "20180825",
        "lv-2018-08-17.papers_due": "20180818",
    }
    assert found["lv-2018-08-17.session"]["STATUS"] == "TENTATIVE"


def test_every_further_change_counts_and_the_first_day_stays_the_original_one() -> None:
    back = change("lv-2018-03-09", "2018-03-23", "2018-03-01 09:00")
    event = published(MOVED, back)["lv-2018-03-09.session"]
    assert (event["SEQUENCE"], event["LAST-MODIFIED"]) == ("2", "20180301T080000Z")
    assert event["DESCRIPTION"].endswith("Ursprünglich: 9. März 2018; verlegt am 1. März 2018.")


def test_what_is_changed_twice_at_one_instant_counts_twice() -> None:
    """A plan shown as it stood at a moment: the first change was published before the second."""
    again = change("lv-2018-03-09", "2018-03-23", "2018-02-20 18:00")
    event = published(MOVED, again)["lv-2018-03-09.session"]
    assert (event["DTSTART"], event["SEQUENCE"]) == ("20180323", "2")


def test_a_confirmed_day_is_a_fact_and_its_doubts_are_no_longer_told() -> None:
    confirmed = change("lv-2018-08-17", "2018-08-17", "2018-07-03 10:00", "confirmed")
    event = published(confirmed)["lv-2018-08-17.session"]
    assert (event["DTSTART"], event["SEQUENCE"], event["STATUS"]) == ("20180817", "1", "CONFIRMED")
    assert event["SUMMARY"] == "Erste Sitzung des Landesvorstands nach der Sommerpause (Beschluss)"
    assert event["DESCRIPTION"].endswith("\n\nDieser Tag wurde am 3. Juli 2018 bestätigt.")
    for doubt in ("In Frage kommen", "abgeleitet", "zu bestätigen"):
        assert doubt not in event["DESCRIPTION"]


def test_confirmed_on_the_other_candidate_the_day_expected_is_told() -> None:
    confirmed = change("lv-2018-08-17", "2018-08-18", "2018-07-03 10:00", "confirmed")
    event = published(confirmed)["lv-2018-08-17.session"]
    assert event["DTSTART"] == "20180818"
    assert event["DESCRIPTION"].endswith(
        "\n\nUrsprünglich vorgesehen: 17. August 2018.\n\nDieser Tag wurde am 3. Juli 2018 bestätigt."
    )


RETURN = "resubmission.resubmission"


def test_the_candidate_that_holds_keeps_its_name_and_the_other_is_cancelled() -> None:
    found = published(change("wahlauswertung", "2019-09-20", "2019-05-02 12:00", "confirmed"))
    held, gone = found[f"{RETURN}.2019-09-20"], found[f"{RETURN}.2019-06-14"]
    assert (held["STATUS"], held["SEQUENCE"], held["DTSTART"]) == ("CONFIRMED", "1", "20190920")
    assert "weiß heute niemand" not in held["DESCRIPTION"]
    assert (gone["STATUS"], gone["SEQUENCE"], gone["DTSTART"]) == ("CANCELLED", "1", "20190614")
    assert gone["SUMMARY"] == "Entfällt: Wiedervorlage des Konzepts (Auswertung der Wahlen des Jahres 2019)"
    assert gone["DESCRIPTION"] == (
        "Dieser Tag kommt nicht mehr in Frage. Seit dem 2. Mai 2019 steht fest: 20. September 2019."
    )
    assert ("ALARM" in gone, gone["TRANSP"]) == (False, "TRANSPARENT")


def test_confirmed_on_neither_candidate_the_first_goes_there() -> None:
    found = published(change("wahlauswertung", "2019-10-04", "2019-05-02 12:00", "confirmed"))
    assert (found[f"{RETURN}.2019-06-14"]["DTSTART"], found[f"{RETURN}.2019-06-14"]["STATUS"]) == (
        "20191004",
        "CONFIRMED",
    )
    assert found[f"{RETURN}.2019-09-20"]["STATUS"] == "CANCELLED"
    assert len([name for name in found if name.startswith(RETURN)]) == 2


def test_what_was_cancelled_stays_so_when_the_day_moves_again() -> None:
    first = change("wahlauswertung", "2019-09-20", "2019-05-02 12:00", "confirmed")
    found = published(first, change("wahlauswertung", "2019-06-14", "2019-05-20 12:00"))
    assert (found[f"{RETURN}.2019-09-20"]["DTSTART"], found[f"{RETURN}.2019-09-20"]["SEQUENCE"]) == ("20190614", "2")
    assert (found[f"{RETURN}.2019-06-14"]["STATUS"], found[f"{RETURN}.2019-06-14"]["SEQUENCE"]) == ("CANCELLED", "1")


def test_the_resubmission_alone_has_the_timetables_entries_after_a_change_too() -> None:
    known = editions(PARTY, [change("wahlauswertung", "2019-09-20", "2019-05-02 12:00", "confirmed")])
    alone = events(resubmission(known[-1].plan, editions=known))
    whole = events(timetable(known[-1].plan, editions=known))
    assert alone == [event for event in whole if event["UID"].startswith("resubmission.")]
    assert [event["STATUS"] for event in alone] == ["CANCELLED", "CONFIRMED"]


def test_a_moved_deadline_takes_its_reminders_along_under_their_names() -> None:
    moved = change("call-1.deadline", "2018-01-10", "2017-12-20 12:00")
    assert touched([moved]) == {
        "call-1.call_opens": ("1", "20171215"),  # it says when the deadline is
        "call-1.reminder.2018-01-07": ("1", "20180103"),
        "call-1.reminder.2018-01-12": ("1", "20180108"),
        "call-1.call_deadline": ("1", "20180110"),
    }


def test_what_is_changed_at_one_instant_is_one_edition() -> None:
    """On the way between them, the phase would end before it begins, and be treated before that."""
    together = (
        change("phase-2.start", "2018-04-16", "2018-03-01 12:00"),
        change("lv-2018-04-13", "2018-04-30", "2018-03-01 12:00"),
        change("phase-2.end", "2018-04-30", "2018-03-01 12:00"),
    )
    assert [edition.at for edition in editions(PARTY, together)] == [at("2017-12-15 00:00"), at("2018-03-01 12:00")]
    assert touched(together)["phase-2.phase_start"] == ("1", "20180416")


def test_a_past_edition_that_is_no_plan_any_more_is_left_out_but_the_last_one_must_hold() -> None:
    broken = change("phase-2.start", "2018-04-16", "2018-03-01 12:00")
    mended = change("phase-2.start", "2018-03-19", "2018-03-02 12:00")
    assert [edition.at for edition in editions(PARTY, [broken, mended])] == [
        at("2017-12-15 00:00"),
        at("2018-03-02 12:00"),
    ]
    with pytest.raises(PlanError):
        editions(PARTY, [broken])


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["lv-2018-03-09", "lv-2018-08-17", "call-1.deadline", "wahlauswertung", "phase-6.end"]),
            st.dates(dt.date(2018, 9, 1), dt.date(2019, 12, 31)),
        ),
        max_size=5,
    )
)
def test_no_uid_ever_appears_or_vanishes_and_sequences_only_rise(wanted: list[tuple[str, dt.date]]) -> None:
    moment = at("2018-01-01 12:00")
    changes = [
        RecordedChange(Change(item, "amended", day), moment + dt.timedelta(days=number), "koordination")
        for number, (item, day) in enumerate(wanted)
    ]
    before = published()
    for number in range(len(changes) + 1):
        now = published(*changes[:number])
        assert set(before) <= set(now)
        assert set(now) - set(before) <= {"phase-6.phase_end"}
        risen = {name: int(now[name]["SEQUENCE"]) - int(before[name]["SEQUENCE"]) for name in before}
        different = {name for name in before if now[name] != before[name]}
        assert {name for name, by in risen.items() if by == 1} == different
        assert set(risen.values()) <= {0, 1}
        before = now


def test_the_plan_file_is_read_as_it_lies_there() -> None:
    """The editions come from the adopted plan and the ledger; the file itself never knows of a change."""
    assert "amended" not in plan_text(PARTY / "plan.toml")
