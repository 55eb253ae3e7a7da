"""A whole plan on new dates: weekdays, distances and rules stay, and nothing rests on the old resolution any more (F15)."""

from __future__ import annotations

import datetime as dt
import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.plan.model import Plan, Value
from staffelstab.timetable.plan.slots import slots
from staffelstab.timetable.renewal.dated_ids import free, renamed
from staffelstab.timetable.renewal.distance import Distance
from staffelstab.timetable.renewal.overview_months import Term, overview_anew
from staffelstab.timetable.renewal.renew import Renewal, renew, renewed
from tests.timetable.plan.conftest import CHOIR_FOLDER, PARTY_FOLDER, SMALL, changed

PARTY = (PARTY_FOLDER / "plan.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def party() -> Plan:
    """The party's plan as resolved."""
    return load_plan(PARTY_FOLDER)


@pytest.fixture(scope="module")
def party_anew() -> Renewal:
    """The party's plan, beginning in January 2027."""
    return renew(PARTY_FOLDER, dt.date(2027, 1, 10))


def days(plan: Plan) -> list[dt.date]:
    """Every day of the plan, in the order of its slots; candidates where there is no day."""
    whens = [slot.when for slot in slots(plan).values()]
    return [day for when in whens for day in ((when.date,) if when.date else when.candidates)]


def test_it_begins_on_the_next_day_with_the_same_weekday(party_anew: Renewal) -> None:
    assert (party_anew.beginning, party_anew.moved.weeks) == (dt.date(2027, 1, 15), 474)
    assert renew(PARTY_FOLDER, dt.date(2027, 1, 15)).beginning == dt.date(2027, 1, 15)
    assert renew(PARTY_FOLDER, dt.date(2027, 1, 16)).beginning == dt.date(2027, 1, 22)


def test_every_day_moves_by_the_same_weeks(party: Plan, party_anew: Renewal) -> None:
    assert days(party_anew.plan) == [day + dt.timedelta(weeks=474) for day in days(party)]


@settings(max_examples=25, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1)))
def test_from_any_start_weekdays_and_distances_stay(start: dt.date) -> None:
    old, made = plan_from(PARTY), renewed(PARTY, start)
    assert 0 <= (made.beginning - start).days < 7
    assert [day.weekday() for day in days(made.plan)] == [day.weekday() for day in days(old)]
    between = [[later - day for day, later in itertools.pairwise(days(plan))] for plan in (old, made.plan)]
    assert between[0] == between[1]
    assert [slot.path for slot in slots(made.plan).values()] == [slot.path for slot in slots(old).values()]


@settings(max_examples=10, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1)))
def test_there_and_back_is_where_it_was(start: dt.date) -> None:
    old = plan_from(PARTY)
    back = renewed(renewed(PARTY, start).text, old.phases[0].start.day)
    assert days(back.plan) == days(old)
    assert [session.id for session in back.plan.sessions] == [session.id for session in old.sessions]
    assert back.plan.horizon is not None
    assert (back.plan.horizon.first, back.plan.horizon.last) == (2019, 2023)


def test_moved_by_nothing_it_keeps_its_days(party: Plan) -> None:
    made = renew(PARTY_FOLDER, dt.date(2017, 12, 15))
    assert (made.moved.weeks, made.renamed, days(made.plan)) == (0, {}, days(party))


def test_nothing_rests_on_the_old_resolution(party_anew: Renewal) -> None:
    text, plan = party_anew.text, party_anew.plan
    assert [
        word
        for word in ("quote =", "note =", "added", '"adopted"', 'resolution.txt"')
        if word in text.partition("\nid =")[2]
    ] == []
    assert {slot.when.status for slot in slots(plan).values()} - {"assumed", "derived", "unknown", "open"} == {
        "adopted"
    }
    assert [name for name, slot in slots(plan).items() if slot.when.certain] == [
        "resolution"
    ]  # which has no status of its own
    assert (plan.resolution.origin, plan.resolution.vote.origin, plan.resolution.certified.date) == (
        "assumed",
        "unknown",
        None,
    )
    assert [item for item in values(plan) if item.origin == "adopted"] == []
    assert [call.audience.adopted for call in plan.calls] == [(), ()]
    assert plan.source == ""


def values(plan: Plan) -> list[Value]:
    """Every item of the plan that may rest on a sentence."""
    tables = [getattr(plan, name) for name in plan.__struct_fields__]
    return [item for table in tables if isinstance(table, tuple) for item in table if isinstance(item, Value)]


def test_ids_with_a_date_are_called_after_the_new_one_wherever_they_stand(party_anew: Renewal) -> None:
    assert party_anew.renamed["lv-2018-05-18"] == "lv-2027-06-18"
    raw = tomllib.loads(party_anew.text)
    assert raw["calls"][1]["deadline"] == "lv-2027-06-18.papers_due - P2D"
    assert raw["calls"][1]["opens"] == "lv-2027-05-14"
    assert raw["sessions"][1]["papers_due"] == "session - P7D"
    assert "lv-2018" not in party_anew.text
    assert raw["id"] == "mitgliederarbeit-2027"


def test_an_id_that_another_bore_is_not_renamed_twice() -> None:
    """Moved by five weeks, the session of 9 March takes the name that the session of 13 April had."""
    made = renewed(PARTY, dt.date(2018, 1, 19))
    assert (made.renamed["lv-2018-03-09"], made.renamed["lv-2018-04-13"]) == ("lv-2018-04-13", "lv-2018-05-18")
    assert made.plan.call("call-2").opens.day == made.plan.session("lv-2018-05-18").date.day


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = '[[roles]]\nid = "s-2018-99-13"\nname = "R"\n\n[[events]]\nid = "s-2018-04-13x"\nname = "E"\ndate = 2018-06-01\n\n'
    assert renamed(["s-2018-04-06", "s-2018-99-13", "x"], Distance(1)) == {"s-2018-04-06": "s-2018-04-13"}
    made = renewed(
        changed(('id = "sitzung"', 'id = "s-2018-04-06"'), ("[[events]]", f"{taken}[[events]]")), dt.date(2018, 2, 8)
    )
    assert made.renamed == {"s-2018-04-06": "s-2018-04-13", "s-2018-04-13x": "s-2018-04-20x"}
    assert free("a", {"a", "a-2"}) == "a-3"


def test_overviews_are_written_as_they_were(party_anew: Renewal) -> None:
    assert [phase.overview for phase in party_anew.plan.phases] == [
        "JAN 27 / FEB 27",
        "FEB 27 bis APR 27",
        "APR 27 / MAI 27",
        "MAI 27 / JUN 27",
        "JUN 27 bis JUL 27",
        "AUG 27 / SEP 27",
        "ab SEP 27",
    ]


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("MÄR 18", "APR 18 / MAI 18"),
        ("März 2018", "April 2018 / Mai 2018"),
        ("mar. 18", "apr. 18 / may. 18"),
        ("1. Quartal", "1. Quartal"),
        ("January to MARCH '18", "February to APRIL '18"),
    ],
)
def test_an_overview_in_any_style(text: str, anew: str) -> None:
    old, new = (Term(dt.date(2018, month, 20), dt.date(2018, month, 25)) for month in (3, 4))
    longer = Term(new.start, dt.date(2018, 5, 2))
    assert overview_anew(text, old, longer, Distance(5), "en" if "mar" in text.lower() else "de") == anew


def test_comments_and_layout_stay(party_anew: Renewal) -> None:
    kept = [line for line in PARTY.splitlines() if line.startswith("#") and not line.startswith("#:schema")]
    assert [line for line in kept if line not in party_anew.text.splitlines()] == []
    assert party_anew.text.startswith("# Nach dem Zeitplan mitgliederarbeit-2018, um 474 Wochen verschoben.\n")


def test_it_says_what_must_be_decided_anew(party_anew: Renewal) -> None:
    asked = [(item.subject, item.kind, item.path) for item in party_anew.questions if item.subject != "before"]
    assert asked == [
        ("resolution", "resolution", "$.resolution.date"),
        ("resolution", "sheet", "$.resolution.text"),
        ("resolution", "vote", "$.resolution.vote"),
        ("resolution", "source", "$"),
        ("resolution", "codebook", "$.codebook"),
        ("resolution", "audience", "$.calls[0].audience"),
        ("outside", "wall", "$.events[0].date"),
        ("outside", "wall", "$.events[1].date"),
        ("outside", "wall", "$.events[2].date"),
        ("outside", "occasion", "$.events[3].date"),
        ("dates", "holiday", "$.phases[3].start"),
        ("dates", "name", "$.events[3].name"),
        ("offices", "since", "$.offices[0].from"),
        ("offices", "until", "$.offices[0].until"),
        ("offices", "filled", "$.offices[1].filled"),
        ("offices", "appointed_by", "$.offices[1]"),
        ("surroundings", "breaks", "$"),
        ("surroundings", "horizon", "$.horizon"),
    ]
    words = Language("de")
    told = [item.text(words) for item in party_anew.questions]
    assert told[10] == "Beginn der Phase „Ideenentwicklung“: Montag, 17. Mai 2027, ist ein Feiertag (Pfingstmontag)."
    assert told[8].endswith("bisher 30. September 2018, mitverschoben ist Sonntag, 31. Oktober 2027 (Reformationstag).")
    assert sum(item.subject == "before" for item in party_anew.questions) == 11


def test_distances_in_working_days_may_differ_and_it_says_so() -> None:
    made = renew(CHOIR_FOLDER, dt.date(2027, 9, 1))
    [asked] = [item for item in made.questions if item.kind == "working_days"]
    assert asked.text(Language("en")) == (
        "committee-april.papers_due counts working days (5 working days before “Committee meeting before the Annual General "
        "Meeting”) and because of the holidays lies on Monday 28 February 2028, not on 24 February 2028."
    )


def test_what_hangs_on_a_wall_still_hangs_on_it() -> None:
    made = renew(CHOIR_FOLDER, dt.date(2027, 9, 1))
    raw = tomllib.loads(made.text)
    assert raw["events"][0]["date"] == {
        "date": dt.date(2028, 3, 18),
        "status": "assumed",
        "candidates": [dt.date(2028, 3, 18)],
    }
    assert raw["sessions"][1]["date"] == "two weeks before agm"
    assert made.plan.sessions[1].date.date == dt.date(2028, 3, 4)


def test_every_form_of_a_date_moves() -> None:
    text = changed(
        ("end = 2018-03-31", 'end.date = 2018-03-31\nend.added = "year"'),
        ("date = 2018-05-12", 'date = "sitzung + P5W"'),
    )
    made = renewed(text, dt.date(2019, 1, 1))
    assert tomllib.loads(made.text)["phases"][0]["end"] == {"date": dt.date(2019, 3, 2), "status": "assumed"}
    assert made.plan.events[0].date.rule == "sitzung + P5W"


def test_breaks_are_not_ours_to_invent(party_anew: Renewal) -> None:
    assert party_anew.plan.breaks == ()
    assert party_anew.text.endswith(
        "# Ferien sind noch einzutragen, je ein Abschnitt [[breaks]] mit name, from und until.\n"
    )


@pytest.mark.parametrize("start", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_it_does_not_leave_the_calendar(start: dt.date) -> None:
    with pytest.raises(PlanError) as refused:
        renewed(SMALL, start)
    assert "lässt sich kein Zeitplan legen" in refused.value.text("de")


def test_the_same_start_gives_the_same_file(party_anew: Renewal, tmp_path: Path) -> None:
    assert renew(PARTY_FOLDER, dt.date(2027, 1, 10)).text == party_anew.text
    (tmp_path / "plan.toml").write_text(party_anew.text, encoding="utf-8")
    assert agenda(load_plan(tmp_path)) == agenda(party_anew.plan)
