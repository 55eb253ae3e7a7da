"""The main job: the resolution's whole timetable, from the vote of 15 December 2017 to the resubmission of 2019."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from pathlib import Path
from urllib.parse import unquote

import icalendar
import pytest

from tests.acceptance.cli import PARTY, rehearsed, said, staffelstab
from tests.acceptance.outputs import FORMATS, checked_by_bagit, checked_by_coreutils, info, journal, links
from tests.conftest import at, require

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("year")]

SESSIONS = ("2018-01-19", "2018-03-09", "2018-04-13", "2018-05-18", "2018-06-29", "2018-08-17")
BATONS = ("0-call", "1-analysis", "2-synthesis", "3-ideas", "4-trials", "5-finalisation", "6-publication")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder after the whole year, as `staffelstab rehearse` leaves it."""
    return rehearsed(PARTY, tmp_path_factory.mktemp("year") / "party")


def test_six_dossiers_are_frozen_in_five_formats_before_their_sessions(year: Path) -> None:
    files = {
        path.name: sorted({file.suffix[1:] for file in path.glob("dossier.*")} - {"svg"})
        for path in year.glob("sessions/*")
    }
    assert files == {day: sorted(FORMATS) for day in SESSIONS}

    frozen = {entry.subject: entry.at.astimezone(at("2018-01-01").tzinfo) for entry in journal(year, "frozen")}
    assert {name: moment.isoformat(" ", "minutes")[:16] for name, moment in frozen.items()} == {
        "lv-2018-01-19": "2018-01-17 07:00",
        "lv-2018-03-09": "2018-03-02 07:00",
        "lv-2018-04-13": "2018-04-06 07:00",
        "lv-2018-05-18": "2018-05-11 07:00",
        "lv-2018-06-29": "2018-06-22 07:00",
        "lv-2018-08-17": "2018-08-10 07:00",
    }


@require("sha256sum")
def test_seven_hand_overs_are_one_chain_that_others_can_check(year: Path) -> None:
    bags = [year / "batons" / name for name in BATONS]
    assert sorted(path.name for path in year.glob("batons/*")) == list(BATONS)
    assert [(checked_by_coreutils(bag), checked_by_bagit(bag)) for bag in bags] == [(0, 0)] * 7
    assert [info(bag).get("Predecessor") for bag in bags] == [None, *BATONS[:-1]]


def test_every_byte_is_as_it_was_written(year: Path) -> None:
    done = staffelstab("verify", year)
    entries = len(journal(year))
    first, state = done.stdout.splitlines()
    assert (done.returncode, first) == (0, f"Unversehrt. Einträge in der Akte: {entries}, Übergaben: 7.")
    assert state == f"Stand der Akte: {entries} {journal(year)[-1].hash}"


def test_the_frozen_dossier_is_the_one_handed_over(year: Path) -> None:
    for day, baton in zip(SESSIONS, BATONS[:-1], strict=True):
        for ending in FORMATS:
            name = f"dossier.{ending}"
            handed = year / "batons" / baton / "data" / "dossier" / name
            assert handed.read_bytes() == (year / "sessions" / day / name).read_bytes(), (baton, ending)


def appointments(path: Path) -> list[tuple[dt.date, str]]:
    """Day and title of every entry of a calendar, read by another implementation."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return [(event.decoded("dtstart"), str(event["summary"])) for event in calendar.walk("VEVENT")]


def test_milestones_and_resubmission_are_calendar_entries(year: Path) -> None:
    milestones = appointments(year / "calendar" / "milestones.ics")
    assert {day.year for day, _ in milestones} == {2019, 2020, 2021, 2022, 2023}
    assert all(title.startswith("Verbindlicher Meilenstein M0") for _, title in milestones)
    resubmission = "Voraussichtlich: Wiedervorlage des Konzepts (Auswertung der Wahlen des Jahres 2019)"
    assert appointments(year / "calendar" / "resubmission.ics") == [
        (dt.date(2019, 6, 14), resubmission),
        (dt.date(2019, 9, 20), resubmission),
    ]
    timetable = {day.isoformat() for day, _ in appointments(year / "calendar" / "timetable.ics")}
    assert set(SESSIONS) <= timetable


def test_the_report_leads_to_papers_that_exist(year: Path) -> None:
    found = links(year / "index.html")
    assert [link for link in found if not (year / unquote(link)).exists()] == []
    for day in SESSIONS:
        assert {f"sessions/{day}/dossier.{ending}" for ending in FORMATS} <= set(found)
    assert {f"batons/{name}" for name in BATONS} <= set(found)


def test_nothing_was_sent(year: Path) -> None:
    letters = sorted((year / "outbox").iterdir())
    assert {path.suffix for path in letters} == {".eml"}
    assert len(letters) == len(journal(year, "letter"))
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in letters]
    assert {str(letter["X-Unsent"]) for letter in read} == {"1"}


def test_the_audience_is_told_what_happened_and_where_to_read(year: Path) -> None:
    whole = said(year)
    told = re.sub(r"(?m)^(\d\d\.\d\d\.\d{4})  \d+/\d+  ", r"\1  ", whole)
    assert told != whole, "how far it has come is told on each line"
    assert "19.01.2018  Sitzung am 19. Januar 2018: zur Kenntnis genommen. Phase 0 (Take-Off) ist übergeben." in told
    assert "17.08.2018  Sitzung am 17. August 2018: beschlossen. Phase 5 (Finalisierung) ist übergeben" in told
    assert told.splitlines()[-1].startswith("7 Übergaben, ")
    assert told.splitlines()[-1].endswith(f"Zuerst öffnen: {year / 'index.html'}")
    assert "\x1b" not in told


def test_the_overlap_of_january_and_the_gap_of_august_harm_nothing(year: Path) -> None:
    """R40, R41: phases 0 and 1 both run from 2 to 14 January; nobody is in charge from 18 to 24 August."""
    surveyed = [
        (entry.at.astimezone(at("2018-01-01").tzinfo).date(), entry.phase) for entry in journal(year, "surveyed")
    ]
    overlap = {phase for day, phase in surveyed if dt.date(2018, 1, 2) <= day <= dt.date(2018, 1, 14)}
    gap = {phase for day, phase in surveyed if dt.date(2018, 8, 18) <= day <= dt.date(2018, 8, 24)}
    assert (overlap, gap) == ({"phase-0", "phase-1"}, set())


def test_what_everybody_may_see_lies_there_once_the_concept_is_adopted(year: Path) -> None:
    """R97, R101, R106: the concept in five formats, what changes for whom, milestones, and the calendars everybody may have."""
    assert sorted(path.name for path in (year / "publication").iterdir()) == [
        *(f"konzept.{ending}" for ending in sorted(FORMATS)),
        "meilensteine.csv",
        "milestones.ics",
        "resubmission.ics",
        "timetable.ics",
        "was-sich-aendert.md",
    ]
    concept = (year / "publication/konzept.md").read_text(encoding="utf-8")
    assert "Jedes neue Mitglied wird innerhalb von sieben Tagen" in concept
    assert "K01" not in concept, "the public text carries no numbers of the working papers"
    timetable = icalendar.Calendar.from_ical((year / "publication/timetable.ics").read_bytes())
    assert {entry["SEQUENCE"] for entry in timetable.walk("VEVENT")} == {0}
