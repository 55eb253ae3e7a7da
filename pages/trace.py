"""Where each sentence of the concept comes from, and what became of each voice: papers, records and sheets with both ways (U7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.phases.concept.chapters import chapters_of
from staffelstab.phases.concept.provenance import Source, Sources
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.record_cells import cells
from staffelstab.submissions.case.contents import Case, Statement
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.submissions.records.sheets import heading
from staffelstab.submissions.records.typed_records import Numbered, Record


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
        return visit.case(ledger)


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
