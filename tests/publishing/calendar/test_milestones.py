"""Milestones as calendar entries: binding ones say so (R101)."""

from __future__ import annotations

import datetime as dt

from staffelstab.publishing.calendar.calendar_files import milestones
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Milestone
from tests.conftest import at
from tests.publishing.calendar.rfc5545 import events
from tests.publishing.calendar.test_timetable import example

ENTERED = at("2018-09-10 12:00:00")


def case(*rows: Milestone) -> Case:
    return Case(plan=example(), now=at("2018-09-14 07:00:00"), milestones=rows)


def test_a_binding_milestone_names_owner_and_criterion() -> None:
    rows = (
        Milestone(
            entered=ENTERED,
            id="M07",
            year=2022,
            title="Themenzuordnung; Stufe 2",
            owner="lwz",
            date=dt.date(2022, 6, 30),
            criterion="Neun von zehn.",
        ),
        Milestone(
            entered=ENTERED,
            id="M01",
            year=2019,
            title="Anrufstandard",
            owner="kreisverbaende",
            date=dt.date(2019, 3, 31),
            criterion="Alle.",
            binding="yes",
        ),
    )
    first, second = events(milestones(case(*rows)))
    assert first == {
        "UID": "M01.milestone@mitgliederarbeit-2018.staffelstab",
        "DTSTAMP": "20180910T100000Z",
        "LAST-MODIFIED": "20180910T100000Z",
        "SEQUENCE": "0",
        "DTSTART": "20190331",
        "DTEND": "20190401",
        "SUMMARY": "Verbindlicher Meilenstein M01: Anrufstandard",
        "DESCRIPTION": (
            "Verbindlich festgelegt. Zuständig: Stadt- und Kreisverbände. Erreicht ist er, wenn gilt: Alle.\n\n"
            "Beschlossen im Rahmen von: Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit"
        ),
        "CATEGORIES": "Meilenstein",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "ALARM": "20190303T080000Z 20190324T080000Z",
    }
    assert second["SUMMARY"] == "Meilenstein M07: Themenzuordnung; Stufe 2"
    assert second["DESCRIPTION"].startswith("Als Ziel genannt, nicht verbindlich festgelegt.")


def test_no_milestones_give_no_file() -> None:
    assert milestones(case()) == b""
