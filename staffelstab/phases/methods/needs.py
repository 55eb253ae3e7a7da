"""Which needs weigh most, fairly: every unit counts the same, however many people answered there (R73).

Severity is averaged per unit, then over the units that rated the need. Coverage stands beside it and is never
multiplied in. A two-stage bootstrap (units, then respondents) says what is certain: intervals, and tiers within which
nothing can be told apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from staffelstab.language import Language
from staffelstab.phases.methods.bootstrap import Draws, Scores, bootstrap

MIN_UNITS = 3
"""Fewer units than this that rated a need give no interval: it would be guesswork."""
CLEAR = 0.95
"""A need begins a new tier when the first of the tier lies before it in this share of the draws."""
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Rating:
    """How heavily a need weighs for one respondent of a unit; without `respondent` each rating is somebody else's."""

    unit: str
    need: str
    severity: float
    respondent: str = ""


@dataclass(frozen=True, slots=True)
class RankedNeed:
    """One line of the ranking.

    `severity` is the mean over units, on the scale of the ratings; needs of the same severity share a `rank`; `rated_by`
    units out of `asked`; `interval` (95 %) and `tier` are None where too few units rated it.
    """

    need: str
    rank: int
    severity: float
    rated_by: int
    asked: int
    interval: tuple[float, float] | None
    tier: int | None


@dataclass(frozen=True, slots=True)
class UnitNeeds:
    """One unit's own view: what weighs how much there, the heaviest first, equals in the order of the ranking."""

    unit: str
    needs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking, the view of each unit, who did not rate (`missing`) and units that were not asked (`outside`)."""

    needs: tuple[RankedNeed, ...]
    units: tuple[UnitNeeds, ...]
    missing: tuple[str, ...]
    outside: tuple[str, ...]
    seed: int
    draws: int

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Needs that weigh exactly the same, rank by rank."""
        shared: dict[int, list[str]] = {}
        for item in self.needs:
            shared.setdefault(item.rank, []).append(item.need)
        return tuple(tuple(names) for names in shared.values() if len(names) > 1)

    def method(self, language: str) -> str:
        """How it was reckoned, to be printed beneath the table."""
        say = Language(language).say
        if not self.needs:
            return say("analysis.needs.none")
        lines = [say("analysis.needs.method")]
        if any(need.interval for need in self.needs):
            draws = Language(language).number(self.draws)
            lines.append(say("analysis.needs.intervals", draws=draws, seed=self.seed))
        if any(need.interval is None for need in self.needs):
            lines.append(say("analysis.needs.too_few", units=MIN_UNITS))
        return " ".join(lines)


def rank(ratings: Iterable[Rating], units: Sequence[str], seed: int, draws: int = 2000) -> Ranking:
    """Rank the needs that `units` rated. The same ratings in any order give the same ranking.

    Several ratings of one need by one respondent are averaged. Raises ValueError for a severity that is not finite.
    """
    given = sorted(ratings, key=lambda each: (each.unit, each.respondent, each.need, each.severity))
    if not all(math.isfinite(each.severity) for each in given):
        raise ValueError("severity")
    asked = [each for each in given if each.unit in set(units)]
    needs = sorted({each.need for each in asked})
    answers = [_answers([each for each in asked if each.unit == unit], needs) for unit in units]
    means = _unit_means(answers, len(needs))
    drawn = bootstrap(answers, len(needs), np.random.Generator(np.random.PCG64(seed)), draws)
    lines = _lines(needs, means, drawn)
    return Ranking(
        needs=tuple(lines),
        units=tuple(UnitNeeds(unit, _view(means[row], lines, needs)) for row, unit in enumerate(units)),
        missing=tuple(unit for row, unit in enumerate(units) if np.isnan(means[row]).all()),
        outside=tuple(sorted({each.unit for each in given} - set(units))),
        seed=seed,
        draws=draws,
    )


def _answers(ratings: Sequence[Rating], needs: Sequence[str]) -> Scores:
    """Respondents × needs of one unit, nan where somebody did not rate."""
    column = {need: index for index, need in enumerate(needs)}
    people: dict[tuple[str, int], dict[int, list[float]]] = {}
    for number, each in enumerate(ratings):
        person = (each.respondent, 0 if each.respondent else number)
        people.setdefault(person, {}).setdefault(column[each.need], []).append(each.severity)
    scores = np.full((len(people), len(needs)), np.nan)
    for row, rated in enumerate(people.values()):
        for index, severities in rated.items():
            scores[row, index] = sum(severities) / len(severities)
    return scores


def _unit_means(answers: Sequence[Scores], needs: int) -> Scores:
    """Units × needs."""
    means = np.full((len(answers), needs), np.nan)
    for row, scores in enumerate(answers):
        told = ~np.isnan(scores)
        count = told.sum(axis=0)
        np.divide(np.where(told, scores, 0.0).sum(axis=0), count, out=means[row], where=count > 0)
    return means


def _lines(needs: Sequence[str], means: Scores, drawn: Draws) -> list[RankedNeed]:
    told = (~np.isnan(means)).sum(axis=0)
    severity = np.round(np.nansum(means, axis=0) / np.maximum(told, 1), _DIGITS)
    order = sorted(range(len(needs)), key=lambda index: (-severity[index], needs[index]))
    sure = [bool(told[index] >= MIN_UNITS) for index in range(len(needs))]
    tiers = _tiers([index for index in order if sure[index]], drawn)
    return [
        RankedNeed(
            need=needs[index],
            rank=int((severity > severity[index]).sum()) + 1,
            severity=float(severity[index]),
            rated_by=int(told[index]),
            asked=len(means),
            interval=drawn.interval(index) if sure[index] else None,
            tier=tiers.get(index),
        )
        for index in order
    ]


def _tiers(order: Sequence[int], drawn: Draws) -> dict[int, int]:
    tiers: dict[int, int] = {}
    tier, leader = 0, -1
    for index in order:
        if leader < 0 or drawn.before(leader, index) >= CLEAR:
            tier, leader = tier + 1, index
        tiers[index] = tier
    return tiers


def _view(means: Scores, lines: Sequence[RankedNeed], needs: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """What a unit with these means rated, the heaviest first."""
    rated = [(line.need, float(means[needs.index(line.need)])) for line in lines]
    known = [(need, round(mean, _DIGITS)) for need, mean in rated if not math.isnan(mean)]
    return tuple(sorted(known, key=lambda item: -item[1]))
