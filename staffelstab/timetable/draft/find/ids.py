"""Ids in a draft: each only once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Protocol


class Identified(Protocol):
    """Something that has an id."""

    @property
    def id(self) -> str:
        """The id."""


def ids_of(*groups: Iterable[Identified]) -> list[str]:
    """The ids of all of these."""
    return [item.id for group in groups for item in group]


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The id wanted, with a number behind it where it is taken already."""
    ids = frozenset(taken)
    return next(name for name in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if name not in ids)
