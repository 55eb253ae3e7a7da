"""Where a phase stands: state, days left, counts, coverage by unit, what is missing, the timetable.

The facts are the same for Prefect's UI (`overview`, without a name or a cell) and for our own page of the phase.
"""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.documents.rendering.templates import environment
from staffelstab.phases.gate import GateState
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.artifacts.timetable_image import picture
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.unheard import Unheard, unheard
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase, Session


@dataclass(frozen=True)
class Standing:
    """A phase as it stands in a case: what its run found, where it stands before its gate, who was not heard.

    `session` treats the phase, if one does; `days_left` until its end (less than 0: so long over it), None where that is open.
    """

    case: Case
    survey: PhaseReport
    gate: GateState
    silence: Unheard
    session: Session | None
    days_left: int | None

    @property
    def phase(self) -> Phase:
        """The phase."""
        return self.survey.phase

    @property
    def fixed(self) -> bool:
        """Whether the paper for its session is frozen, or should be by now."""
        session = self.session
        if session is None:
            return False
        return bool(self.case.frozen_for(session.id)) or session.papers_due.day <= self.case.today


def standing(case: Case, report: PhaseReport, gate: GateState) -> Standing:
    """The facts of a phase's overview."""
    phase = report.phase
    left = (phase.end.date - case.today).days if phase.end.date else None
    return Standing(case, report, gate, unheard(case), case.plan.session_of(phase), left)


def overview(case: Case, report: PhaseReport, gate: GateState) -> str:
    """The overview as Markdown."""
    found = standing(case, report, gate)
    return (
        environment(case.plan.language)
        .get_template("artifacts/phase.md.j2")
        .render(
            **vars(found),
            plan=case.plan,
            words=case.plan.words,
            phase=found.phase,
            fixed=found.fixed,
            phrasing=Phrasing(case.plan, discreet=True),
            chart=picture(case),
        )
    )
