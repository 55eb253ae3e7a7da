"""Who may decide on what follows from the plan: a members' meeting resolved it, a board carries it out (R45, R46)."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.errors import RecordError
from staffelstab.timetable.amend.authority import Authority, decided_by
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import items
from staffelstab.timetable.amend.past import Past
from staffelstab.timetable.amend.proposal import Proposal, propose, propose_confirmation
from staffelstab.timetable.amend.requests import Wish
from staffelstab.timetable.plan.change import Change, RecordedChange
from staffelstab.timetable.plan.deciders import deciders, who_decides
from tests.conftest import at
from tests.timetable.amend.previews import CHOIR, CLUB, PARTY, Day

MEMBERS, BOARD = "mitgliederversammlung", "vorstand"
RESOLVED, OPEN = "amend.error.not_theirs_resolved", "amend.error.not_theirs_open"
EVERYBODY = (MEMBERS, BOARD, "koordination", "geschaeftsfuehrung", "vorsitz", "vereine", "grimma")


def moved(item: str, day: str, by: str, *others: str, authorised: bool = False, basis: Basis | None = None) -> Proposal:
    wish = Wish(item, Day.fromisoformat(day), others)
    return propose(basis or Basis(CLUB), wish, authority=Authority(by, authorised=authorised))


def confirmed(item: str, day: dt.date | None, by: str, *, authorised: bool = False) -> Proposal:
    authority, past = Authority(by, authorised=authorised), Past(at("2026-11-22"))
    return propose_confirmation(Basis(CLUB), item, day, authority=authority, past=past)


def allowed_to_move(item: str, day: str) -> set[str]:
    return {by for by in EVERYBODY if moved(item, day, by).refusal is None}


def allowed_to_confirm(item: str, day: dt.date | None) -> set[str]:
    return {by for by in EVERYBODY if confirmed(item, day, by).refusal is None}


@pytest.mark.parametrize(
    ("item", "day"),
    [
        ("mitgliederversammlung-2027", "2027-03-20"),
        ("vorstand-januar", "2027-01-20"),  # the board's own session, but the resolution names its day
        ("phase-1.end", "2027-01-20"),
        ("call-1.deadline", "2026-12-13"),
    ],
)
def test_what_the_resolution_says_only_the_body_that_adopted_it_may_move(item: str, day: str) -> None:
    assert allowed_to_move(item, day) == {MEMBERS}


def test_a_session_of_which_the_resolution_says_nothing_is_for_the_body_that_meets_as_well() -> None:
    assert allowed_to_move("vorstand-februar", "2027-02-18") == {MEMBERS, BOARD}


def test_the_days_that_the_resolution_leaves_open() -> None:
    """The board's session and its papers are the board's, a post the appointer's; the rest is for who adopted the resolution."""
    assert allowed_to_confirm("vorstand-maerz", Day(2027, 3, 12)) == {MEMBERS, BOARD}
    assert allowed_to_confirm("vorstand-maerz.papers_due", Day(2027, 2, 25)) == {MEMBERS, BOARD}
    assert allowed_to_confirm("referat.filled", Day(2027, 2, 1)) == {MEMBERS, "geschaeftsfuehrung"}
    assert allowed_to_confirm("wahlen-2028", Day(2028, 3, 10)) == {MEMBERS}
    assert allowed_to_confirm("call-2.deadline", Day(2027, 2, 24)) == {MEMBERS}
    assert allowed_to_confirm("call-2.audience", None) == {MEMBERS}


def test_a_refusal_says_who_may_and_what_to_do_and_shows_what_would_follow() -> None:
    club = moved("mitgliederversammlung-2027", "2027-03-20", "grimma")
    assert club.refusal is not None
    assert club.refusal.text("de") == (
        "Mitgliederversammlung 2027: Diesen Tag setzt der Beschluss fest; ändern kann ihn nur, wer den Beschluss gefasst hat "
        "(Mitgliederversammlung), und nicht „SV Grimma“. Geändert wurde nichts. Ist dort so entschieden worden, bitte mit --by "
        "mitgliederversammlung eintragen. Wer kein Gremium ist, kann einen Beschluss nicht ändern; der Wunsch gehört als "
        "Antrag dorthin."
    )
    assert [row.item for row in club.preview.rows if row.item] == [
        "mitgliederversammlung-2027",
        "mitgliederversammlung-2027.papers_due",
    ]
    board = confirmed("call-2.deadline", Day(2027, 2, 24), BOARD)
    assert board.refusal is not None
    assert board.refusal.text("de") == (
        "Rückmeldungen zum Entwurf: Einsendeschluss: Darüber entscheidet nicht „Vorstand“; zuständig ist: "
        "Mitgliederversammlung. Geändert wurde nichts. Ist dort so entschieden worden, bitte mit --by mitgliederversammlung "
        "eintragen. Ist „Vorstand“ dazu ermächtigt worden, bitte --authorised dazuschreiben: Das steht dann in der Akte und, wo "
        "verlegt wird, im Entwurf des Beschlusses."
    )
    session = confirmed("vorstand-maerz", Day(2027, 3, 12), "koordination")
    assert session.refusal is not None
    assert "zuständig ist: Vorstand oder Mitgliederversammlung. " in session.refusal.text("de")
    assert "please record it with --by mitgliederversammlung" in club.refusal.text("en")


def test_nothing_moves_along_that_is_not_theirs_to_move() -> None:
    refusal = moved("vorstand-februar", "2027-02-18", BOARD, "phase-2.end").refusal
    assert refusal is not None
    assert (refusal.key, refusal.facts["what"]) == (RESOLVED, "Ende von Phase 2 „Auswertung“")
    assert moved("vorstand-februar", "2027-02-18", MEMBERS, "phase-2.end").refusal is None


def test_a_body_that_says_it_was_authorised_may_and_an_office_or_a_club_may_not() -> None:
    """A members' meeting meets once a year, and authorises its board to move what must be moved meanwhile."""
    trying = {
        by: moved("mitgliederversammlung-2027", "2027-03-20", by, authorised=True).refusal is None for by in EVERYBODY
    }
    assert {by for by, allowed in trying.items() if allowed} == {MEMBERS, BOARD}
    assert confirmed("call-2.deadline", Day(2027, 2, 24), BOARD, authorised=True).refusal is None
    assert confirmed("call-2.deadline", Day(2027, 2, 24), "grimma", authorised=True).refusal is not None


def test_what_the_members_meeting_decided_since_the_board_does_not_undo() -> None:
    decided = RecordedChange(Change("vorstand-maerz", "confirmed", Day(2027, 3, 5)), at("2026-11-21"), MEMBERS)
    own = RecordedChange(Change("vorstand-maerz", "confirmed", Day(2027, 3, 5)), at("2026-11-21"), BOARD)
    after = [moved("vorstand-maerz", "2027-03-12", BOARD, basis=Basis(CLUB, (change,))) for change in (decided, own)]
    assert [proposal.refusal and proposal.refusal.key for proposal in after] == [OPEN, None]


def test_a_wall_and_the_past_come_before_the_question_whose_decision_it_is() -> None:
    wall = propose(Basis(PARTY), Wish("lpt", Day(2018, 9, 1)), authority=Authority("bautzen"))
    assert wall.refusal is not None
    assert wall.refusal.key == "amend.error.wall"
    beyond = propose(Basis(PARTY), Wish("lv-2018-03-09", Day(2018, 9, 3)), authority=Authority("bautzen"))
    assert beyond.refusal is not None
    assert beyond.refusal.key == "amend.error.beyond"
    with pytest.raises(RecordError) as raised:
        propose(
            Basis(CLUB),
            Wish("vorstand-januar", Day(2026, 11, 21)),
            authority=Authority("grimma"),
            past=Past(at("2026-11-22")),
        )
    assert raised.value.key == "amend.error.past"


def test_a_look_asks_nobody_who_decides() -> None:
    seen = propose(Basis(CLUB), Wish("mitgliederversammlung-2027", Day(2027, 3, 20)))
    assert (seen.refusal, seen.question) == (None, None)
    with pytest.raises(RecordError) as raised:
        seen.accepted_from()
    assert raised.value.key == "amend.error.by_whom"


def test_a_proposed_day_is_a_question_and_not_recorded_as_moved() -> None:
    seen = moved("vorstand-maerz", "2027-03-12", BOARD)
    assert seen.refusal is None
    with pytest.raises(RecordError) as raised:
        seen.accepted_from()
    assert raised.value is seen.question


def test_where_one_body_resolves_and_meets_it_decides_on_everything() -> None:
    for place, body in ((PARTY, "landesvorstand"), (CHOIR, "committee")):
        basis = Basis(place)
        assert {actor for item in items(basis.plan) for actor in deciders(basis.adopted, item.name)} == {body}


def test_the_form_offers_the_bodies_and_whoever_appoints() -> None:
    assert who_decides(Basis(CLUB).plan) == (MEMBERS, BOARD, "geschaeftsfuehrung")


def test_who_decided_is_found_by_name_and_nobody_is_a_sentence() -> None:
    plan = Basis(CLUB).plan
    assert decided_by(plan, "Vorstand", "vorstand-januar").id == BOARD
    for name, key in (("", "by_whom"), ("Vorstnad", "unknown_actor")):
        with pytest.raises(RecordError) as raised:
            decided_by(plan, name, "vorstand-januar")
        assert raised.value.key == f"amend.error.{key}"
