"""Membership figures: per unit the latest, change, totals by region, who sent none, and numbers that cannot be (R66).

Nothing is corrected or estimated: a total names how many units it rests on; an impossible number raises an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

AlarmKind = Literal["negative", "mismatch", "outside"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One unit's figures for one year: members at its end, and who joined and left during it (None: not told)."""

    unit: str
    year: int
    members: int
    joined: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A number that cannot be. `amount` is the negative number, or members beyond before + joined − left; else 0."""

    kind: AlarmKind
    unit: str
    year: int
    amount: int


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit's latest figures and, if it told an earlier year, the change since then."""

    latest: Figure
    before: Figure | None

    @property
    def change(self) -> int | None:
        """Members gained (or lost) since `before`."""
        return None if self.before is None else self.latest.members - self.before.members


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over the units that told the figure; `told` of `asked` units told how many members they have."""

    name: str
    asked: int
    told: int
    members: int
    joined: int | None
    left: int | None
    change: int | None


@dataclass(frozen=True, slots=True)
class Membership:
    """All of it: `units` and `regions` in the order given, `missing` without any figure, `outdated` behind `year`."""

    year: int | None
    units: tuple[UnitFigures, ...]
    regions: tuple[Total, ...]
    total: Total
    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    alarms: tuple[Alarm, ...]


def membership(figures: Iterable[Figure], units: Sequence[str], regions: Mapping[str, str] | None = None) -> Membership:
    """Join `figures` of `units`; `regions` names each unit's region. Of two figures for a year the later given counts.

    Figures of units that were not asked are named by an alarm and not summed.
    """
    latest = {(figure.unit, figure.year): figure for figure in figures}
    years = sorted(latest.values(), key=lambda figure: figure.year)
    history = {unit: [figure for figure in years if figure.unit == unit] for unit in units}
    told = {unit: _unit(each) for unit, each in history.items() if each}
    year = max((each.latest.year for each in told.values()), default=None)
    region = regions or {}
    names = dict.fromkeys(region[unit] for unit in units if unit in region)
    return Membership(
        year=year,
        units=tuple(told.values()),
        regions=tuple(_total(name, [unit for unit in units if region.get(unit) == name], told) for name in names),
        total=_total("", units, told),
        missing=tuple(unit for unit in units if unit not in told),
        outdated=tuple(unit for unit, each in told.items() if each.latest.year != year),
        alarms=tuple(alarm for unit in units for alarm in _alarms(history[unit]))
        + tuple(Alarm("outside", each.unit, each.year, 0) for each in years if each.unit not in history),
    )


def _unit(history: Sequence[Figure]) -> UnitFigures:
    return UnitFigures(history[-1], history[-2] if len(history) > 1 else None)


def _total(name: str, units: Sequence[str], told: Mapping[str, UnitFigures]) -> Total:
    found = [told[unit] for unit in units if unit in told]
    return Total(
        name=name,
        asked=len(units),
        told=len(found),
        members=sum(each.latest.members for each in found),
        joined=_sum(each.latest.joined for each in found),
        left=_sum(each.latest.left for each in found),
        change=_sum(each.change for each in found),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of what was told; None when nobody told anything."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _alarms(history: Sequence[Figure]) -> Iterable[Alarm]:
    for index, figure in enumerate(history):
        for number in (figure.members, figure.joined, figure.left):
            if number is not None and number < 0:
                yield Alarm("negative", figure.unit, figure.year, number)
        before = history[index - 1] if index else None
        if before is None or before.year != figure.year - 1 or figure.joined is None or figure.left is None:
            continue
        beyond = figure.members - (before.members + figure.joined - figure.left)
        if beyond:
            yield Alarm("mismatch", figure.unit, figure.year, beyond)
