"""Two-stage bootstrap: draw the units anew, within each its respondents, and see how far the means move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

_DIGITS = 9
_INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Draws:
    """`means`: draws × needs, nan where no unit drawn had rated the need."""

    means: Scores

    def interval(self, need: int) -> tuple[float, float]:
        """The middle 95 % of the draws."""
        known = self.means[:, need][~np.isnan(self.means[:, need])]
        low, high = np.quantile(known, _INTERVAL)
        return round(float(low), _DIGITS), round(float(high), _DIGITS)

    def before(self, one: int, other: int) -> float:
        """The share of the draws in which need `one` weighs more than `other`; a tie counts half."""
        difference = self.means[:, one] - self.means[:, other]
        known = difference[~np.isnan(difference)]
        return float((known > 0).mean() + 0.5 * (known == 0).mean()) if known.size else 0.5


def bootstrap(answers: Sequence[Scores], needs: int, rng: np.random.Generator, draws: int) -> Draws:
    """Draw `draws` times; `answers` holds for each unit respondents × needs, nan where somebody did not rate.

    Only units with an answer are drawn. Means are rounded so that equal ones tie on every machine.
    """
    heard = [scores for scores in answers if scores.size]
    if not heard:
        return Draws(np.full((draws, needs), np.nan))
    weights = _counts(rng, draws, len(heard))
    total, weight = np.zeros((draws, needs)), np.zeros((draws, needs))
    for column, scores in enumerate(heard):
        told = ~np.isnan(scores)
        people = _counts(rng, draws, len(scores))
        number = people @ told
        sums = people @ np.where(told, scores, 0.0)
        drawn = weights[:, [column]] * (number > 0)
        total += drawn * np.divide(sums, number, out=np.zeros_like(sums), where=number > 0)
        weight += drawn
    means: Scores = np.full((draws, needs), np.nan)
    np.divide(total, weight, out=means, where=weight > 0)
    return Draws(means.round(_DIGITS))


def _counts(rng: np.random.Generator, draws: int, size: int) -> Scores:
    """Draws × size: how often each of `size` was drawn when drawing `size` times with replacement."""
    chosen = rng.integers(size, size=(draws, size)) + np.arange(draws)[:, None] * size
    return np.bincount(chosen.ravel(), minlength=draws * size).reshape(draws, size).astype(np.float64)
