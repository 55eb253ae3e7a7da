"""Labels that never collide: flags stacked beside upright lines, or, where there are too many, names that run upwards.

All lengths are pixels. A flag's `near` and `far` edge are distances from the base from which the lines rise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GAP = 3.0
MOST = 60
"""More flags than these are not tried to be stacked."""
PATIENCE = 4000


@dataclass(frozen=True, slots=True)
class Flag:
    """A label of this size that belongs to the line at `x`."""

    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label went: between `left` and `right`, and between `near` and `far`; the line at `x` rises to `near`."""

    x: float
    left: float
    right: float
    near: float
    far: float


def stacked(flags: Sequence[Flag], left: float, right: float, ceiling: float) -> tuple[Placed, ...] | None:
    """A place for every flag, none on another or on another's line, as low as it goes; None if no way is found below `ceiling`.

    Tried in order, going back where a flag finds no place; after `PATIENCE` tries it is given up.
    """
    if len(flags) > MOST:
        return None
    done: list[Placed] = []
    open_tries = [iter(_tries(flags[0], done, left, right, ceiling))] if flags else []
    for _ in range(PATIENCE):
        if len(done) == len(flags):
            return tuple(done)
        place = next((place for place in open_tries[-1] if _free(place, done)), None)
        if place is not None:
            done.append(place)
            if len(done) < len(flags):
                open_tries.append(iter(_tries(flags[len(done)], done, left, right, ceiling)))
        elif done:
            open_tries.pop()
            done.pop()
        else:
            return None
    return None


def _tries(flag: Flag, done: Sequence[Placed], left: float, right: float, ceiling: float) -> list[Placed]:
    """Every place the flag may go to, the best first: low rather than high, centred rather than at one side."""
    sides = (flag.x - flag.width / 2, flag.x - 2, flag.x + 2 - flag.width)
    heights = sorted({0.0, *(place.far + _GAP for place in done)})
    return [
        Placed(flag.x, side, side + flag.width, near, near + flag.height)
        for near in heights
        for side in sides
        if side >= left and side + flag.width <= right and near + flag.height <= ceiling
    ]


def _free(place: Placed, done: Sequence[Placed]) -> bool:
    return not any(_overlap(place, other) or _crossed(place, other) or _crossed(other, place) for other in done)


def _overlap(one: Placed, other: Placed) -> bool:
    aside = one.right + _GAP <= other.left or other.right + _GAP <= one.left
    return not (aside or one.far + _GAP <= other.near or other.far + _GAP <= one.near)


def _crossed(label: Placed, other: Placed) -> bool:
    """Whether the line of `other` runs through a label on its way."""
    return label.left - 2 < other.x < label.right + 2 and label.near < other.near


def spread(places: Sequence[float], gap: float, left: float, right: float) -> tuple[float, ...]:
    """The places moved apart so that neighbours keep a `gap`, in their order, between `left` and `right`.

    ValueError if there is no room for them all.
    """
    if (len(places) - 1) * gap > right - left:
        raise ValueError("too many for this width")
    moved = list(places)
    for number in range(len(moved)):
        lowest = left if number == 0 else moved[number - 1] + gap
        moved[number] = max(moved[number], lowest)
    for number in reversed(range(len(moved))):
        highest = right if number == len(moved) - 1 else moved[number + 1] - gap
        moved[number] = min(moved[number], highest)
    return tuple(moved)


def some(count: int, most: int) -> tuple[int, ...]:
    """Which of `count` things to show if only `most` can be: the first, the last, and as evenly between them as it goes."""
    if count <= most:
        return tuple(range(count))
    return tuple(sorted({round(number * (count - 1) / (most - 1)) for number in range(most)}))
