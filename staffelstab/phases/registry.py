"""The kinds of phase, each with what it makes of a case. `docs/extending.md` has the recipe for a new one.

What a report of the kind may hold is declared, so that a test finds a missing word before a coordinator does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from staffelstab.phases.kinds import analysis, call, finalisation, ideas, publication, synthesis, trials
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.report import Content, Note, PhaseReport, ReportOf, note
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase


@dataclass(frozen=True, slots=True)
class PhaseKind:
    """A kind of phase: its survey, the counts every survey of it has, and the notes it may have.

    A count's words are below `overview.count` in the catalogue, a note's below `phases.note`. `duties` are those of the notes that
    say what the kind asks for by itself: they are questions where the resolution does not say that the phase is of the kind.
    """

    name: str
    make: Callable[[Case, Phase, Codebook], PhaseReport]
    counts: tuple[str, ...]
    notes: tuple[str, ...]
    duties: tuple[str, ...] = ()

    def survey(self, case: Case, phase: Phase, codebook: Codebook) -> PhaseReport:
        """The phase as it stands. Raises ValueError as `checked`."""
        return self.checked(self.make(case, phase, codebook))

    def checked(self, survey: ReportOf[Content]) -> ReportOf[Content]:
        """The survey, its duties as questions where the kind is assumed.

        Raises ValueError for a count or note that is not declared: a programming mistake.
        """
        undeclared = {note.key for note in survey.notes} - set(self.notes) | set(survey.counts) - set(self.counts)
        if undeclared:
            raise ValueError(f"{self.name}: {', '.join(sorted(undeclared))}")
        return replace(survey, notes=tuple(self._supposed(survey))) if survey.phase.kind_assumed else survey

    def _supposed(self, survey: PhaseReport) -> Iterator[Note]:
        yield note("ask", "kind_assumed", kind=self.name)
        yield from (replace(item, level="ask") if item.key in self.duties else item for item in survey.notes)


PHASE_KINDS: dict[str, PhaseKind] = {
    kind.name: kind
    for kind in (
        PhaseKind("call", call.survey, call.COUNTS, call.NOTES),
        PhaseKind("analysis", analysis.survey, analysis.COUNTS, analysis.NOTES, analysis.DUTIES),
        PhaseKind("synthesis", synthesis.survey, synthesis.COUNTS, synthesis.NOTES, synthesis.DUTIES),
        PhaseKind("ideas", ideas.survey, ideas.COUNTS, ideas.NOTES, ideas.DUTIES),
        PhaseKind("trials", trials.survey, trials.COUNTS, trials.NOTES, trials.DUTIES),
        PhaseKind("finalisation", finalisation.survey, finalisation.COUNTS, finalisation.NOTES, finalisation.DUTIES),
        PhaseKind("publication", publication.survey, publication.COUNTS, publication.NOTES, publication.DUTIES),
    )
}
