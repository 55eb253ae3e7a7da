"""Who acts: found by id or by the name people write, whatever their keyboard makes of it."""

from __future__ import annotations

import pytest

from staffelstab.timetable.plan.actors import (
    Actor,
    actors,
    audience,
    find_actor,
    find_role,
    find_unit,
    folded,
    members,
    name_of,
)
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.timetable.plan.conftest import changed


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ropewalk Men’s Chorus", "Ropewalk Men's Chorus"),
        ("Tidewater Women‘s Choir", "Tidewater Women's Choir"),
        ("TIDEWATER  women`s\u00a0choir", "Tidewater Women's Choir"),
        ("Saltmarsh Community Choir", "Saltmarsh Community Choir"),
    ],
)
def test_an_apostrophe_is_an_apostrophe(choir: Plan, written: str, name: str) -> None:
    found = find_actor(choir, written)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("written", "actor"),
    [
        ("Sächsische Schweiz-Osterzgebirge", "saechsische-schweiz"),
        ("Sa\u0308chsische Schweiz–Osterzgebirge", "saechsische-schweiz"),
        ("MEISSEN", "meissen"),
        ("beisitz 12", "lv-beisitz-12"),
        ("lv-beisitz-12", "lv-beisitz-12"),
        ("LAG Senior*innen", "lwz-senioren"),
        ("Landesgeschäftsführer", "landesgeschaeftsfuehrung"),
    ],
)
def test_names_are_found_as_they_are_written(party: Plan, written: str, actor: str) -> None:
    found = find_actor(party, written)
    assert found is not None
    assert found.id == actor


def test_nobody_is_guessed(party: Plan) -> None:
    assert [find_actor(party, name) for name in ("", "Beisitz", "Beisitz 21", "Erika Beispiel")] == [None] * 4
    assert [find_unit(party, name) for name in ("", "Bautz", "Bautzenerinnen")] == [None] * 3


def test_a_unit_is_found_with_its_kind_before_its_name(party: Plan) -> None:
    found = [
        find_unit(party, name)
        for name in ("Kreisverband Bautzen", "Stadtverband  leipzig", "KV Sächsische Schweiz-Osterzgebirge")
    ]
    assert [unit.id if unit else "" for unit in found] == ["bautzen", "leipzig", "saechsische-schweiz"]


def test_of_two_units_the_longer_name_is_meant() -> None:
    group = '[[groups]]\nid = "nord"\nname = "Nord"\n'
    group += 'units = [\n  { id = "a", name = "Land" },\n  { id = "b", name = "Leipziger Land" },\n]\n'
    plan = plan_from(changed(("[[events]]", f"{group}[[events]]")))
    found = find_unit(plan, "Kreisverband Leipziger Land")
    assert found is not None
    assert found.id == "b"


def test_roles_have_a_short_form(party: Plan) -> None:
    assert [find_role(party, name) for name in ("KGF", "kreisgeschäftsführung", "vorsitz", "Kasse")] == [
        "kgf",
        "kgf",
        "vorsitz",
        None,
    ]


def test_a_seat_that_is_an_office_keeps_its_name(party: Plan) -> None:
    assert actors(party)["landesgeschaeftsfuehrung"] == Actor(
        "landesgeschaeftsfuehrung", "Landesgeschäftsführer", "seat", "landesvorstand"
    )


def test_who_is_called_is_called_once(party: Plan) -> None:
    names = [actor.id for actor in audience(party, ("lwz", "lwz-netz", "landtagsfraktion", "lwz"))]
    assert names == [*(unit.id for unit in party.groups[1].units), "landtagsfraktion"]
    assert [actor.id for actor in members(party, "landtagsfraktion")] == ["landtagsfraktion"]


def test_an_unknown_id_is_shown_as_it_is(party: Plan) -> None:
    assert (name_of(party, "kgf-verband"), name_of(party, "lwz")) == ("kgf-verband", "Landesweite Zusammenschlüsse")


def test_folding_changes_nothing_twice() -> None:
    for name in ("Straße", "Ǆ", "İstanbul", "A–B ’x’"):
        assert folded(folded(name)) == folded(name)
