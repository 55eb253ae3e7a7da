"""Unanimity is only what everybody has said; silence is not agreement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from staffelstab.phases.methods.unanimity import Position, Unanimity, unanimity


def test_one_objection_or_one_unheard_actor_breaks_it() -> None:
    assert unanimity({"a": "agrees", "b": "agrees"}, ["a", "b"]).unanimous
    assert unanimity({"a": "agrees", "b": "objects"}, ["a", "b"]) == Unanimity(("a",), ("b",), ())
    assert unanimity({"a": "agrees"}, ["a", "b"]) == Unanimity(("a",), (), ("b",))
    assert not unanimity({"a": "agrees", "b": "unheard"}, ["a", "b"]).unanimous


def test_an_objection_counts_even_from_somebody_who_was_not_asked() -> None:
    assert unanimity({"z": "objects", "a": "agrees", "y": "agrees"}, ["a"]) == Unanimity(("a",), ("z",), ())


def test_nobody_asked_is_nobody_agreed() -> None:
    assert not unanimity({}, []).unanimous
    assert not unanimity({"x": "agrees"}, []).unanimous


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(("agrees", "objects", "unheard"))))
def test_unheard_is_never_unanimous(positions: dict[str, Position]) -> None:
    told = unanimity(positions, "abcd")
    assert told.unanimous == (
        all(positions.get(actor) == "agrees" for actor in "abcd") and "objects" not in positions.values()
    )
