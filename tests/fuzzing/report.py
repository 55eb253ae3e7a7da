"""What a campaign comes to: cases and times by family, what came of them, and each kind of failure with its cases."""

from __future__ import annotations

import resource
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.fuzzing.case import Outcome

MOST = 8
"""So many case numbers are named of each kind of failure, and so many results of each family."""


@dataclass(slots=True)
class Report:
    """Outcomes, counted as they come; of each kind of failure the first is kept whole."""

    seed: str
    tried: Counter[str] = field(default_factory=Counter)
    said: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    slowest: dict[str, Outcome] = field(default_factory=dict)
    failures: dict[tuple[str, str], list[Outcome]] = field(default_factory=lambda: defaultdict(list))

    def add(self, outcome: Outcome) -> bool:
        """Count it; whether it is a kind of failure not seen before."""
        family = outcome.family
        self.tried[family] += 1
        self.said[family][outcome.said] += 1
        self.seconds[family].append(outcome.seconds)
        if family not in self.slowest or outcome.seconds > self.slowest[family].seconds:
            self.slowest[family] = outcome
        if not outcome.failure:
            return False
        alike = self.failures[family, outcome.failure]
        alike.append(outcome)
        return len(alike) == 1

    def lines(self) -> Iterator[str]:
        """The report."""
        yield f"seed {self.seed!r}: {self.tried.total()} cases, {sum(map(len, self.failures.values()))} failures"
        yield f"memory of this process at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        for family, n in self.tried.items():
            times, worst = sorted(self.seconds[family]), self.slowest[family]
            yield (
                f"{family:12} {n:6} cases  {sum(times):7.0f} s  median {times[len(times) // 2]:7.3f} s"
                f"  worst {worst.seconds:7.2f} s ({family}:{worst.number})"
            )
            said = self.said[family]
            yield f"{'':13}{', '.join(f'{what} {count}' for what, count in said.most_common(MOST))}"
        for (family, failure), alike in self.failures.items():
            numbers = ", ".join(f"{family}:{outcome.number}" for outcome in alike[:MOST])
            yield f"FAILED {len(alike)} times: {failure} ({numbers})"
