"""Where a thing that a phase found open is settled: a page, or the sheet that its rows go into."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pages.visit import Visit
from staffelstab.phases.report import Note
from staffelstab.submissions.records.record_kinds import RECORDS

SHEETS = {
    "interviews": "not_heard not_asked pace outside",
    "figures": "no_figures figures_missing figures_odd",
    "needs": "no_needs",
    "findings": "no_findings perspective_silent unsupported no_implications uncited unheard_perspective",
    "ideas": "no_ideas unlinked no_feasibility loose optional_silent unmet_type_structure unmet_type_measure unmet_type_procedure",
    "trials": "no_trials trial_without_idea no_stop_rule no_lesson untried",
    "assessments": "unmet_all_judged",
    "questions": "unmet_question_form unmet_question_bindingness unmet_question_reach",
    "concept": "not_in_concept unmet_section unmet_no_orphans",
    "applicability": "unmet_applicability",
    "milestones": "unmet_milestones years_unbound",
    "changes": "no_changes",
}
"""What is settled by rows of a sheet, by the sheet's name."""
PAGES = {
    "submissions": "no_papers missing_answers waiting unread nameless contradicted automatic doubtful",
    "dates": "audience_proposed kickoff resubmission_open",
    "sessions": "not_adopted",
    "today": "no_format left_out",
    "settings": "kind_assumed",
}
"""What is settled on a page of its own."""
_SHEET_OF = {key: sheet for sheet, keys in SHEETS.items() for key in keys.split()}
_PAGE_OF = {key: page for page, keys in PAGES.items() for key in keys.split()}


@dataclass(frozen=True, slots=True)
class Place:
    """A link to where something is settled."""

    label: str
    address: str


def place_of(visit: Visit, note: Note) -> Place | None:
    """Where a note of the phase that is visited is settled; None if nobody has said."""
    if note.key in ("row", "sheet"):
        sheet = str(note.facts.get("sheet", "")).rpartition("-")[0]
        return of_sheet(visit, sheet) if sheet in RECORDS else None
    if note.key == "dangling":
        return Place(visit.words.say("pages.phase.settle.archive"), visit.link("archive/trace"))
    if note.key == "unassigned":
        return Place(
            visit.words.say("pages.phase.settle.unassigned"), visit.link(f"phases/{visit.given['phase']}/unassigned")
        )
    if note.key in _SHEET_OF:
        return of_sheet(visit, _SHEET_OF[note.key])
    page = _PAGE_OF.get(note.key)
    if page is None:
        return None
    label = visit.words.say(f"pages.phase.settle.{page}")
    if page == "submissions" and (paper := str(note.facts.get("paper") or "")):
        return Place(label, visit.link(f"submissions/{quote(paper)}"))
    return Place(label, visit.link("" if page == "today" else page))


def of_sheet(visit: Visit, sheet: str) -> Place:
    """Where it is told what belongs into a sheet, and into which folder it goes."""
    folder = visit.words.say(f"records.folders.{sheet}")
    return Place(
        visit.words.say("pages.phase.settle.sheet", folder=folder), visit.link(f"settings?sheet={sheet}#sheet-{sheet}")
    )
