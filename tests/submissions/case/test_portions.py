"""Portions: everything, in its order, never too much at once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from staffelstab.submissions.case.portions import BYTES, ITEMS, portions


@given(st.lists(st.integers(0, 2 * BYTES), max_size=30))
def test_nothing_is_lost_and_only_a_single_item_may_be_larger_than_a_portion(sizes: list[int]) -> None:
    found = list(portions(iter(sizes), lambda size: size))
    assert [size for portion in found for size in portion] == sizes
    assert all(len(portion) == 1 or sum(portion) <= BYTES for portion in found)
    assert all(sum(one) + other[0] > BYTES for one, other in pairwise(found))


def test_many_small_items_are_several_portions() -> None:
    assert [len(portion) for portion in portions(range(2 * ITEMS + 1), lambda _: 0)] == [ITEMS, ITEMS, 1]
