"""Compile: the dossier as a draft as often as one likes, frozen once when its papers are due (R42), and never changed again.

A draft whose content is what it was when the phase was run last is not printed again: it keeps the moment it bears. Which content
that was, the journal knows by fingerprints under the ledger's own key; so plan, ledger and moment still decide the bytes.

A session's papers must exist in time: a dossier is frozen in the formats that could be made. For those that could not, the ledger
keeps the manuscript, and each run tries to add them from it. So it does for the report of a phase that no session treats, which is
final once it is handed over; what was handed over stays as it is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from staffelstab import __version__
from staffelstab.documents.rendering.characters import json_text
from staffelstab.documents.rendering.manuscript import Figure, Manuscript
from staffelstab.documents.rendering.render import FORMATS, Printed, pictures, printed
from staffelstab.files import write
from staffelstab.ledger.entries import ALL_PRINTED, Drafted, Froze, Surveyed, Unprinted
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Content, Entry, Known
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.dossier.annex import annex, media, whole
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.publishing.dossier.tally import tally
from staffelstab.service.phase_run import Run, baton_name
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase, Session

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
    beside = annex(report)
    with run.workspace.open(read_only=True) as ledger:
        content = ledger.fingerprint(_content(run, undated, beside, formats))
        last = last_draft(ledger, run)
        is_old = last is not None and last.content == content
        is_whole = last is not None and not last.unprinted.formats
        names = (*formats, *pictures(undated, formats), *beside)
        if last and is_old and is_whole and last.files == ledger.fingerprint(_joined(_on_disk(folder, names))):
            return Compiled("unchanged", folder, names, last, last.unprinted)
        as_of = last.as_of if last and is_old else case.now
        done = whole(dossier(case, report, session, final=False, as_of=as_of), beside, formats)
        draft = Drafted(content, ledger.fingerprint(_joined(done.files)), as_of, unprinted_of(done))
    for name in done.missing:
        (folder / f"dossier.{name}").unlink(missing_ok=True)  # nobody shall take a former one for this one
    return replace(_write(folder, done.files, "draft"), draft=draft, unprinted=draft.unprinted)


def unprinted_of(done: Printed) -> Unprinted:
    """What of a dossier could not be printed."""
    passages = (f"{name} {place}" for name, places in done.left_out.items() for place in places)
    return Unprinted(tuple(done.missing), tuple(passages))


def _handed_over(run: Run, folder: Path) -> Compiled:
    """The report of a phase that no session treats is final once it is in the baton; formats missing there are added beside it."""
    place = _of_report(run.of)
    with run.workspace.open(read_only=True) as ledger:
        at_first, text = handed_without(ledger, run.of), _manuscript(ledger, place)
        unprinted = _still_missing(ledger, place, at_first)
    if unprinted.formats and text:
        unprinted = _complete(run, place, _from_content(run, text), unprinted)
    with run.workspace.open(read_only=True) as ledger:
        later = _added(ledger, place, at_first)
    return replace(write_report(run, folder, later), unprinted=unprinted)


def write_report(run: Run, folder: Path, later: Mapping[str, bytes] = MappingProxyType({})) -> Compiled:
    """The report as the baton has it, with the formats that were added `later`, and no draft of another beside it."""
    files = sorted((run.workspace.batons / baton_name(run.of) / "data" / "dossier").iterdir())
    handed = {path.name.removeprefix("dossier."): path.read_bytes() for path in files}
    return _write(folder, {**later, **handed}, "kept")


def keep_manuscript(run: Run, transaction: Transaction, manuscript: Manuscript, unprinted: Unprinted) -> None:
    """Keep what a phase's report was printed from, and what of it was not, so that a format that is missing can be added."""
    _enter(run, transaction, _of_report(run.of), _MANUSCRIPT, _as_content(manuscript), unprinted.facts)


def handed_without(ledger: Ledger, phase: Phase) -> Unprinted:
    """What of a phase's report could not be printed when it was to be handed over."""
    kept = ledger.find(_of_report(phase).key(_MANUSCRIPT))
    return Unprinted.of(kept.facts) if kept else ALL_PRINTED


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
    done = whole(manuscript, annex(report))
    unprinted = unprinted_of(done)
    place = _of_session(session.id)
    contents = {name: Content("dossier", media(name), data) for name, data in done.files.items()}
    figures = tally(case)
    with run.workspace.open() as ledger:
        with ledger.writing() as transaction:
            objects = [_enter(run, transaction, place, name, content).object for name, content in contents.items()]
            if unprinted.formats:
                _enter(run, transaction, place, _MANUSCRIPT, _as_content(manuscript))
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Under which keys of the ledger the files of a final dossier lie, and whose they are."""

    prefix: str
    subject: str

    def key(self, name: str) -> str:
        return f"{self.prefix}:{name}"


def _of_session(session: str) -> _Place:
    return _Place(f"printed:{session}", session)


def _of_report(phase: Phase) -> _Place:
    return _Place(f"printed:report:{phase.id}", phase.id)


def _enter(
    run: Run,
    transaction: Transaction,
    place: _Place,
    name: str,
    content: Content,
    facts: Mapping[str, Known] | None = None,
) -> Entry:
    return transaction.append(
        "printed",
        at=run.now,
        office=run.office,
        subject=place.subject,
        phase=run.of.id,
        key=place.key(name),
        facts=facts or {},
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
    place = _of_session(session.id)
    with run.workspace.open(read_only=True) as ledger:
        unprinted, text = still_unprinted(ledger, session.id), _manuscript(ledger, place)
    if unprinted.formats and text:
        unprinted = _complete(run, place, _from_content(run, text), unprinted)
    with run.workspace.open(read_only=True) as ledger:
        files = frozen_files(ledger, session.id)
    return replace(_write(folder, files, "kept"), unprinted=unprinted)


def _manuscript(ledger: Ledger, place: _Place) -> bytes | None:
    kept = ledger.find(place.key(_MANUSCRIPT))
    return ledger.content(kept.object or "") if kept else None


def _complete(run: Run, place: _Place, manuscript: Manuscript, before: Unprinted) -> Unprinted:
    """Print the formats that are still missing of a final dossier, enter those that could be made; what is missing then."""
    done = printed(manuscript, before.formats)
    with run.workspace.open() as ledger, ledger.writing() as transaction:
        for name, data in done.files.items():
            _enter(run, transaction, place, name, Content("dossier", media(name), data))
    found = unprinted_of(done)
    return Unprinted(found.formats, (*before.passages, *found.passages))


def still_unprinted(ledger: Ledger, session: str) -> Unprinted:
    """What of a frozen dossier could not be printed to this day."""
    entry = ledger.find(f"frozen:{session}")
    return _still_missing(ledger, _of_session(session), Froze.of(entry).unprinted if entry else ALL_PRINTED)


def _still_missing(ledger: Ledger, place: _Place, at_first: Unprinted) -> Unprinted:
    missing = (name for name in at_first.formats if not ledger.find(place.key(name)))
    return Unprinted(tuple(missing), at_first.passages)


def _added(ledger: Ledger, place: _Place, at_first: Unprinted) -> dict[str, bytes]:
    """The formats that were missing at first and could be made later."""
    later = {name: ledger.find(place.key(name)) for name in at_first.formats}
    found = {name: item.object for name, item in later.items() if item and item.object}
    contents = ledger.contents(found.values())
    return {name: contents[item] for name, item in found.items() if item in contents}


def frozen_files(ledger: Ledger, session: str) -> dict[str, bytes]:
    """The frozen dossier of a session by format, those added later last; empty if there is none."""
    entry = ledger.find(f"frozen:{session}")
    if entry is None:
        return {}
    froze = Froze.of(entry)
    found = ledger.contents(froze.files.values())
    files = {name: found[item] for name, item in froze.files.items() if item in found}
    return {**files, **_added(ledger, _of_session(session), froze.unprinted)}


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
