"""Compile: the dossier as a draft as often as one likes, frozen once when its papers are due (R42), and never changed again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from staffelstab.case.values import Case
from staffelstab.documents.press import FORMATS, press
from staffelstab.dossier.annex import annex
from staffelstab.dossier.compile import dossier
from staffelstab.dossier.tally import tally
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.phases.survey import Survey
from staffelstab.plan.model import Session
from staffelstab.steps.run import Run
from staffelstab.workspace import write

DRAFTS: tuple[str, ...] = ("md", "html", "pdf")
"""The formats of a draft for a session."""
REPORTS: tuple[str, ...] = FORMATS
"""The formats of the report of a phase that no session treats."""
MEDIA = {
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}

State = Literal["draft", "frozen", "kept"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A dossier on disk: "draft", "frozen" by this run, or "kept" because it was frozen before."""

    state: State
    folder: Path
    formats: tuple[str, ...]


def compile_dossier(run: Run, case: Case, survey: Survey) -> Compiled:
    """Write the phase's dossier. Raises RenderError, LedgerError."""
    session = run.plan.session_of(run.of)
    folder = run.workspace.session(run.plan, session) if session else run.workspace.report(run.of)
    if session is None:
        return _write(folder, press(dossier(case, survey, None, final=False), REPORTS) | annex(survey), "draft")
    if case.frozen_for(session.id):
        return _restore(run, session, folder)
    if case.now < run.plan.starts(session.papers_due.day):
        return _write(folder, press(dossier(case, survey, session, final=False), DRAFTS) | annex(survey), "draft")
    return _freeze(run, case, survey, session, folder)


def _freeze(run: Run, case: Case, survey: Survey, session: Session, folder: Path) -> Compiled:
    """Into the ledger first, whole and once; then onto the disk."""
    printed = press(dossier(case, survey, session, final=True)) | annex(survey)
    figures = tally(case)
    with run.workspace.open() as ledger:
        with ledger.writing() as page:
            objects = [
                page.append(
                    "printed",
                    at=run.now,
                    office=run.office,
                    subject=session.id,
                    phase=run.of.id,
                    key=f"printed:{session.id}:{name}",
                    content=Content("dossier", MEDIA.get(name, "text/csv"), data),
                ).object
                for name, data in printed.items()
            ]
            page.append(
                "frozen",
                at=run.now,
                office=run.office,
                subject=session.id,
                phase=run.of.id,
                key=f"frozen:{session.id}",
                facts={
                    "formats": list(printed),
                    "objects": objects,
                    "counted": list(figures),
                    "counts": list(figures.values()),
                    "late": run.now >= run.plan.starts(session.date.day),
                },
            )
        kept = frozen_files(ledger, session.id)
    return _write(folder, kept, "frozen")


def _restore(run: Run, session: Session, folder: Path) -> Compiled:
    """A frozen dossier is what the ledger keeps: files that were lost or changed are written again."""
    with run.workspace.open(read_only=True) as ledger:
        return _write(folder, frozen_files(ledger, session.id), "kept")


def frozen_files(ledger: Ledger, session: str) -> dict[str, bytes]:
    """The frozen dossier of a session by format; empty if there is none."""
    entry = ledger.find(f"frozen:{session}")
    if entry is None:
        return {}
    found = ledger.contents(entry.facts["objects"])
    return {
        name: found[item]
        for name, item in zip(entry.facts["formats"], entry.facts["objects"], strict=True)
        if item in found
    }


def _write(folder: Path, files: dict[str, bytes], state: State) -> Compiled:
    for name, data in files.items():
        write(folder / f"dossier.{name}", data)
    return Compiled(state, folder, tuple(files))
