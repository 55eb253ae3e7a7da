"""The timetable as a calendar: every day of the plan, honest about which are not certain."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import msgspec
import pytest

from staffelstab.language import Language
from staffelstab.publishing.calendar.calendar_files import resubmission, timetable
from staffelstab.publishing.calendar.entry_text import deadline
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT
from tests.publishing.calendar.rfc5545 import events, lines

EXAMPLES = ("mitgliederarbeit-2018", "choir-statute")


@cache
def example(name: str = EXAMPLES[0]) -> Plan:
    place = ROOT / "examples" / name / "plan.toml"
    if not place.is_file():
        pytest.skip(f"no examples/{name}")
    return load_plan(place)


def by_uid(data: bytes) -> dict[str, dict[str, str]]:
    return {event["UID"].partition("@")[0]: event for event in events(data)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_appointment_is_there_once_and_twice_written_is_the_same(name: str) -> None:
    plan = example(name)
    data = timetable(plan)
    found = events(data)
    assert len({event["UID"] for event in found}) == len(found) == len(agenda(plan))
    assert all(event["UID"].endswith(f"@{plan.id}.staffelstab") for event in found)
    assert data == timetable(example(name))


def test_a_session_says_what_it_is_for_and_which_sentence_says_so() -> None:
    [event] = [item for item in events(timetable(example())) if item["UID"].startswith("lv-2018-03-09.session@")]
    assert event == {
        "UID": "lv-2018-03-09.session@mitgliederarbeit-2018.staffelstab",
        "DTSTAMP": "20171214T230000Z",
        "LAST-MODIFIED": "20171214T230000Z",
        "SEQUENCE": "0",
        "DTSTART": "20180309",
        "DTEND": "20180310",
        "SUMMARY": "Sitzung des Landesvorstands (Vorstellung und Diskussion)",
        "DESCRIPTION": (
            "Die Vorlage liegt vorher bereit. Was die Sitzung damit macht, bitte noch am selben Abend festhalten.\n\n"
            "Aus dem Beschluss vom 15. Dezember 2017: „Die Vorstellung und Diskussion der Ergebnisse findet in der Sitzung "
            "des Landesvorstands am 9. März 2018 statt.“"
        ),
        "CATEGORIES": "Sitzung",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "ALARM": "20180308T080000Z",
    }


def test_the_session_without_a_date_is_a_proposal_with_both_candidates() -> None:
    event = by_uid(timetable(example()))["lv-2018-08-17.session"]
    assert (event["DTSTART"], event["STATUS"]) == ("20180817", "TENTATIVE")
    assert event["SUMMARY"] == "Voraussichtlich: Erste Sitzung des Landesvorstands nach der Sommerpause (Beschluss)"
    assert "abgeleitet: 7 Tage vor „3. Tagung des 14. Landesparteitags“." in event["DESCRIPTION"]
    assert "In Frage kommen: 17. August 2018 und 18. August 2018." in event["DESCRIPTION"]


def test_what_hangs_on_an_uncertain_date_is_uncertain_and_nothing_else() -> None:
    found = by_uid(timetable(example()))
    assert sorted(uid for uid, event in found.items() if event["STATUS"] == "TENTATIVE") == [
        "call-2.call_deadline",
        "call-2.call_opens",
        "call-2.reminder",
        "koordination.handover",
        "lv-2018-08-17.papers_due",
        "lv-2018-08-17.session",
        "resubmission.resubmission.2019-06-14",
        "resubmission.resubmission.2019-09-20",
    ]
    assert all(
        event["SUMMARY"].startswith("Voraussichtlich: ") == (event["STATUS"] == "TENTATIVE") for event in found.values()
    )


def test_a_deadline_names_its_last_second_and_zone_also_in_summer_time() -> None:
    found = by_uid(timetable(example()))
    assert (
        "bis zum 14. Januar 2018, 23:59:59 Uhr (Zeitzone Europe/Berlin, UTC+01:00)"
        in found["call-1.call_deadline"]["DESCRIPTION"]
    )
    assert (
        "bis zum 9. Mai 2018, 23:59:59 Uhr (Zeitzone Europe/Berlin, UTC+02:00)"
        in found["call-2.call_deadline"]["DESCRIPTION"]
    )


def test_the_last_second_keeps_its_own_offset_where_clocks_change_at_midnight() -> None:
    plan = msgspec.structs.replace(example(), timezone="America/Havana")
    told = deadline(plan, dt.date(2018, 3, 10), Language("en"))
    assert told == "10 March 2018, 23:59:59 (time zone America/Havana, UTC-05:00)"
    assert deadline(plan, dt.date(2018, 3, 11), Language("en")).endswith("UTC-04:00)")


def test_a_reminder_planned_for_a_sunday_stands_on_the_monday_under_its_old_name() -> None:
    assert by_uid(timetable(example()))["call-1.reminder.2018-01-07"]["DTSTART"] == "20180108"


def test_an_english_calendar_of_the_same_plan() -> None:
    found = by_uid(timetable(example(), "en"))
    assert found["lv-2018-08-17.session"]["SUMMARY"].startswith("To be confirmed: ")
    assert set(found) == set(by_uid(timetable(example())))


def test_text_in_the_plan_cannot_become_a_property() -> None:
    plan = example()
    bad = "Sitzung\r\nATTENDEE:mailto:x@example.org\rX-EVIL:1\x00\u2028END:VEVENT; a, b \\n" + "ä" * 200
    hostile = msgspec.structs.replace(
        plan,
        id="x\r\nBEGIN:VALARM",
        title=bad,
        organisation=bad,
        sessions=tuple(msgspec.structs.replace(item, name=bad, quote=bad) for item in plan.sessions),
    )
    data = timetable(hostile)
    names = {line.partition(":")[0].partition(";")[0] for line in lines(data)}
    assert names == {line.partition(":")[0].partition(";")[0] for line in lines(timetable(plan))}
    assert len(events(data)) == len(events(timetable(plan)))
    shown = "Sitzung\nATTENDEE:mailto:x@example.org\nX-EVIL:1‹U+0000›\nEND:VEVENT; a, b \\n" + "ä" * 200
    assert by_uid(data)["lv-2018-01-19.session"]["SUMMARY"] == f"{shown} (Vorstellung)"


def test_the_resubmission_is_the_timetables_own_entry_with_its_owners_and_its_doubt() -> None:
    plan = example()
    alone = events(resubmission(plan))
    assert alone == [item for item in events(timetable(plan)) if item["UID"].startswith("resubmission.")]
    assert [(item["DTSTART"], item["STATUS"], item["ALARM"]) for item in alone] == [
        ("20190614", "TENTATIVE", "20190517T070000Z 20190613T070000Z"),
        ("20190920", "TENTATIVE", "20190823T070000Z 20190919T070000Z"),
    ]
    for words in (
        "Auswertung der Wahlen des Jahres 2019",
        "Mitarbeiter*in für Mitgliederbetreuung, Landesgeschäftsführer und Landesvorsitz",
        "Dieser Tag ist nicht bekannt",
    ):
        assert words in alone[0]["DESCRIPTION"]


def test_a_plan_without_resubmission_gives_no_file() -> None:
    assert resubmission(msgspec.structs.replace(example(), resubmission=None)) == b""


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_second_program_reads_the_same(name: str) -> None:
    vobject: Any = pytest.importorskip("vobject", reason="no vobject, the second reader of calendars")
    plan = example(name)
    parsed = vobject.readOne(timetable(plan).decode("utf-8"))
    read = {event.uid.value: event for event in parsed.vevent_list}
    own = {event["UID"]: event for event in events(timetable(plan))}
    assert {uid: event.summary.value for uid, event in read.items()} == {
        uid: item["SUMMARY"] for uid, item in own.items()
    }
    assert {uid: event.dtstart.value for uid, event in read.items()} == {
        uid: dt.date.fromisoformat(item["DTSTART"]) for uid, item in own.items()
    }
    sessions = [event for uid, event in read.items() if ".session@" in uid]
    rings = {(event.dtstart.value, event.valarm.trigger.value.astimezone(plan.zone)) for event in sessions}
    assert {(day - at.date(), at.time()) for day, at in rings} == {(dt.timedelta(days=1), dt.time(9))}
