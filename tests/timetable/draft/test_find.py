"""Finders: what they build on stands in their arguments, and they leave it as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from staffelstab.language import Language
from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.facts import find_facts
from staffelstab.timetable.draft.find.calls import find_calls, with_everybody
from staffelstab.timetable.draft.find.events import find_events, find_limits
from staffelstab.timetable.draft.find.hearings import find_hearings
from staffelstab.timetable.draft.find.papers import find_papers_rule, with_papers
from staffelstab.timetable.draft.find.phases import find_phases
from staffelstab.timetable.draft.find.sessions import find_dated
from staffelstab.timetable.draft.find.signatures import find_signatures
from staffelstab.timetable.draft.find.timetable import find_timetable
from staffelstab.timetable.draft.find.undated import find_undated
from staffelstab.timetable.draft.find.who_acts import Actors, Register
from staffelstab.timetable.draft.text.document import Document, read_document
from staffelstab.timetable.draft.write import toml_of
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.when import When

TEXT = """Neue Satzung

Beschluss des Vorstands vom 9. September 2026

Der Vorstand beschließt einen Zeitplan.

Schritt 1: Fragen (11. Januar bis 26. März 2027)
Die Geschäftsstelle führt in allen Ortsgruppen Gespräche. Vorschläge sind bis zum 15. Februar 2027 einzureichen.
Der Entwurf wird dem Kreiskongress am 20. März 2027 zum Beschluss vorgelegt und von ihm beschlossen.

Schritt 2: Konzept (1. April bis 31. August 2027)
Eine Woche vor dem Sommerfest wird der Entwurf in der Sitzung des Vorstands beraten. Das Sommerfest ist am 20. August 2027.
"""
VACANT = """Zeitplan

Beschluss des Vorstands vom 9. September 2026

Der Vorstand beschließt einen Zeitplan.
Verantwortlich: Vorstand

Schritt 1: Gespräche (11. Januar bis 26. März 2027)
Reden. Die Koordination wird bis September 2027 von der neu zu besetzende Referentin übernommen.

Schritt 2: Konzept (1. April bis 31. August 2027)
Schreiben.
"""


def test_the_same_document_gives_the_same_facts_however_often_it_is_asked() -> None:
    read = _read()
    assert find_facts(read) == find_facts(read)


def test_whoever_enters_actors_leaves_the_ones_known_before_as_they_were() -> None:
    before = find_signatures(_read())
    register = Register(before)
    register.office("Geschäftsstelle", "Satz.")
    assert [actor.id for actor in before.all] == ["vorstand"]
    assert [actor.id for actor in register.actors.all] == ["vorstand", "geschaeftsstelle"]
    assert (before.find("Geschäftsstelle"), register.actors.find("die Geschäftsstelle")) == ("", "geschaeftsstelle")


def test_one_name_is_one_actor_and_two_names_never_share_an_id() -> None:
    register = Register(Actors(""))
    ids = [register.office(name, "") for name in ("Büro", "das Büro", "Buero")]
    assert ids == ["buero", "buero", "buero-2"]


def test_the_day_of_a_session_is_an_event_only_for_those_who_do_not_know_the_session() -> None:
    read = _read()
    timetable = find_timetable(read)
    dated = find_dated(read, timetable, find_signatures(read))
    unknowing = find_events(read, timetable, (), (), ())
    knowing = find_events(read, timetable, dated.sessions, (), ())
    assert [event.name for event in unknowing.items] == ["Kreiskongress", "Sommerfest"]
    assert [event.name for event in knowing.items] == ["Sommerfest"]


def test_a_session_is_counted_from_an_event_that_is_handed_in_and_from_no_other() -> None:
    read = _read()
    timetable = find_timetable(read)
    calls = find_calls(read, timetable, "buero", find_signatures(read))
    events = find_events(read, timetable, (), calls.items, ())
    counted, expected = (
        find_undated(read, timetable, (), (), calls, known).items[0].date
        for known in (events, replace(events, names={}))
    )
    assert counted == When(rule="one week before sommerfest")
    assert (expected.date, expected.status) == (dt.date(2027, 8, 31), "assumed")


def test_no_second_session_is_found_for_a_phase_or_in_a_sentence_that_is_handed_in() -> None:
    read = _read()
    timetable = find_timetable(read)
    calls = find_calls(read, timetable, "buero", find_signatures(read))
    events = find_events(read, timetable, (), calls.items, ())
    [session] = find_undated(read, timetable, (), (), calls, events).items
    for given in (replace(session, quote="Anderswo."), replace(session, phase=1)):
        assert find_undated(read, timetable, [given], (), calls, events).items == ()


def test_nobody_is_heard_in_a_sentence_that_is_used_already() -> None:
    read = _read()
    actors = find_signatures(read)
    [hearing] = find_hearings(read, "buero", (), actors).items
    assert (hearing.group, hearing.by, hearing.phase) == ("ortsgruppen", "geschaeftsstelle", 1)
    assert find_hearings(read, "buero", hearing.passages, actors).items == ()


def test_ids_that_are_taken_are_left_to_their_items() -> None:
    read = _read(TEXT + "\nZeit bleibt bis maximal August 2027.\n")
    [limit] = find_limits(read, ())
    [other] = find_limits(read, [limit.id])
    assert other == replace(limit, id=f"{limit.id}-2")


def test_whoever_is_known_in_the_end_is_proposed_where_the_text_does_not_say_who_is_called() -> None:
    read = _read()
    found = find_calls(read, find_timetable(read), "buero", find_signatures(read))
    late = Register(found.actors)
    late.group("Ortsgruppen", "")
    assert found.items[0].audience.actors == ()
    assert [call.audience.proposed for call in with_everybody(found.items, late.actors)] == [
        ("vorstand", "ortsgruppen")
    ]


def test_papers_follow_the_text_then_the_call_then_the_week_before() -> None:
    read = _read()
    timetable = find_timetable(read)
    [session] = find_dated(read, timetable, find_signatures(read)).sessions
    [call] = find_calls(read, timetable, "buero", find_signatures(read)).items
    late = replace(call, deadline=When(dt.date(2027, 3, 16)))
    rule = find_papers_rule(_read(TEXT + "\nUnterlagen sind drei Tage vor der Sitzung da.\n"))
    assert [
        with_papers([session], *given)[0].papers_due for given in (([late], rule), ([late], None), ([call], None))
    ] == [
        "three days before session",
        "session - P2D",
        "session - P7D",
    ]


def test_a_phase_hands_over_with_its_session_otherwise_at_its_calls_deadline() -> None:
    read = _read()
    timetable = find_timetable(read)
    sessions = find_dated(read, timetable, find_signatures(read)).sessions
    calls = find_calls(read, timetable, "buero", find_signatures(read)).items
    gates = [find_phases(read, timetable, *given)[0].gate for given in ((sessions, calls), ((), calls), ((), ()))]
    assert gates == ["decision", "deadline", "complete"]


def test_a_body_that_coordinates_and_hands_over_makes_no_draft_that_no_plan_can_be() -> None:
    draft, _ = draft_of(VACANT, "de")
    assert draft is not None
    plan = plan_from(toml_of(draft, "de"))
    assert (plan.coordinator, [office.deputy for office in plan.offices]) == ("vorstand", ["vorstand"])
    assert any("Wann endet die Koordination" in question for question in draft.bodies[0].questions)


def _read(text: str = TEXT) -> Document:
    return read_document(text, Language("de"))
