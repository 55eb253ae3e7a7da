"""The worked example, row by row: what the resolution of 15 December 2017 says is what the plan holds (R01-R59, R82, R83)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator

import msgspec
import pytest
from holidays import country_holidays

from staffelstab.timetable.plan.actors import actors, audience, office_at
from staffelstab.timetable.plan.change import Change, changed
from staffelstab.timetable.plan.holidays import PLACES, holiday, is_workday, known_place
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.overlaps import gaps, overlaps, sentences
from staffelstab.timetable.plan.when import When
from tests.timetable.plan.conftest import PARTY_FOLDER

Day = dt.date
MOVED = (Day(2018, 4, 16), Day(2018, 4, 20))


def test_seven_phases_from_the_vote_to_the_open_end(party: Plan) -> None:
    """R31, R33-R39."""
    assert [(phase.number, phase.name, phase.kind, phase.start.date, phase.end.date) for phase in party.phases] == [
        (0, "Take-Off", "call", Day(2017, 12, 15), Day(2018, 1, 14)),
        (1, "Analyse", "analysis", Day(2018, 1, 2), Day(2018, 3, 9)),
        (2, "Auswertung", "synthesis", Day(2018, 3, 12), Day(2018, 4, 13)),
        (3, "Ideenentwicklung", "ideas", Day(2018, 4, 16), Day(2018, 5, 18)),
        (4, "Try & Error", "trials", Day(2018, 5, 21), Day(2018, 6, 29)),
        (5, "Finalisierung", "finalisation", Day(2018, 7, 2), Day(2018, 8, 17)),
        (6, "Publikation & Implementierung", "publication", Day(2018, 8, 25), None),
    ]
    assert party.phase(6).end == When(status="open")
    assert {(phase.start.certain, phase.start.rule) for phase in party.phases} == {(True, "")}


def test_the_phases_last_as_long_as_counted(party: Plan) -> None:
    """R33-R38: 31, 67 (49 of them weekdays), 33, 33, 40 and 47 days."""
    spans = [(phase.end.day - phase.start.day).days + 1 for phase in party.phases[:6]]
    assert spans == [31, 67, 33, 33, 40, 47]
    analysis = party.phase(1)
    days = [analysis.start.day + dt.timedelta(days=n) for n in range(67)]
    assert sum(day.weekday() < 5 for day in days) == 49
    assert party.phase(0).end.day.strftime("%A") == "Sunday"
    assert holiday(party, party.phase(4).start.day) == "Pfingstmontag"


def test_the_words_of_the_overview_are_verbatim(party: Plan, resolution: str) -> None:
    """R31: month, tab, number and name as in the table of the resolution."""
    for phase in party.phases:
        assert f"{phase.overview}\tPhase {phase.number}: {phase.name}\n" in resolution


MONTHS = {"DEZ": 12, "JAN": 1, "MÄR": 3, "APR": 4, "MAI": 5, "JUN": 6, "JUL": 7, "AUG": 8}


def test_each_phase_lies_in_the_months_of_its_overview(party: Plan) -> None:
    """R32."""
    for phase in party.phases:
        months = [(2000 + int(year), MONTHS[name]) for name, year in re.findall(r"([A-ZÄ]{3}) (\d\d)", phase.overview)]
        assert (phase.start.day.year, phase.start.day.month) == months[0]
        if phase.end.date:
            assert (phase.end.date.year, phase.end.date.month) == months[-1]


def test_six_sessions_each_with_its_item_and_its_papers(party: Plan) -> None:
    """R42, R48, R108."""
    assert [(s.date.date, s.papers_due.date, s.phase, s.item) for s in party.sessions] == [
        (Day(2018, 1, 19), Day(2018, 1, 17), 0, "presentation"),
        (Day(2018, 3, 9), Day(2018, 3, 2), 1, "discussion"),
        (Day(2018, 4, 13), Day(2018, 4, 6), 2, "review"),
        (Day(2018, 5, 18), Day(2018, 5, 11), 3, "debate"),
        (Day(2018, 6, 29), Day(2018, 6, 22), 4, "report"),
        (Day(2018, 8, 17), Day(2018, 8, 10), 5, "adoption"),
    ]
    assert {s.papers_due.status for s in party.sessions} == {"derived"}
    assert [s.date.added for s in party.sessions] == [
        "",
        "",
        "year",
        "year",
        "year",
        "",
    ]  # the text gives day and month only


def test_the_session_a_week_before_the_convention_is_a_proposal_with_two_candidates(party: Plan) -> None:
    """R45: one week before Saturday, 25 August, is a Saturday; all other sessions are on Fridays."""
    date = party.session("lv-2018-08-17").date
    assert (date.date, date.status, date.rule, date.certain) == (
        Day(2018, 8, 17),
        "derived",
        "one week before lpt",
        False,
    )
    assert date.candidates == (Day(2018, 8, 17), Day(2018, 8, 18))
    assert {s.date.day.strftime("%A") for s in party.sessions} == {"Friday"}


def test_two_calls_and_what_is_unknown_about_the_second(party: Plan) -> None:
    """R60, R62, R82, R83."""
    first, second = party.calls
    assert (first.opens, first.deadline) == (When(Day(2017, 12, 15)), When(Day(2018, 1, 14)))
    assert (first.audience.adopted, first.audience.proposed) == (("landesvorstand",), ())
    assert len(audience(party, first.audience.actors)) == 20
    assert (second.opens.date, second.deadline.date) == (Day(2018, 4, 13), Day(2018, 5, 9))
    assert (second.opens.certain, second.deadline.certain) == (False, False)
    assert second.deadline.rule == "lv-2018-05-18.papers_due - P2D"
    assert second.audience.adopted == ()
    assert second.audience.proposed[:3] == ("landesvorstand", "kreisverbaende", "lwz")
    assert len(audience(party, second.audience.actors)) == 20 + 13 + 6 + 3


def test_the_twelve_recipients_are_verbatim_and_in_order(party: Plan, resolution: str) -> None:
    """R09: the list mixes commas and one semicolon."""
    listed = resolution.split("Den Beschluss sollen erhalten: ")[1].split("\n")[0]
    assert [recipient.name for recipient in party.recipients] == re.split(r"[,;] ", listed)
    assert len(party.recipients) == 12


def test_what_the_vote_did_not_count_stays_unknown(party: Plan) -> None:
    """R14."""
    vote = party.resolution.vote
    assert (vote.result, vote.yes, vote.no, vote.abstentions) == ("adopted", None, None, 2)
    assert vote.quote == "Bei 2 Enthaltungen beschlossen"


def test_the_sheet_keeps_its_empty_fields(party: Plan) -> None:
    """R02-R08, R15, R16."""
    sheet = party.resolution
    assert (sheet.date, sheet.body, sheet.grounds, sheet.finances, sheet.coordinated_with) == (
        Day(2017, 12, 15),
        "landesvorstand",
        "",
        "-",
        "-",
    )
    assert (sheet.certified.place, sheet.certified.date) == ("Dresden", Day(2017, 12, 15))
    assert sheet.responsible is not None
    assert sheet.responsible.office == "koordination"


def test_phases_overlap_in_january_and_leave_a_gap_in_august(party: Plan) -> None:
    """R40, R41: both are legal and shown; a gap of a mere weekend is not worth a word."""
    assert [(span.first, span.last, span.days) for span in overlaps(party)] == [
        (Day(2018, 1, 2), Day(2018, 1, 14), 13),
    ]
    found = [(span.first, span.last, span.days) for span in gaps(party) if not span.harmless]
    assert found == [(Day(2018, 8, 18), Day(2018, 8, 24), 7)]
    assert sum(span.harmless for span in gaps(party)) == 4
    assert len(sentences(party)) == 2
    assert [len(sentences(party, day)) for day in (Day(2018, 1, 14), Day(2018, 1, 15), Day(2018, 8, 25))] == [2, 1, 0]


def test_an_overlap_that_a_move_made_is_not_what_the_timetable_provides(party: Plan) -> None:
    moved = [changed(party, [Change("phase-2.end", "amended", day)]) for day in MOVED]
    assert [sentences(plan)[1] for plan in moved] == [
        "Am 16. April 2018 laufen „Auswertung“ und „Ideenentwicklung“ nebeneinander; "
        "das hat sich aus einer Verlegung ergeben.",
        "Vom 16. April 2018 bis zum 20. April 2018 laufen „Auswertung“ und „Ideenentwicklung“ nebeneinander (5 Tage); "
        "das hat sich aus einer Verlegung ergeben.",
    ]
    assert all(sentences(plan)[0].endswith("nebeneinander (13 Tage); das sieht der Zeitplan so vor.") for plan in moved)


def test_the_convention_and_the_end_of_time_are_walls(party: Plan) -> None:
    """R28, R46: the time available ends in August or September, both readings are kept."""
    assert [(event.date.date, event.wall) for event in party.events if event.wall] == [
        (Day(2018, 8, 25), True),
        (Day(2018, 8, 31), True),
        (Day(2018, 9, 30), True),
    ]


def test_the_resubmission_hangs_on_an_event_without_a_date(party: Plan) -> None:
    """R103."""
    again = party.resubmission
    assert again is not None
    assert party.occasion is not None
    assert (party.occasion.name, len(party.days_of_return)) == ("Auswertung der Wahlen des Jahres 2019", 2)
    assert {day.year for day in party.days_of_return} == {2019}


def test_the_coordinating_office_changes_at_the_end_of_august(party: Plan) -> None:
    """R50, R54."""
    assert [office_at(party, Day(2018, month, day)) for month, day in ((1, 2), (8, 31), (9, 1))] == [
        "koordination",
        "koordination",
        "mitgliederbetreuung",
    ]


def test_every_item_of_weight_says_where_it_comes_from(party: Plan) -> None:
    """U1: without a quote an item would be shown as assumed."""
    tables = (party.phases, party.sessions, party.calls, party.events, party.offices, party.groups, party.hearings)
    assert [item for table in tables for item in table if item.origin != "adopted"] == []
    assert {role.id for role in party.roles if role.origin == "assumed"} == {"sprecherrat"}


def test_every_quote_stands_word_for_word_in_the_resolution(resolution: str) -> None:
    """U1, R105: typing errors of the original included; only the white space may differ."""
    raw = tomllib.loads((PARTY_FOLDER / "plan.toml").read_text(encoding="utf-8"))
    quotes = list(_quotes(raw))
    assert len(quotes) > 40
    assert [quote for quote in quotes if " ".join(quote.split()) not in " ".join(resolution.split())] == []


def _quotes(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            yield from [value] if name == "quote" else _quotes(value)
    elif isinstance(node, list):
        for item in node:
            yield from _quotes(item)


def test_nobody_is_named_but_in_quotes(party: Plan) -> None:
    names = ("Jahns", "Dudzak")
    texts = [actor.name for actor in actors(party).values()]
    texts += [call.name + call.note for call in party.calls]
    texts += [session.name + session.note for session in party.sessions]
    texts += [phase.name + phase.note for phase in party.phases]
    assert [text for text in texts for name in names if name in text] == []


@pytest.mark.parametrize("country", PLACES)
def test_the_places_known_by_heart_are_known_to_the_library(country: str) -> None:
    assert set(PLACES[country].split()) <= set(country_holidays(country).subdivisions)
    assert known_place(country, "")
    assert not known_place(country, "XX")


def test_school_holidays_are_working_days_and_easter_is_not(party: Plan) -> None:
    assert is_workday(party, Day(2018, 2, 14))
    assert not is_workday(party, Day(2018, 4, 2))
    assert not is_workday(party, Day(2018, 3, 31))


def test_who_is_in_charge_in_a_gap_is_said_wherever_the_gap_is(party: Plan) -> None:
    """R41: dossier, overview and picture said that the timetable does not say who, though `meanwhile` did."""
    phases = [
        msgspec.structs.replace(item, meanwhile="koordination" if item.number == 5 else "") for item in party.phases
    ]
    assert sentences(msgspec.structs.replace(party, phases=tuple(phases)))[1] == (
        "Vom 18. August 2018 bis zum 24. August 2018 läuft keine Phase (7 Tage, zwischen „Finalisierung“ und „Publikation & "
        "Implementierung“); zuständig ist in dieser Zeit: Wahlkampfmanager."
    )
