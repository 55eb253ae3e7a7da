"""Compile: the dossier as a draft as often as one likes, frozen once when its papers are due (R42), and never changed again.

A draft whose content is what it was when the phase was run last is not printed again: it keeps the moment it bears. Which content
that was, the journal knows by fingerprints under the ledger's own key; so plan, ledger and moment still decide the bytes.

A session's papers must exist in time: a dossier is frozen in the formats that could be made. For those that could not, the ledger
keeps the manuscript, and each run tries to add them from it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from staffelstab import __version__
from staffelstab.documents.rendering.characters import json_text
from staffelstab.documents.rendering.manuscript import Figure, Manuscript
from staffelstab.documents.rendering.render import FORMATS, Printed, pictures, printed
from staffelstab.files import write
from staffelstab.ledger.entries import ALL_PRINTED, Drafted, Froze, Surveyed, Unprinted
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Content, Entry
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
    """A dossier on disk: a "draft", an "unchanged" one, "frozen" by this run, or "kept" because it was frozen before.

    `unprinted` is what of it could not be printed.
    """

    state: State
    folder: Path
    formats: tuple[str, ...]
    draft: Drafted | None = None
    unprinted: Unprinted = ALL_PRINTED


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
        is_whole = last is not None and not last.unprinted.formats
        names = (*formats, *pictures(undated, formats), *annex(report))
        if last and is_old and is_whole and last.files == ledger.fingerprint(_joined(_on_disk(folder, names))):
            return Compiled("unchanged", folder, names, last, last.unprinted)
        as_of = last.as_of if last and is_old else case.now
        done = whole(dossier(case, report, session, final=False, as_of=as_of), report, formats)
        draft = Drafted(content, ledger.fingerprint(_joined(done.files)), as_of, _unprinted(done))
    for name in done.missing:
        (folder / f"dossier.{name}").unlink(missing_ok=True)  # nobody shall take a former one for this one
    return replace(_write(folder, done.files, "draft"), draft=draft, unprinted=draft.unprinted)


def _unprinted(done: Printed) -> Unprinted:
    passages = (f"{name} {place}" for name, places in done.left_out.items() for place in places)
    return Unprinted(tuple(done.missing), tuple(passages))


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
    manuscript = dossier(case, report, session, final=True)
    done = whole(manuscript, report)
    unprinted = _unprinted(done)
    contents = {name: Content("dossier", media(name), data) for name, data in done.files.items()}
    figures = tally(case)
    with run.workspace.open() as ledger:
        with ledger.writing() as transaction:
            objects = [_enter(run, transaction, session, name, content).object for name, content in contents.items()]
            if unprinted.formats:
                _enter(run, transaction, session, _MANUSCRIPT, _as_content(manuscript))
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
                    **unprinted.facts,
                },
            )
        kept = frozen_files(ledger, session.id)
    return replace(_write(folder, kept, "frozen"), unprinted=unprinted)


def _enter(run: Run, transaction: Transaction, session: Session, name: str, content: Content) -> Entry:
    return transaction.append(
        "printed",
        at=run.now,
        office=run.office,
        subject=session.id,
        phase=run.of.id,
        key=f"printed:{session.id}:{name}",
        content=content,
    )


_MANUSCRIPT = "manuscript"
"""Under this name lies what a frozen dossier was printed from, if a format of it is missing."""


def _as_content(manuscript: Manuscript) -> Content:
    made = asdict(manuscript) | {"stamp": manuscript.stamp.isoformat()}
    return Content("dossier", "application/json", json_text(made).encode())


def _from_content(run: Run, data: bytes) -> Manuscript:
    made = json.loads(data)
    stamp = dt.datetime.fromisoformat(made["stamp"]).astimezone(run.plan.zone)
    return Manuscript(**made | {"stamp": stamp, "figures": tuple(Figure(**figure) for figure in made["figures"])})


def _restore(run: Run, session: Session, folder: Path) -> Compiled:
    """A frozen dossier is what the ledger keeps: files that were lost or changed are written again, missing formats added."""
    with run.workspace.open(read_only=True) as ledger:
        files, unprinted = frozen_files(ledger, session.id), still_unprinted(ledger, session.id)
        kept = ledger.find(f"printed:{session.id}:{_MANUSCRIPT}")
        text = ledger.content(kept.object or "") if kept else None
    if unprinted.formats and text:
        files, unprinted = _complete(run, session, _from_content(run, text), unprinted)
    return replace(_write(folder, files, "kept"), unprinted=unprinted)


def _complete(
    run: Run, session: Session, manuscript: Manuscript, before: Unprinted
) -> tuple[dict[str, bytes], Unprinted]:
    """Print the formats that are still missing of a frozen dossier, and enter those that could be made."""
    done = printed(manuscript, before.formats)
    with run.workspace.open() as ledger:
        with ledger.writing() as transaction:
            for name, data in done.files.items():
                _enter(run, transaction, session, name, Content("dossier", media(name), data))
        found = _unprinted(done)
        return frozen_files(ledger, session.id), Unprinted(found.formats, (*before.passages, *found.passages))


def still_unprinted(ledger: Ledger, session: str) -> Unprinted:
    """What of a frozen dossier could not be printed to this day."""
    entry = ledger.find(f"frozen:{session}")
    found = Froze.of(entry).unprinted if entry else ALL_PRINTED
    missing = (name for name in found.formats if not ledger.find(f"printed:{session}:{name}"))
    return Unprinted(tuple(missing), found.passages)


def frozen_files(ledger: Ledger, session: str) -> dict[str, bytes]:
    """The frozen dossier of a session by format, those added later last; empty if there is none."""
    entry = ledger.find(f"frozen:{session}")
    if entry is None:
        return {}
    froze = Froze.of(entry)
    later = {name: ledger.find(f"printed:{session}:{name}") for name in froze.unprinted.formats}
    files = {**froze.files, **{name: item.object for name, item in later.items() if item and item.object}}
    found = ledger.contents(files.values())
    return {name: found[item] for name, item in files.items() if item in found}


def _write(folder: Path, files: Mapping[str, bytes], state: State) -> Compiled:
    for name, data in files.items():
        write(folder / f"dossier.{name}", data)
    if state in ("frozen", "kept"):
        _only(folder, files)
    return Compiled(state, folder, tuple(files))


def _only(folder: Path, names: Iterable[str]) -> None:
    """Beside final files lies no draft of a format that could not be made: nobody shall take it for final."""
    final = {f"dossier.{name}" for name in names}
    for path in folder.glob("dossier.*"):
        if path.name not in final and path.is_file():
            path.unlink()
