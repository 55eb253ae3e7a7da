"""Subscribed to from a real server (RFC 4791): what was published is found by its days, and a change replaces the entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree

import httpx
import icalendar
import pytest

from staffelstab.publishing.calendar.calendar_files import timetable
from staffelstab.publishing.calendar.editions import editions
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.plan.change import RecordedChange
from tests.publishing.calendar.rfc5545 import events
from tests.publishing.calendar.test_editions import MOVED, PARTY, change
from tests.publishing.calendar.test_time_and_place import with_times
from tests.publishing.calendar.test_timetable import example

CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}
QUERY = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
  <D:prop><D:getetag/><C:calendar-data/></D:prop>
  <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
    <C:time-range start="{first:%Y%m%d}T000000Z" end="{last:%Y%m%d}T000000Z"/>
  </C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""
MAKE = """<?xml version="1.0"?>
<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
  <D:resourcetype><D:collection/><C:calendar/></D:resourcetype>
</D:prop></D:set></D:mkcol>"""


class Calendar:
    """One calendar on the server, as programs deal with it: one resource per UID (RFC 4791, 4.1)."""

    def __init__(self, client: httpx.Client, name: str) -> None:
        self._client, self._path = client, f"/somebody/{name}/"
        self._said(client.request("MKCOL", self._path, content=MAKE, headers={"Content-Type": "application/xml"}))

    def put(self, data: bytes) -> None:
        """Every entry of a calendar file under its own name."""
        whole = icalendar.Calendar.from_ical(data)
        for event in whole.walk("VEVENT"):
            alone = icalendar.Calendar(whole)
            for part in (*whole.walk("VTIMEZONE"), event):
                alone.add_component(part)
            path = f"{self._path}{event['uid']}.ics"
            self._said(self._client.put(path, content=alone.to_ical(), headers=CALENDAR))

    def put_whole(self, data: bytes) -> None:
        """The whole file at once, in place of whatever was there."""
        self._said(self._client.put(self._path, content=data, headers=CALENDAR))

    def between(self, first: dt.date, last: dt.date) -> dict[str, dict[str, str]]:
        """The entries from `first` to before `last`, as the server finds them."""
        answer = self._said(self._client.request("REPORT", self._path, content=QUERY.format(first=first, last=last)))
        found = ElementTree.fromstring(answer.content).iter("{urn:ietf:params:xml:ns:caldav}calendar-data")
        return {event["UID"].partition("@")[0]: event for item in found for event in read((item.text or "").encode())}

    def subscribed(self) -> list[dict[str, str]]:
        """What a program gets that subscribes to the address of the calendar."""
        answer = self._said(self._client.get(self._path))
        assert answer.headers["content-type"].startswith("text/calendar")
        return read(answer.content)

    def _said(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code < 300, (answer.status_code, answer.text)
        return answer


@pytest.fixture
def calendar(caldav: str, request: pytest.FixtureRequest) -> Iterator[Calendar]:
    """An empty calendar of the test's own."""
    with httpx.Client(base_url=caldav, auth=("somebody", "anything"), timeout=60) as client:
        yield Calendar(client, request.node.name.replace("_", "-")[:60])


def read(data: bytes) -> list[dict[str, str]]:
    """The events of what the server writes, which folds its lines less strictly than we do."""
    return events(icalendar.Calendar.from_ical(data).to_ical())


def after(*changes: RecordedChange) -> bytes:
    known = editions(PARTY, changes)
    return timetable(known[-1].plan, editions=known)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_what_was_put_there_is_found_by_its_days(calendar: Calendar) -> None:
    calendar.put(timetable(example()))
    assert sorted(calendar.between(day("2018-03-01"), day("2018-03-13"))) == [
        "lv-2018-03-09.papers_due",
        "lv-2018-03-09.session",
        "phase-1.phase_end",
        "phase-2.phase_start",
    ]
    assert sorted(calendar.between(day("2019-01-01"), day("2020-01-01"))) == [
        "resubmission.resubmission.2019-06-14",
        "resubmission.resubmission.2019-09-20",
    ]


def test_a_moved_session_is_replaced_and_not_doubled(calendar: Calendar) -> None:
    calendar.put(after())
    calendar.put(after(MOVED))
    found = [event for event in calendar.subscribed() if event["UID"].startswith("lv-2018-03-09.session@")]
    assert [(event["DTSTART"], event["SEQUENCE"]) for event in found] == [("20180316", "1")]
    assert "lv-2018-03-09.session" not in calendar.between(day("2018-03-09"), day("2018-03-10"))
    assert "lv-2018-03-09.session" in calendar.between(day("2018-03-16"), day("2018-03-17"))
    assert len(calendar.subscribed()) == len(agenda(example()))


def test_a_candidate_that_fell_away_is_cancelled_there_too(calendar: Calendar) -> None:
    calendar.put(after())
    calendar.put(after(change("wahlauswertung", "2019-09-20", "2019-05-02 12:00", "confirmed")))
    found = calendar.between(day("2019-01-01"), day("2020-01-01"))
    assert {name: (event["STATUS"], event["SEQUENCE"]) for name, event in found.items()} == {
        "resubmission.resubmission.2019-06-14": ("CANCELLED", "1"),
        "resubmission.resubmission.2019-09-20": ("CONFIRMED", "1"),
    }


def test_the_whole_file_can_be_put_and_subscribed_to(calendar: Calendar) -> None:
    own = {event["UID"]: event for event in events(after(MOVED))}
    calendar.put_whole(after())
    calendar.put_whole(after(MOVED))
    assert {event["UID"]: event for event in calendar.subscribed()} == own


def test_a_session_in_the_evening_is_found_by_the_hour_its_zone_says(calendar: Calendar) -> None:
    """18:30 in Berlin is 17:30 in Greenwich; the server counts with the zone the file describes."""
    calendar.put(timetable(with_times()))
    found = calendar.between(day("2018-03-09"), day("2018-03-10"))
    assert found["lv-2018-03-09.session"]["DTSTART"] == "20180309T183000"
    assert found["lv-2018-03-09.session"]["LOCATION"] == "Haus der Begegnung, Großer Saal"
