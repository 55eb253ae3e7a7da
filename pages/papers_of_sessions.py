"""How a session's paper stands, for the pages of sessions: not begun, a draft or frozen; and which files of it lie there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from staffelstab.documents.rendering.render import FORMATS
from staffelstab.files import is_plain_name
from staffelstab.ledger.entries import Surveyed
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.service.compile_dossier import still_unprinted
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase, Session

PREFIX = "dossier."
ORDER = ("html", "pdf", "odt", "docx", "md")


@dataclass(frozen=True, slots=True)
class Paper:
    """A session's paper: since when it is what it is, and in which formats it could not be made."""

    state: Literal["none", "draft", "frozen"]
    since: dt.datetime | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a paper by name: the paper in each format, and what lies beside it (pictures, long tables)."""

    formats: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def paper_of(case: Case, session: Session, ledger: Ledger, last: Surveyed | None) -> Paper:
    """The paper of a session; `last` is the last run of its phase."""
    if frozen := case.frozen_for(session.id):
        return Paper("frozen", frozen.at, still_unprinted(ledger, session.id).formats)
    if last and last.draft:
        return Paper("draft", last.draft.as_of.astimezone(case.plan.zone), last.draft.unprinted.formats)
    return Paper("none")


def last_run(entries: Iterable[Entry], phase: Phase) -> Surveyed | None:
    """The last run of a phase, as the journal has it."""
    found = [entry for entry in entries if entry.kind == "surveyed" and entry.phase == phase.id]
    return Surveyed.of(found[-1]) if found else None


def files_of(run: Run, session: Session) -> Files:
    """What lies in the session's folder, by name; the formats in the order in which people want them."""
    folder = run.workspace.session(run.plan, session)
    names = sorted(path.name for path in folder.glob(f"{PREFIX}*")) if folder.is_dir() else []
    known = [name for name in names if is_paper(name)]
    formats = [name for ending in ORDER if (name := f"{PREFIX}{ending}") in known]
    return Files(tuple(formats), tuple(name for name in known if name not in formats))


def is_paper(name: str) -> bool:
    """Whether a file of that name belongs to a paper."""
    ending = name.rpartition(".")[2]
    return name.startswith(PREFIX) and is_plain_name(name) and ending in {*FORMATS, "svg", "csv"}
