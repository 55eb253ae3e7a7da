"""What confirming does and says: no day is told that there is none of, no sentence is held against a day it does not speak of."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from commands.previews import text
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import Item, deciding, find_item, items, open_items
from staffelstab.timetable.amend.outside import outside
from staffelstab.timetable.amend.past import Past
from staffelstab.timetable.amend.proposal import Proposal, propose_confirmation
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.change import Change, RecordedChange
from staffelstab.timetable.reading.source import source_beside
from tests.conftest import at
from tests.timetable.amend.previews import CHOIR, CLUB, PARTY, Day, said

EMPTY_DAY = re.compile(r"\b(beim|am|zum|vom|der|den|on|to|from) [.,;)]|\(\s*\)|  - $")
FORTNIGHT = dt.timedelta(days=14)


def confirmed(basis: Basis, item: str, day: dt.date | None) -> Proposal:
    found = find_item(basis.plan, item, dated=day is not None)
    authority = Authority(deciding(basis.plan, found))
    past = Past(basis.plan.starts(basis.plan.resolution.date + FORTNIGHT))
    return propose_confirmation(basis, item, day, authority=authority, past=past)


def told(place: Path, item: str, day: dt.date) -> str:
    plan = Basis(place).plan
    return outside(plan, find_item(plan, item), day)


def test_what_could_follow_a_confirmation_is_offered_as_a_move_of_its_own() -> None:
    """`confirm` knows no --with."""
    seen = confirmed(Basis(CLUB, folder="akte"), "vorstand-maerz", Day(2027, 3, 12)).preview
    assert said(seen, "Was nicht von selbst folgt")[0].startswith(
        "Ende von Phase 3 „Entwurf“: bleibt beim 5. März 2027. Soll es mitrücken: staffelstab move akte phase-3.end 2027-03-12 "
        "(dann 12. März 2027)."
    )


def test_an_end_that_is_open_did_not_fall_on_the_day_that_an_event_did_not_have() -> None:
    """Both had none: that is no day they share."""
    seen = confirmed(Basis(CLUB), "wahlen-2028", Day(2028, 3, 10)).preview
    assert [(row.item, row.before, row.after) for row in seen.rows if row.item] == [
        ("wahlen-2028", None, Day(2028, 3, 10))
    ]
    assert seen.stays == ()


def test_what_does_share_the_day_of_an_event_is_still_named() -> None:
    known = RecordedChange(
        Change("wahlen-2028", "confirmed", Day(2027, 3, 22)), at("2026-11-21"), "mitgliederversammlung"
    )
    seen = confirmed(Basis(CLUB, (known,)), "wahlen-2028", Day(2028, 3, 10)).preview
    assert said(seen, "Was nicht von selbst folgt")[0].startswith(
        "Beginn von Phase 5 „Umsetzung“: bleibt beim 22. März 2027."
    )


@pytest.mark.parametrize("place", [PARTY, CHOIR, CLUB], ids=lambda place: place.name)
def test_no_confirmation_of_any_plan_tells_a_day_that_is_missing(place: Path) -> None:
    basis = Basis(place)
    for item in items(basis.plan):
        if item.when and item.when.status not in {"adopted", "open"}:
            for day in item.days:
                shown = text(confirmed(basis, item.name, day).preview)
                assert not EMPTY_DAY.search(" ".join(shown.split())), (item.name, shown)


@pytest.mark.parametrize("place", [PARTY, CHOIR, CLUB], ids=lambda place: place.name)
def test_what_the_check_proposes_is_never_outside_of_what_the_resolution_says(place: Path) -> None:
    """And whom it names may confirm it."""
    basis, proposed = Basis(place), 0
    for finding in lint(basis.plan, source_beside(basis.path, basis.plan.source)):
        if {"item", "iso", "by"} <= set(finding.facts):
            item, day = str(finding.facts["item"]), dt.date.fromisoformat(str(finding.facts["iso"]))
            assert told(place, item, day) == "", item
            assert confirmed(basis, item, day).refusal is None
            assert finding.facts["by"] == deciding(basis.plan, find_item(basis.plan, item))
            proposed += 1
    assert proposed


@pytest.mark.parametrize(
    ("item", "day"),
    [
        ("call-1.opens", Day(2026, 11, 23)),  # the sentence names the deadline
        ("vorstand-januar.papers_due", Day(2027, 1, 15)),  # the sentence names the session
        ("call-2.opens", Day(2027, 2, 19)),
        ("referat.filled", Day(2027, 3, 1)),  # within the first half-year
    ],
)
def test_a_sentence_that_names_another_date_says_nothing_about_this_one(item: str, day: dt.date) -> None:
    assert told(CLUB, item, day) == ""


def test_a_sentence_that_names_what_the_rule_hangs_on_says_nothing_about_the_day_itself() -> None:
    assert told(CHOIR, "committee-april", Day(2026, 4, 11)) == ""
    assert told(CHOIR, "committee-april", Day(2026, 4, 12)) == ""


def test_it_knows_the_sentences_day_also_after_that_was_moved() -> None:
    moved = RecordedChange(
        Change("call-1.deadline", "amended", Day(2026, 12, 13)), at("2026-11-21"), "mitgliederversammlung"
    )
    plan = Basis(CLUB, (moved,)).plan
    assert outside(plan, find_item(plan, "call-1.opens"), Day(2026, 11, 23)) == ""


def test_a_day_of_its_own_counts_though_another_date_shares_it() -> None:
    """Phase 1 ends on the day of the session; the session's sentence still speaks of the session."""
    assert "liegt außerhalb dessen, was dort steht" in told(CLUB, "vorstand-januar", Day(2027, 1, 29))


def test_a_day_that_the_sentence_does_speak_of_is_told_with_it() -> None:
    assert told(CLUB, "referat.filled", Day(2027, 10, 1)) == (
        "Im Beschluss heißt es: „Im Verlauf des ersten Halbjahres 2027 stellt die Geschäftsführung ein Referat Jugend ein.“ Der 1. "
        "Oktober 2027 liegt außerhalb dessen, was dort steht; festgehalten ist, was entschieden wurde."
    )
    assert "Dieser Tag war nicht unter den Vorschlägen (5. März 2027 und 12. März 2027)" in told(
        CLUB, "vorstand-maerz", Day(2027, 3, 11)
    )


def test_what_is_open_is_listed_with_a_body_that_may_settle_it() -> None:
    plan = Basis(CLUB).plan
    listed = [(item.name, deciding(plan, item)) for item in open_items(plan)]
    assert listed == [
        ("wahlen-2028", "mitgliederversammlung"),
        ("vorstand-maerz", "vorstand"),
        ("call-1.opens", "mitgliederversammlung"),
        ("call-2.deadline", "mitgliederversammlung"),
        ("referat.filled", "mitgliederversammlung"),
        ("call-2.audience", "mitgliederversammlung"),
    ]


def test_an_item_without_a_date_has_no_days() -> None:
    assert Item("call-2.audience", "audience", "$.calls[1].audience", True).days == ()
