"""The whole case in figures, for "Seit der letzten Sitzung" and the overview: counted the same way at every moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from staffelstab.submissions.case.contents import Case


@dataclass(frozen=True, slots=True)
class Change:
    """A figure at the last session and now; `before` is None where there was no session yet. `key` is below `dossier.tally`."""

    key: str
    before: int | None
    now: int


def tally(case: Case) -> dict[str, int]:
    """The figures, in the order in which they are shown."""
    papers = [paper for paper in case.papers if not paper.newer]
    held = {(row.unit, row.role) for row in case.interviews if row.status == "held"}
    minutes = [paper for paper in case.minutes if not paper.newer and not paper.withdrawn]
    held |= {(paper.unit, paper.role) for paper in minutes if paper.unit}
    return {
        "papers": len(papers),
        "late": sum(paper.late for paper in papers),
        "unread": sum(not (paper.readable or paper.waiting) for paper in papers),
        "statements": sum(len(paper.statements) for paper in papers),
        "held": len(held),
        "minutes": len(minutes),
        "findings": len(case.findings),
        "ideas": len(case.ideas),
        "trials": len(case.trials),
        "assessments": len(case.assessments),
        "concept": len(case.concept),
        "milestones": len(case.milestones),
    }


def changes(before: Mapping[str, int] | None, now: Mapping[str, int]) -> tuple[Change, ...]:
    """What has changed; figures that were and are 0 are left out."""
    found = (Change(key, before.get(key, 0) if before is not None else None, count) for key, count in now.items())
    return tuple(change for change in found if change.now or change.before)
