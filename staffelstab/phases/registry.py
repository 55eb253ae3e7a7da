"""The kinds of phase, each with what it makes of a case. `docs/extending.md` has the recipe for a new one.

What a report of the kind may hold is declared, so that a test finds a missing word before a coordinator does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from staffelstab.phases.kinds import analysis, call, finalisation, ideas, publication, synthesis, trials
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.report import PhaseReport
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase


@dataclass(frozen=True, slots=True)
class PhaseKind:
    """A kind of phase: its survey, the counts every survey of it has, and the notes it may have.

    A count's words are below `overview.count` in the catalogue, a note's below `phases.note`.
    """

    name: str
    make: Callable[[Case, Phase, Codebook], PhaseReport]
    counts: tuple[str, ...]
    notes: tuple[str, ...]

    def survey(self, case: Case, phase: Phase, codebook: Codebook) -> PhaseReport:
        """The phase as it stands. Raises ValueError as `checked`."""
        return self.checked(self.make(case, phase, codebook))

    def checked(self, survey: PhaseReport) -> PhaseReport:
        """The survey itself. Raises ValueError for a count or note that is not declared: a programming mistake."""
        undeclared = {note.key for note in survey.notes} - set(self.notes) | set(survey.counts) - set(self.counts)
        if undeclared:
            raise ValueError(f"{self.name}: {', '.join(sorted(undeclared))}")
        return survey


PHASE_KINDS: dict[str, PhaseKind] = {
    kind.name: kind
    for kind in (
        PhaseKind("call", call.survey, call.COUNTS, call.NOTES),
        PhaseKind("analysis", analysis.survey, analysis.COUNTS, analysis.NOTES),
        PhaseKind("synthesis", synthesis.survey, synthesis.COUNTS, synthesis.NOTES),
        PhaseKind("ideas", ideas.survey, ideas.COUNTS, ideas.NOTES),
        PhaseKind("trials", trials.survey, trials.COUNTS, trials.NOTES),
        PhaseKind("finalisation", finalisation.survey, finalisation.COUNTS, finalisation.NOTES),
        PhaseKind("publication", publication.survey, publication.COUNTS, publication.NOTES),
    )
}
