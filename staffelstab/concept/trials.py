"""Trials: ideas tried out, each card with the idea it tries; failure is a result (R88, R89)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.case.values import Case, Record
from staffelstab.concept.ideas import Idea, ideas_of


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial card and the idea it tries; None if the idea is not known."""

    record: Record
    idea: Idea | None

    @property
    def id(self) -> str:
        """The number people use."""
        return self.record.text("id")

    @property
    def ended(self) -> bool:
        """Whether there is a result; a failed or stopped trial is one (R89)."""
        return self.record.text("result") not in {"", "running"}


def trials_of(case: Case) -> tuple[Trial, ...]:
    """All trials of the case."""
    ideas = {idea.id.upper(): idea for idea in ideas_of(case)}
    return tuple(
        Trial(row, next((ideas[ref] for ref in row.refs("idea") if ref in ideas), None)) for row in case.rows("trials")
    )
