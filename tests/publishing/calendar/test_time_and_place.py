"""Sessions with a time and a place, the zone they are in, and alarms that ring at nine at the organisation's seat."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest

from staffelstab.publishing.calendar.calendar_files import timetable
from staffelstab.publishing.calendar.time_zone import component, observances
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When
from tests.publishing.calendar.rfc5545 import lines
from tests.publishing.calendar.test_timetable import EXAMPLES, by_uid, example

EVENING = dt.time(18, 30)


def with_times(
    name: str = EXAMPLES[0], time: dt.time = EVENING, place: str = "Haus der Begegnung, Großer Saal"
) -> Plan:
    plan = example(name)
    sessions = tuple(msgspec.structs.replace(item, time=time, place=place) for item in plan.sessions)
    return msgspec.structs.replace(plan, sessions=sessions)


def test_a_session_with_a_time_begins_on_the_clocks_of_the_plans_zone() -> None:
    written = lines(timetable(with_times()))
    assert "DTSTART;TZID=Europe/Berlin:20180309T183000" in written
    assert "LOCATION:Haus der Begegnung\\, Großer Saal" in written
    event = by_uid(timetable(with_times()))["lv-2018-03-09.session"]
    assert (event["DTSTART"], event["LOCATION"]) == ("20180309T183000", "Haus der Begegnung, Großer Saal")
    assert "DTEND" not in event, "how long a session lasts no plan says"


def test_without_a_time_a_place_is_told_and_no_zone_is_described() -> None:
    plan = example()
    sessions = tuple(msgspec.structs.replace(item, place="Dresden") for item in plan.sessions)
    data = timetable(msgspec.structs.replace(plan, sessions=sessions))
    event = by_uid(data)["lv-2018-03-09.session"]
    assert (event["DTSTART"], event["DTEND"], event["LOCATION"]) == ("20180309", "20180310", "Dresden")
    assert b"VTIMEZONE" not in data


def test_the_zone_is_described_by_what_the_clocks_showed_before_they_changed() -> None:
    """RFC 5545, 3.6.5: in Berlin summer time begins at 02:00 and ends at 03:00."""
    written = "\n".join(lines(timetable(with_times())))
    assert written.count("BEGIN:VTIMEZONE") == 1
    for block in (
        "BEGIN:DAYLIGHT\nDTSTART:20180325T020000\nTZNAME:CEST\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT",
        "BEGIN:STANDARD\nDTSTART:20181028T030000\nTZNAME:CET\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD",
    ):
        assert block in written


@pytest.mark.parametrize(
    "key",
    [
        "Europe/Berlin",
        "Europe/London",
        "Europe/Dublin",
        "America/Havana",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "UTC",
    ],
)
def test_a_second_reader_gets_every_day_of_three_years_right_from_the_description_alone(key: str) -> None:
    """dateutil, which vobject reads zones with, follows our observances and asks no table of its own."""
    tz: Any = pytest.importorskip("dateutil.tz", reason="no dateutil, which reads zones")
    zone = ZoneInfo(key)
    text = component(zone, 2017, 2019).to_ical().decode()
    read = tz.tzical(StringIO(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")).get()
    moments = [
        dt.datetime.fromisoformat("2017-01-01 12:00") + dt.timedelta(days=n, minutes=37 * n % 600) for n in range(1095)
    ]
    wrong = [at for at in moments if at.replace(tzinfo=read).utcoffset() != at.replace(tzinfo=zone).utcoffset()]
    assert wrong == []


def test_the_onset_of_a_zone_is_found_to_the_second() -> None:
    found = list(observances(ZoneInfo("America/Havana"), 2018, 2018))
    assert [(item.onset.isoformat(), item.summer) for item in found] == [
        ("2017-12-31T19:00:00", False),
        ("2018-03-11T00:00:00", True),
        ("2018-11-04T01:00:00", False),
    ]


@pytest.mark.parametrize(
    ("zone", "day", "rings"),
    [
        ("Europe/Berlin", "2018-03-24", "20180323T080000Z"),
        ("Europe/Berlin", "2018-03-25", "20180324T080000Z"),  # rung on the day before the clocks change
        ("Europe/Berlin", "2018-03-26", "20180325T070000Z"),  # on the very day
        ("Europe/Berlin", "2018-10-28", "20181027T070000Z"),
        ("Europe/Berlin", "2018-10-29", "20181028T080000Z"),
        ("America/New_York", "2018-03-12", "20180311T130000Z"),
        ("Asia/Kolkata", "2018-03-26", "20180325T033000Z"),
    ],
)
@pytest.mark.parametrize("time", [None, EVENING])
def test_an_alarm_rings_at_nine_at_the_organisations_seat(
    zone: str, day: str, rings: str, time: dt.time | None
) -> None:
    plan = example()
    session = msgspec.structs.replace(plan.session("lv-2018-03-09"), date=When(dt.date.fromisoformat(day)), time=time)
    plan = msgspec.structs.replace(plan, timezone=zone, sessions=(session,))
    assert by_uid(timetable(plan))["lv-2018-03-09.session"]["ALARM"] == rings


def test_an_alarm_four_weeks_before_rings_at_nine_although_the_clocks_change_in_between() -> None:
    plan = example()
    assert plan.timezone == "Europe/Berlin"
    event = by_uid(timetable(plan))["resubmission.resubmission.2019-09-20"]
    first, last = (dt.datetime.strptime(at, "%Y%m%dT%H%M%S%z").astimezone(plan.zone) for at in event["ALARM"].split())
    assert [first.isoformat(), last.isoformat()] == ["2019-08-23T09:00:00+02:00", "2019-09-19T09:00:00+02:00"]
    moved = msgspec.structs.replace(
        plan,
        events=tuple(
            msgspec.structs.replace(item, date=When(dt.date(2019, 4, 5))) if item is plan.occasion else item
            for item in plan.events
        ),
    )
    rings = by_uid(timetable(moved))["resubmission.resubmission"]["ALARM"]
    assert rings == "20190308T080000Z 20190404T070000Z"


@pytest.mark.parametrize("name", EXAMPLES)
def test_strict_reading_finds_nothing_wrong(name: str) -> None:
    for plan in (example(name), with_times(name)):
        calendar = icalendar.Calendar.from_ical(timetable(plan))
        assert [item.errors for item in calendar.walk() if item.errors] == []
        for event in calendar.walk("VEVENT"):
            assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED"} <= set(event)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_second_program_reads_time_zone_and_place(name: str) -> None:
    vobject: Any = pytest.importorskip("vobject", reason="no vobject, the second reader of calendars")
    plan = with_times(name)
    parsed = vobject.readOne(timetable(plan).decode("utf-8"))
    sessions = [event for event in parsed.vevent_list if ".session@" in event.uid.value]
    assert len(sessions) == len(plan.sessions)
    for event in sessions:
        start = event.dtstart.value
        right = dt.datetime.combine(start.date(), EVENING, plan.zone)
        assert (start.astimezone(dt.UTC), event.location.value) == (right.astimezone(dt.UTC), plan.sessions[0].place)
