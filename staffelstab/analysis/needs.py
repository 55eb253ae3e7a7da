"""Which needs weigh most, fairly: every unit counts the same, however many people answered there (R73).

Severity is averaged per unit, then over the units that rated the need. Coverage stands beside it and is never
multiplied in; Borda stands beside it as a cross-check. A two-stage bootstrap (units, then respondents) says what is
certain: intervals, the probability of being among the first three, and tiers within which nothing can be told apart.
Measured in notes/documents.md, "Ranking needs fairly".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from staffelstab.analysis.bootstrap import Draws, Scores, bootstrap
from staffelstab.language import Language

MIN_UNITS = 3
"""Fewer units than this that rated a need give no interval: it would be guesswork."""
CLEAR = 0.95
"""A need begins a new tier when the first of the tier lies before it in this share of the draws."""
TOP = 3
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

    `severity` is the mean over units, on the scale of the ratings; `rated_by` units out of `asked`, with `ratings` in
    all; `interval` (95 %), `top3` (0–1) and `tier` are None where too few units rated it; `borda` (0–1) is the share of
    the other needs that a unit places behind this one, on average, None where no unit rated anything else.
    """

    need: str
    rank: int
    tied: bool
    severity: float
    rated_by: int
    asked: int
    ratings: int
    borda: float | None
    interval: tuple[float, float] | None
    top3: float | None
    tier: int | None


@dataclass(frozen=True, slots=True)
class UnitNeeds:
    """One unit's own view: mean severity per need in the order of the ranking, None where it did not rate."""

    unit: str
    severities: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking, the view of each unit, who did not rate (`missing`) and units that were not asked (`outside`)."""

    needs: tuple[RankedNeed, ...]
    units: tuple[UnitNeeds, ...]
    missing: tuple[str, ...]
    outside: tuple[str, ...]
    seed: int
    draws: int

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
    lines = _lines(needs, means, drawn, [each.need for each in asked])
    order = [needs.index(line.need) for line in lines]
    return Ranking(
        needs=tuple(lines),
        units=tuple(UnitNeeds(unit, _view(means[row, order])) for row, unit in enumerate(units)),
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


def _lines(needs: Sequence[str], means: Scores, drawn: Draws, rated: Sequence[str]) -> list[RankedNeed]:
    told = (~np.isnan(means)).sum(axis=0)
    severity = np.round(np.nansum(means, axis=0) / np.maximum(told, 1), _DIGITS)
    borda = _borda(means)
    order = sorted(range(len(needs)), key=lambda index: (-severity[index], needs[index]))
    sure = [bool(told[index] >= MIN_UNITS) for index in range(len(needs))]
    tiers = _tiers([index for index in order if sure[index]], drawn)
    return [
        RankedNeed(
            need=needs[index],
            rank=int((severity > severity[index]).sum()) + 1,
            tied=int((severity == severity[index]).sum()) > 1,
            severity=float(severity[index]),
            rated_by=int(told[index]),
            asked=len(means),
            ratings=rated.count(needs[index]),
            borda=borda[index],
            interval=drawn.interval(index) if sure[index] else None,
            top3=drawn.among_first(index, TOP) if sure[index] else None,
            tier=tiers.get(index),
        )
        for index in order
    ]


def _borda(means: Scores) -> list[float | None]:
    """Per need, averaged over units that rated it and others: the share of the others behind it (a tie counts half)."""
    points: list[list[float]] = [[] for _ in range(means.shape[1])]
    for view in means:
        rated = np.flatnonzero(~np.isnan(view))
        for index in rated if len(rated) > 1 else ():
            behind = float((view[rated] < view[index]).sum()) + 0.5 * (float((view[rated] == view[index]).sum()) - 1)
            points[index].append(behind / (len(rated) - 1))
    return [round(sum(each) / len(each), _DIGITS) if each else None for each in points]


def _tiers(order: Sequence[int], drawn: Draws) -> dict[int, int]:
    tiers: dict[int, int] = {}
    tier, leader = 0, -1
    for index in order:
        if leader < 0 or drawn.before(leader, index) >= CLEAR:
            tier, leader = tier + 1, index
        tiers[index] = tier
    return tiers


def _view(severities: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(each) else round(float(each), _DIGITS) for each in severities)
