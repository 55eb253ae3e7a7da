"""The record: every document by phase with its versions, what was handed over, and the ways to all the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response

from pages.documents import stored
from pages.searching import prepare
from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.ledger.entries import Froze, HandedOn, Surveyed
from staffelstab.ledger.values import Entry
from staffelstab.service.phase_run import baton_name
from staffelstab.service.search.citable_passages import KINDS
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.timetable.plan.model import Phase, Session

SHELVES = ("sessions", "reports", "batons", "publication", "calendar", "amendments")
"""The folders whose documents are offered: everything there was made by us, and none of it is the ledger or an inbox."""
MOST_FILES = 300
PAPERS = ("dossier.pdf", "dossier.html", "dossier.docx", "dossier.odt", "dossier.md")
"""The formats of a paper, the one that is read most first; whatever else lies there are its pictures and tables."""


@dataclass(frozen=True, slots=True)
class File:
    """A document: its name, its address, how large it is."""

    name: str
    address: str
    kilobytes: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a paper: since when, and what it is."""

    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is of one phase: the session that treats it if one does, its paper's versions and files, its baton."""

    phase: Phase
    session: Session | None
    versions: tuple[Version, ...]
    papers: tuple[File, ...]
    besides: tuple[File, ...]
    handed: HandedOn | None
    baton: tuple[File, ...]


def show(visit: Visit) -> Response:
    """Every document, by phase."""
    prepare(visit.run)
    with visit.run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries("surveyed", "frozen", "printed", "handed_over", until=visit.now)
        case = visit.case(ledger)
    return visit.shown(
        "archive",
        shelves=[_shelf(visit, phase, entries) for phase in visit.plan.phases],
        others=[(name, [*_files(visit, name)]) for name in ("publication", "calendar", "amendments")],
        sheets=[(name, len(getattr(case, name))) for name in RECORDS if getattr(case, name)],
        papers=len(case.papers),
        minutes=len(case.minutes),
        passages=len(case.concept),
        kinds=KINDS,
    )


def download(visit: Visit) -> Response:
    """A document of the working folder."""
    path = visit.given["path"]
    if path.partition("/")[0] not in SHELVES or any(part.startswith(".") for part in path.split("/")):
        raise RecordError("pages.error.nothing_here")
    return stored(visit.run.workspace.root, path)


def _shelf(visit: Visit, phase: Phase, entries: Iterable[Entry]) -> Shelf:
    own = [entry for entry in entries if entry.phase == phase.id]
    session = visit.plan.session_of(phase)
    workspace = visit.run.workspace
    folder = workspace.session(visit.plan, session) if session else workspace.report(phase)
    files = [*_files(visit, folder.relative_to(workspace.root).as_posix())]
    handed = next((HandedOn.of(entry) for entry in own if entry.kind == "handed_over"), None)
    papers = sorted((file for file in files if file.name in PAPERS), key=lambda file: PAPERS.index(file.name))
    return Shelf(
        phase=phase,
        session=session,
        versions=tuple(sorted(_versions(visit, own), key=lambda version: version.at)),
        papers=tuple(papers),
        besides=tuple(file for file in files if file.name not in PAPERS),
        handed=handed,
        baton=tuple(_files(visit, f"batons/{baton_name(phase)}")) if handed else (),
    )


def _versions(visit: Visit, entries: Iterable[Entry]) -> Iterator[Version]:
    """The drafts that differed from one another, in one line, and what was made final."""
    drafts: dict[str, dt.datetime] = {}
    for entry in entries:
        at = entry.at.astimezone(visit.plan.zone)
        if entry.kind == "surveyed" and (draft := Surveyed.of(entry).draft):
            drafts.setdefault(draft.content, draft.as_of.astimezone(visit.plan.zone))
        elif entry.kind == "frozen":
            formats = ", ".join(name.upper() for name in Froze.of(entry).files if f"dossier.{name}" in PAPERS)
            yield Version(at, visit.words.say("pages.archive.version.final", formats=formats))
    if drafts:
        days = sorted(drafts.values())
        said = visit.words.say("pages.archive.version.drafts", n=len(days), last=days[-1].date())
        yield Version(days[0], said)


def _files(visit: Visit, folder: str) -> Iterator[File]:
    """What lies in a folder of the working folder and below it, in the order of the names; no links, nothing hidden."""
    root = visit.run.workspace.root
    for path in sorted(_ordinary(root / folder))[:MOST_FILES]:
        name = path.relative_to(root / folder).as_posix()
        address = visit.link(f"archive/files/{quote(path.relative_to(root).as_posix())}")
        yield File(name, address, (path.lstat().st_size + 999) // 1000)


def _ordinary(folder: Path) -> Iterator[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _ordinary(path)
        elif path.is_file():
            yield path
