"""Trials: ideas tried out, each card with the idea it tries; failure is a result (R88, R89)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.phases.concept.proposed_ideas import LinkedIdea, ideas_of
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Trial


@dataclass(frozen=True, slots=True)
class LinkedTrial:
    """A trial card and the idea it tries; None if the idea is not known."""

    record: Trial
    idea: LinkedIdea | None

    @property
    def id(self) -> str:
        """The number people use."""
        return self.record.id

    @property
    def ended(self) -> bool:
        """Whether there is a result; a failed or stopped trial is one (R89)."""
        return self.record.result not in {None, "running"}


def trials_of(case: Case) -> tuple[LinkedTrial, ...]:
    """All trials of the case."""
    ideas = {idea.id.upper(): idea for idea in ideas_of(case)}
    return tuple(LinkedTrial(row, next((ideas[ref] for ref in row.idea if ref in ideas), None)) for row in case.trials)
