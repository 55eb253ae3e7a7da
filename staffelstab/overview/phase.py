"""Where a phase stands, for the Prefect UI: state, days left, counts, coverage by unit, what is missing, the timetable."""

from __future__ import annotations

from staffelstab.case.values import Case
from staffelstab.documents.templates import environment
from staffelstab.dossier.silence import silence
from staffelstab.dossier.speaking import Speaking
from staffelstab.language import Language
from staffelstab.overview.picture import picture
from staffelstab.phases.gate import GateState
from staffelstab.phases.survey import Survey


def overview(case: Case, survey: Survey, gate: GateState) -> str:
    """The overview as Markdown."""
    phase = survey.phase
    left = (phase.end.date - case.today).days if phase.end.date else None
    return (
        environment(case.plan.language)
        .get_template("artifacts/phase.md.j2")
        .render(
            case=case,
            plan=case.plan,
            words=Language(case.plan.language),
            phase=phase,
            session=case.plan.session_of(phase),
            survey=survey,
            gate=gate,
            days_left=left,
            speaking=Speaking(case.plan, discreet=True),
            silence=silence(case),
            chart=picture(case),
        )
    )
