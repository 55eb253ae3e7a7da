"""Compile: the dossier as a draft as often as one likes, frozen once when its papers are due (R42), and never changed again.

A draft whose content is what it was when the phase was run last is not printed again: it keeps the moment it bears. Which content
that was, the journal knows by fingerprints under the ledger's own key; so plan, ledger and moment still decide the bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from staffelstab import __version__
from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import FORMATS, pictures
from staffelstab.files import write
from staffelstab.ledger.entries import Drafted, Froze, Surveyed
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.dossier.annex import annex, media, whole
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.publishing.dossier.tally import tally
from staffelstab.service.phase_run import Run, baton_name
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Session

DRAFTS: tuple[str, ...] = ("md", "html", "pdf")
"""The formats of a draft for a session."""
REPORTS: tuple[str, ...] = tuple(FORMATS)
"""The formats of the report of a phase that no session treats."""

State = Literal["draft", "unchanged", "frozen", "kept"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A dossier on disk: a "draft", an "unchanged" one, "frozen" by this run, or "kept" because it was frozen before."""

    state: State
    folder: Path
    formats: tuple[str, ...]
    draft: Drafted | None = None


def compile_dossier(run: Run, case: Case, report: PhaseReport) -> Compiled:
    """Write the phase's dossier. Raises RenderError, LedgerError."""
    session = run.plan.session_of(run.of)
    folder = run.workspace.session(run.plan, session) if session else run.workspace.report(run.of)
    if session is None and case.handed(run.of.number):
        return _handed_over(run, folder)
    if session is None:
        return _draft(run, case, report, None, folder, REPORTS)
    _withdraw(run, case, session)
    if case.frozen_for(session.id):
        return _restore(run, session, folder)
    if case.now < run.plan.starts(session.papers_due.day):
        return _draft(run, case, report, session, folder, DRAFTS)
    return _freeze(run, case, report, session, folder)


def _draft(
    run: Run, case: Case, report: PhaseReport, session: Session | None, folder: Path, formats: tuple[str, ...]
) -> Compiled:
    """Print the draft if its content is not that of the last one, or if the files are no longer those that were made of it."""
    undated = dossier(case, report, session, final=False, as_of=run.plan.starts(run.plan.resolution.date))
    with run.workspace.open(read_only=True) as ledger:
        content = ledger.fingerprint(_content(run, undated, annex(report), formats))
        last = last_draft(ledger, run)
        is_old = last is not None and last.content == content
        names = (*formats, *pictures(undated, formats), *annex(report))
        if last and is_old and last.files == ledger.fingerprint(_joined(_on_disk(folder, names))):
            return Compiled("unchanged", folder, names, last)
        as_of = last.as_of if last and is_old else case.now
        files = whole(dossier(case, report, session, final=False, as_of=as_of), report, formats)
        draft = Drafted(content, ledger.fingerprint(_joined(files)), as_of)
    return replace(_write(folder, files, "draft"), draft=draft)


def _handed_over(run: Run, folder: Path) -> Compiled:
    """The report of a phase that no session treats is final once it is in the baton."""
    files = sorted((run.workspace.batons / baton_name(run.of) / "data" / "dossier").iterdir())
    return _write(folder, {path.name.removeprefix("dossier."): path.read_bytes() for path in files}, "kept")


def _withdraw(run: Run, case: Case, session: Session) -> None:
    """Remove the draft for a day on which the session no longer meets: nobody shall take it for the paper."""
    used = {run.workspace.session(run.plan, item) for item in run.plan.sessions}
    former = {change.former for change in case.recorded_changes if change.item == session.id and change.former}
    for folder in {run.workspace.sessions / day.isoformat() for day in former} - used:
        for path in folder.glob("dossier.*"):
            path.unlink()
        with suppress(OSError):  # somebody's notes lie there, or it is gone
            folder.rmdir()


def last_draft(ledger: Ledger, run: Run) -> Drafted | None:
    """The draft that the last run of the phase left, as the journal has it."""
    entries = [entry for entry in ledger.entries("surveyed", until=run.now) if entry.phase == run.of.id]
    return Surveyed.of(entries[-1]).draft if entries else None


def _content(run: Run, undated: Manuscript, beside: Mapping[str, bytes], formats: Sequence[str]) -> bytes:
    """Everything that makes the draft what it is, but the moment it bears and the timetable's mark of that day."""
    figures = [(figure.name, figure.svg, figure.alt) for figure in undated.figures]
    words = [undated.title, undated.subtitle, undated.status, undated.markdown]
    return json.dumps([__version__, run.edition, words, figures, list(formats)]).encode() + _joined(beside)


def _on_disk(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    paths = {name: folder / f"dossier.{name}" for name in names}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _joined(files: Mapping[str, bytes]) -> bytes:
    """Files as one sequence of bytes that tells where each begins."""
    return b"".join(b"%s %d\n%s" % (name.encode(), len(data), data) for name, data in sorted(files.items()))


def _freeze(run: Run, case: Case, report: PhaseReport, session: Session, folder: Path) -> Compiled:
    """Into the ledger first, whole and once; then onto the disk."""
    printed = whole(dossier(case, report, session, final=True), report)
    contents = {name: Content("dossier", media(name), data) for name, data in printed.items()}
    figures = tally(case)
    with run.workspace.open() as ledger:
        with ledger.writing() as transaction:
            objects = [
                transaction.append(
                    "printed",
                    at=run.now,
                    office=run.office,
                    subject=session.id,
                    phase=run.of.id,
                    key=f"printed:{session.id}:{name}",
                    content=content,
                ).object
                for name, content in contents.items()
            ]
            transaction.append(
                "frozen",
                at=run.now,
                office=run.office,
                subject=session.id,
                phase=run.of.id,
                key=f"frozen:{session.id}",
                facts={
                    "formats": list(contents),
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
    files = Froze.of(entry).files
    found = ledger.contents(files.values())
    return {name: found[item] for name, item in files.items() if item in found}


def _write(folder: Path, files: dict[str, bytes], state: State) -> Compiled:
    for name, data in files.items():
        write(folder / f"dossier.{name}", data)
    return Compiled(state, folder, tuple(files))
