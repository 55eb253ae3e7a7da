"""Portions: so much at once as fits into memory and into one transaction."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

BYTES = 16 << 20
"""So many bytes are held at once (one item may be larger)."""

ITEMS = 250
"""So many items at most: what a crash takes with it is done again."""


def portions(items: Iterable[_T], size: Callable[[_T], int], seconds: float = math.inf) -> Iterator[list[_T]]:
    """The items in their order, in portions. None waits much longer than `seconds` for those after it."""
    portion: list[_T] = []
    weight, since = 0, time.monotonic()
    for item in items:
        if portion and (weight + size(item) > BYTES or len(portion) == ITEMS):
            yield portion
            portion, weight, since = [], 0, time.monotonic()
        portion.append(item)
        weight += size(item)
        if time.monotonic() - since >= seconds:
            yield portion
            portion, weight, since = [], 0, time.monotonic()
    if portion:
        yield portion
