"""A dossier when little has come in, and when a phase has ended without being handed over."""

from __future__ import annotations

from pathlib import Path

from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.service import survey
from staffelstab.timetable.plan.model import Phase
from tests.service.small_folder import folder, run_at


def paper(tmp_path: Path, moment: str, number: int) -> str:
    """The paper of a phase in a year in which nobody sends anything."""
    run = run_at(folder(tmp_path / "work"), moment, number)
    survey.take_in(run)
    case = survey.gather_case(run)
    phase: Phase = run.plan.phase(number)
    return dossier(case, survey.survey_of(run, case), run.plan.session_of(phase), final=False).markdown


def test_without_findings_each_heading_of_the_synthesis_is_still_a_heading(tmp_path: Path) -> None:
    lines = paper(tmp_path, "2018-04-10 07:00", 2).splitlines()
    headings = [place for place, line in enumerate(lines) if line.startswith(("## Was ", "# Was daraus folgt"))]
    assert len(headings) == 5
    assert [lines[place - 1] for place in headings] == [""] * 5
    assert lines.count("Dazu liegt kein Befund vor.") == 4


def test_a_phase_that_has_ended_and_was_not_handed_over_does_not_run(tmp_path: Path) -> None:
    text = paper(tmp_path, "2018-04-13 07:00", 2).replace("\\", "")  # what makes quoted text inert
    assert "Derzeit läuft: Phase 2 (Auswertung).\n" in text
    assert "\n\nZu Ende, aber noch nicht übergeben: Phase 0 (Take-Off) und Phase 1 (Analyse).\n" in text
