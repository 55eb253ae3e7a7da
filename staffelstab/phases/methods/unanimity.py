"""Who agrees, who objects, who was not heard (R90): unheard is not agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Position = Literal["agrees", "objects", "unheard"]


@dataclass(frozen=True, slots=True)
class Unanimity:
    """The answer, and whom it lacks. Somebody who was not to be asked but objects is listed among `objecting`."""

    agreeing: tuple[str, ...]
    objecting: tuple[str, ...]
    unheard: tuple[str, ...]

    @property
    def unanimous(self) -> bool:
        """True only if somebody was asked, all of them agreed and nobody objected."""
        return bool(self.agreeing) and not self.objecting and not self.unheard


def unanimity(positions: Mapping[str, Position], actors: Sequence[str]) -> Unanimity:
    """The positions of `actors` in their order; who has none in `positions` is unheard."""
    others = sorted(set(positions) - set(actors))

    def holding(position: Position) -> tuple[str, ...]:
        return tuple(actor for actor in actors if positions.get(actor, "unheard") == position)

    return Unanimity(
        agreeing=holding("agrees"),
        objecting=holding("objects") + tuple(actor for actor in others if positions[actor] == "objects"),
        unheard=holding("unheard"),
    )
