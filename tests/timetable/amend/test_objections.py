"""What goes beyond a wall is refused; what goes beyond the session that adopts, or the end of the work, is said first (R46)."""

from __future__ import annotations

from commands.previews import facts, text
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.objections import beyond
from tests.timetable.amend.previews import CHOIR, PARTY, rippled, said


def test_a_session_after_the_one_that_adopts_is_the_first_thing_said() -> None:
    seen = rippled(PARTY, "lv-2018-03-09", "2018-08-20")
    assert text(seen).lstrip("\n").startswith("Was dagegen spricht\n")
    assert said(seen, "Was dagegen spricht") == [
        "Sitzung des Landesvorstands: Der 20. August 2018 geht über die Sitzung hinaus, die beschließt („Erste Sitzung des "
        "Landesvorstands nach der Sommerpause“, 17. August 2018); was danach kommt, steht in diesem Beschluss nicht mehr.",
        "Sitzung des Landesvorstands: Der 20. August 2018 geht über den letzten Tag hinaus, an dem noch eine Phase endet "
        "(Ende von Phase 5 „Finalisierung“, 17. August 2018).",
    ]
    assert beyond(Basis(PARTY), seen.against) is None


def test_beyond_a_wall_it_is_refused_and_the_nearest_wall_is_named() -> None:
    seen = rippled(PARTY, "lv-2018-03-09", "2018-09-03")
    refusal = beyond(Basis(PARTY), seen.against)
    assert refusal is not None
    assert "geht über „3. Tagung des 14. Landesparteitags“ (25. August 2018) hinaus." in refusal.text("de")
    assert [(item["kind"], item["limit"]) for item in facts(seen)["against"]] == [
        ("wall", "lpt"),
        ("wall", "zeit-eng"),
        ("adoption", "lv-2018-08-17"),
        ("end", "phase-5.end"),
    ]


def test_a_wall_that_moves_to_the_front_leaves_behind_what_it_overtakes() -> None:
    seen = rippled(PARTY, "lpt", "2018-08-10")
    assert [(item.kind, item.item) for item in seen.against] == [("wall", "lv-2018-08-17"), ("wall", "phase-5.end")]


def test_what_lay_on_the_limits_own_day_or_stays_before_it_is_not_spoken_against() -> None:
    for item, day in (
        ("phase-6.start", "2018-08-27"),
        ("lv-2018-08-17", "2018-08-24"),
        ("lv-2018-03-09", "2018-03-16"),
    ):
        assert rippled(PARTY, item, day).against == ()


def test_the_choirs_general_meeting_is_a_wall_in_english() -> None:
    seen = rippled(CHOIR, "committee-january", "2026-04-27")
    assert said(seen, "What speaks against it")[0] == (
        "Committee meeting in January: 27 April 2026 goes beyond “Annual General Meeting” (25 April 2026), a day that is fixed."
    )
