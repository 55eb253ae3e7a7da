"""Where a phase stands, for the Prefect UI: state, days left, counts, coverage by unit, what is missing, the timetable."""

from __future__ import annotations

from staffelstab.documents.rendering.templates import environment
from staffelstab.phases.gate import GateState
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.artifacts.timetable_image import picture
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.unheard import unheard
from staffelstab.submissions.case.contents import Case


def overview(case: Case, report: PhaseReport, gate: GateState) -> str:
    """The overview as Markdown."""
    phase = report.phase
    left = (phase.end.date - case.today).days if phase.end.date else None
    return (
        environment(case.plan.language)
        .get_template("artifacts/phase.md.j2")
        .render(
            case=case,
            plan=case.plan,
            words=case.plan.words,
            phase=phase,
            session=case.plan.session_of(phase),
            survey=report,
            gate=gate,
            days_left=left,
            phrasing=Phrasing(case.plan, discreet=True),
            silence=unheard(case),
            chart=picture(case),
        )
    )
