"""What runs badly, well, too little or not at all, and which perspectives say so (R76, R78).

All four headings always appear, also when nothing stands under one of them; a finding that only one perspective
supports, or none, is marked, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Heading = Literal["bad", "good", "too_little", "not_at_all"]
Support = Literal["all", "several", "single", "further", "none"]
HEADINGS: tuple[Heading, ...] = ("bad", "good", "too_little", "not_at_all")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding and the perspectives its sources speak for."""

    id: str
    heading: Heading
    text: str
    perspectives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Joined:
    """A finding beside the perspectives asked for: `supported` in their order, `further` beyond them, sorted."""

    finding: Finding
    supported: tuple[bool, ...]
    further: tuple[str, ...]

    @property
    def support(self) -> Support:
        """all · several · single (one of those asked for) · further (only others) · none (no source at all)."""
        voices = sum(self.supported)
        if voices == 0:
            return "further" if self.further else "none"
        if voices == len(self.supported) > 1:
            return "all"
        return "single" if voices == 1 else "several"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the four headings and what stands under it, in the order given; may be empty."""

    heading: Heading
    findings: tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The joined findings."""

    perspectives: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """Findings per heading (rows, as in HEADINGS) that each perspective (columns) supports."""
        return tuple(
            tuple(sum(joined.supported[column] for joined in section.findings) for column in self._columns())
            for section in self.sections
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """Perspectives that support no finding at all."""
        totals = [sum(row[column] for row in self.matrix) for column in self._columns()]
        return tuple(name for name, total in zip(self.perspectives, totals, strict=True) if total == 0)

    def marked(self, support: Support) -> tuple[Joined, ...]:
        """All findings with that support, heading by heading."""
        return tuple(joined for section in self.sections for joined in section.findings if joined.support == support)

    def _columns(self) -> range:
        return range(len(self.perspectives))


def join(findings: Sequence[Finding], perspectives: Sequence[str]) -> Synthesis:
    """Sort `findings` under the four headings and set each beside `perspectives`.

    Raises ValueError for an unknown heading: the sheet's choices exclude it, so it is a mistake of the caller.
    """
    for finding in findings:
        if finding.heading not in HEADINGS:
            raise ValueError(f"{finding.id}: {finding.heading}")
    return Synthesis(
        perspectives=tuple(perspectives),
        sections=tuple(
            Section(heading, tuple(_joined(each, perspectives) for each in findings if each.heading == heading))
            for heading in HEADINGS
        ),
    )


def _joined(finding: Finding, perspectives: Sequence[str]) -> Joined:
    return Joined(
        finding,
        supported=tuple(name in finding.perspectives for name in perspectives),
        further=tuple(sorted(finding.perspectives - set(perspectives))),
    )
