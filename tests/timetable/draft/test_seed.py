"""The resolution drafted: beside the plan written by hand, nothing fixed is missing and nothing is invented."""

from __future__ import annotations

import datetime as dt
from functools import cache

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.plan_entries import Draft
from staffelstab.timetable.draft.resolution_text import receive
from staffelstab.timetable.draft.write import questions_in, toml_of
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.reading.source import Source
from tests.timetable.draft.score import SEED, compare, facts

RESOLUTION = SEED / "resolution.txt"


@cache
def draft() -> Draft:
    made, _ = draft_of(receive(RESOLUTION).text, "de")
    assert made is not None
    return made


@cache
def plan() -> Plan:
    return plan_from(toml_of(draft(), "de"))


def test_everything_with_a_day_or_a_number_is_right_and_nothing_is_added() -> None:
    scores = compare(facts(plan()), facts(load_plan(SEED)))
    exact = (
        "title", "state", "adopted", "vote", "sheet", "recipient", "phase", "phase_kind", "phase_date", "overview", "session",
        "session_body", "session_item", "session_phase", "call", "audience", "event", "body", "office", "group", "hearing",
        "material", "responsibility", "resubmission",
    )  # fmt: skip
    differing = {kind: (sorted(scores[kind].missed), sorted(scores[kind].wrong)) for kind in exact}
    assert {kind: found for kind, found in differing.items() if found != ([], [])} == {}


def test_what_a_person_still_adds_is_known() -> None:
    scores = compare(facts(plan()), facts(load_plan(SEED)))
    assert sorted(scores["role"].missed) == ["sprecher*innenrat", "vorsitz"]
    assert sorted(scores["role"].wrong) == ["vorsitzende"]
    assert (sorted(scores["perspective"].missed), sorted(scores["perspective"].wrong)) == (["fraktionen"], [])


def test_seven_phases_thirteen_days_and_no_end_where_none_is_said() -> None:
    days = [day for phase in plan().phases for day in (phase.start, phase.end) if day.status == "adopted"]
    assert (len(plan().phases), len(days)) == (7, 13)
    assert plan().phases[6].end.status == "open"


def test_the_sixth_session_is_a_proposal_with_its_candidates() -> None:
    last = plan().sessions[-1].date
    assert (last.status, last.rule) == ("derived", "one week before landesparteitag")
    assert last.candidates == (dt.date(2018, 8, 17), dt.date(2018, 8, 18))
    assert [session.date.status for session in plan().sessions[:-1]] == ["adopted"] * 5


def test_years_that_the_text_does_not_say_are_marked_and_asked_for() -> None:
    marked = [session.date.day for session in plan().sessions if session.date.added == "year"]
    assert marked == [dt.date(2018, 4, 13), dt.date(2018, 5, 18), dt.date(2018, 6, 29)]
    assert sum("kein Jahr" in asked for _, asked in questions_in(toml_of(draft(), "de"), "de")) == 3


def test_twelve_recipients_verbatim() -> None:
    text = RESOLUTION.read_text(encoding="utf-8")
    names = [recipient.name for recipient in plan().recipients]
    assert len(names) == 12
    assert [name for name in names if name not in text] == []


def test_the_second_call_has_a_derived_deadline_and_a_proposed_audience() -> None:
    first, second = plan().calls
    assert (first.deadline.day, first.audience.adopted, first.address) == (
        dt.date(2018, 1, 14),
        ("landesvorstand",),
        "wahlkampfmanager",
    )
    assert (second.phase, second.deadline.rule, second.audience.adopted) == (
        3,
        "sitzung-2018-05-18.papers_due - P2D",
        (),
    )
    assert set(second.audience.proposed) == {
        "landesvorstand",
        "stadt-kreisverbaende",
        "landesweite-zusammenschluesse",
    }


def test_the_coordination_ends_in_two_readings_and_its_successor_is_still_to_be_found() -> None:
    coordinator = next(office for office in plan().offices if office.id == plan().coordinator)
    assert coordinator.until is not None
    assert (coordinator.until.status, coordinator.until.candidates) == (
        "derived",
        (dt.date(2018, 8, 31), dt.date(2018, 9, 30)),
    )
    successor = next(office for office in plan().offices if office.id == coordinator.successor)
    assert successor.filled is not None
    assert (successor.name, successor.filled.status) == ("Mitarbeiter*in für Mitgliederbetreuung", "unknown")


def test_every_quote_stands_in_the_text() -> None:
    source = Source(receive(RESOLUTION).text)
    quotes = {item.quote for item in draft().items if item.quote}
    assert len(quotes) > 25
    assert [quote for quote in quotes if source.find(quote) is None] == []


def test_persons_stand_in_quotes_only() -> None:
    written = toml_of(draft(), "de")
    named = [line for line in written.splitlines() if ("Jahns" in line or "Dudzak" in line)]
    assert named
    assert [line for line in named if not line.startswith("quote = ")] == []


def test_the_same_text_gives_the_same_bytes() -> None:
    again, _ = draft_of(receive(RESOLUTION).text, "de")
    assert again is not None
    assert toml_of(again, "de") == toml_of(draft(), "de")


def test_a_question_stands_right_above_what_it_asks_about() -> None:
    lines = toml_of(draft(), "de").splitlines()
    place = next(number for number, line in enumerate(lines) if "An welchem Tag ist die Sitzung?" in line)
    below = [line for line in lines[place:] if not line.startswith("#")]
    assert below[:2] == ["[[sessions]]", 'id = "sitzung-2018-08-17"']
