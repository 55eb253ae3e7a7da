"""The record: every document with its versions, hand-overs, where each sentence of the concept comes from, and the search."""

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
from staffelstab.phases.concept.chapters import chapters_of
from staffelstab.phases.concept.provenance import Source, Sources
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.record_cells import cells
from staffelstab.service.phase_run import baton_name
from staffelstab.service.search.passages import KINDS
from staffelstab.submissions.case.contents import Case, Statement
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.submissions.records.sheets import heading
from staffelstab.submissions.records.typed_records import Numbered, Record
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


@dataclass(frozen=True, slots=True)
class Link:
    """A reference as one reads it, and where it stands."""

    ref: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A paragraph, and what goes back to it."""

    statement: Statement
    beyond: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of the concept, what it cites directly, and the voices behind it."""

    record: Numbered
    text: str
    cites: tuple[Link, ...]
    voices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of a sheet."""

    anchor: str
    cells: tuple[tuple[str, str], ...]
    address: str


def show(visit: Visit) -> Response:
    """Every document, by phase."""
    prepare(visit.run)
    with visit.run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries("surveyed", "frozen", "printed", "handed_over", until=visit.now)
        case = visit.run.case(ledger)
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


def trace(visit: Visit) -> Response:
    """The concept sentence by sentence with the voices behind each, and the paragraphs that went into none of them."""
    case = _case(visit)
    sources = Sources(case)
    chapters = [
        (chapter.name, [_sentence(visit, sources, passage.record) for passage in chapter.passages])
        for chapter in chapters_of(case)
    ]
    used = sources.cited(case.concept)
    unused = [
        Link(paper.ref, Phrasing(case.plan).author(paper), visit.link(f"archive/papers/{paper.ref}"))
        for paper in case.papers
        if paper.statements and not paper.newer and not any(statement.ref in used for statement in paper.statements)
    ]
    return visit.shown("trace", chapters=chapters, written=bool(case.concept), unused=unused)


def paper(visit: Visit) -> Response:
    """A paper or minutes, paragraph by paragraph, and what goes back to each."""
    case = _case(visit)
    found = case.paper(visit.given["ref"])
    if found is None:
        raise RecordError("pages.error.nothing_here")
    sources, phrasing = Sources(case), Phrasing(case.plan)
    return visit.shown(
        "paper",
        paper=found,
        author=phrasing.author(found),
        remarks=[*phrasing.remarks(found), *phrasing.cautions(found)],
        call=next((call.name for call in case.plan.calls if call.id == found.call and found.source == "papers"), ""),
        newer=visit.link(f"archive/papers/{found.newer}") if found.newer else "",
        paragraphs=[Cited(item, _links(visit, sources.beyond(item.ref))) for item in found.statements],
        beyond=_links(visit, sources.beyond(found.ref)),
        withdrawn_by=phrasing.name(found.withdrawn.by) if found.withdrawn else "",
    )


def record(visit: Visit) -> Response:
    """A numbered row (a finding, an idea, a sentence of the concept): what it says, what it goes back to, what goes back to it."""
    case = _case(visit)
    sources = Sources(case)
    source = sources[visit.given["ref"]]
    if source.record is None:
        raise RecordError("pages.error.nothing_here")
    return visit.shown(
        "record",
        ref=source.record.id,
        kind=source.kind,
        cells=cells(case.plan, source.record),
        cites=_links(visit, sources.of(source.record)),
        voices=_links(visit, sources.voices(source.record)),
        beyond=_links(visit, sources.beyond(source.ref)),
        entered=source.record.entered,
    )


def sheet(visit: Visit) -> Response:
    """Every row of a sheet as it holds now."""
    kind = RECORDS.get(visit.given["sheet"])
    if kind is None:
        raise RecordError("pages.error.nothing_here")
    case = _case(visit)
    found = [*_rows(visit, case, getattr(case, kind.name))]
    used = {name for row in found for name, _ in row.cells}
    heads = [name for field in kind.fields if (name := heading(case.plan.words, field.name)) in used]
    return visit.shown("sheet", sheet=kind.name, rows=found, heads=heads)


def _case(visit: Visit) -> Case:
    with visit.run.workspace.open(read_only=True) as ledger:
        return visit.run.case(ledger)


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


def _sentence(visit: Visit, sources: Sources, passage: Record) -> Sentence:
    if not isinstance(passage, Numbered):
        raise TypeError("a passage of the concept has a number")
    text = str(getattr(passage, "text", ""))
    return Sentence(passage, text, _links(visit, sources.of(passage)), _links(visit, sources.voices(passage)))


def _links(visit: Visit, sources: Iterable[Source]) -> tuple[Link, ...]:
    return tuple(_link(visit, source) for source in sources)


def _link(visit: Visit, source: Source) -> Link:
    """A reference with whose it is; of one that leads nowhere only what was written."""
    phrasing = Phrasing(visit.plan)
    if source.paper is not None:
        anchor = f"#{source.ref}" if source.statement else ""
        return Link(source.ref, phrasing.author(source.paper), visit.link(f"archive/papers/{source.paper.ref}{anchor}"))
    if source.record is not None:
        address = visit.link(f"archive/records/{quote(source.ref, safe='')}")
        return Link(source.ref, visit.words.say(f"pages.archive.kind.{source.kind}"), address)
    return Link(source.ref, visit.words.say("pages.archive.kind.unknown"), "")


def _rows(visit: Visit, case: Case, rows: Iterable[Record]) -> Iterator[RowShown]:
    for number, row in enumerate(rows, 1):
        address = visit.link(f"archive/records/{quote(row.id, safe='')}") if isinstance(row, Numbered) else ""
        yield RowShown(f"row-{number}", cells(case.plan, row), address)
