"""The statements that the codebook of a phase puts into no category: to be read, with what can be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from pages.kept_surveys import SURVEYS
from pages.submissions import AT_ONCE, first_shown
from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.phases.coded_statements import CodedCase
from staffelstab.phases.kinds.analysis import AnalysisContent
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.phase_run import Run


@dataclass(frozen=True, slots=True)
class Row:
    """A statement: where it stands, whose it is, what it says."""

    ref: str
    address: str
    author: str
    text: str


def show(visit: Visit) -> Response:
    """The page. Raises RecordError for a phase in which nothing is sorted."""
    phase = next((item for item in visit.plan.phases if item.id == visit.given["phase"]), None)
    if phase is None:
        raise RecordError("pages.error.nothing_here")
    found = _coded(visit, Run(visit.run.workspace, visit.plan, visit.now, phase))
    start = first_shown(visit.asked.get("from", ""), len(found.unassigned), AT_ONCE)
    phrasing, codebook = Phrasing(visit.plan), visit.run.workspace.codebook(visit.plan)
    rows = [
        Row(
            ref=item.statement.ref,
            address=visit.link(f"archive/papers/{quote(item.paper.ref)}#{quote(item.statement.ref)}"),
            author=phrasing.author(item.paper),
            text=item.statement.text,
        )
        for item in found.unassigned[start : start + AT_ONCE]
    ]
    return visit.shown(
        "unassigned",
        phase=phase,
        rows=rows,
        start=start,
        at_once=AT_ONCE,
        total=len(found.unassigned),
        of=len(found.statements),
        file=codebook.name if codebook else "",
    )


def _coded(visit: Visit, run: Run) -> CodedCase:
    with run.workspace.open(read_only=True) as ledger:
        content = SURVEYS.survey(run, ledger, visit.case(ledger)).content
    if not isinstance(content, AnalysisContent):
        raise RecordError("pages.error.nothing_here")
    return content.coded
