"""When the papers of a session must be ready (R42)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.counting import count_of, plain_day, spelled
from staffelstab.draft.words.meetings import PAPER, PAPERS
from staffelstab.draft.work import Work

_LEAST, _MOST = 1, 7


def set_papers(work: Work) -> None:
    """When papers must be ready: as the text says, otherwise a week before, less where a call closes within that week (R42)."""
    said = None
    for piece in work.running():
        if said is None and PAPER.search(piece.text) and (said := PAPERS.search(piece.text)):
            work.used.append((piece.start, piece.end))
    closing = {entry.fields["phase"]: entry.fields["deadline"] for entry in work.of("calls")}
    for session in work.of("sessions"):
        if said:
            session.fields["papers_due"] = f"{spelled(count_of(said[1]))} {_unit(said)} before session"
        else:
            day, deadline = plain_day(session.fields["date"]), plain_day(closing.get(session.fields["phase"]))
            session.fields["papers_due"] = f"session - P{_lead(day, deadline)}D"


def _lead(day: dt.date | None, deadline: dt.date | None) -> int:
    """Days before the session: a week, or half of what a late deadline leaves."""
    left = (day - deadline).days if day and deadline else 0
    return max(_LEAST, left // 2) if 0 < left <= _MOST else _MOST


def _unit(found: re.Match[str]) -> str:
    unit = found["unit"].lower()
    return (
        "working days" if unit.startswith(("werk", "arbeit", "work")) else "weeks" if unit.startswith("w") else "days"
    )
