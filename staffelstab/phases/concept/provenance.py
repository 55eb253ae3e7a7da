"""Where something comes from: references followed from concept to idea to finding to the paragraph, and back (U7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from staffelstab.submissions.case.contents import Case, Statement, Submission
from staffelstab.submissions.records.typed_records import Numbered, Record

Kind = Literal["statement", "paper", "finding", "idea", "trial", "concept", "milestone", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference points to; exactly one of the three is set unless it is unknown."""

    ref: str
    kind: Kind
    paper: Submission | None = None
    statement: Statement | None = None
    record: Numbered | None = None


class Sources:
    """Every reference of a case, resolved."""

    def __init__(self, case: Case) -> None:
        self._case = case
        numbered: tuple[tuple[Kind, Sequence[Numbered]], ...] = (
            ("finding", case.findings),
            ("idea", case.ideas),
            ("trial", case.trials),
            ("concept", case.concept),
            ("milestone", case.milestones),
        )
        self._records = {record.id.upper(): (kind, record) for kind, records in numbered for record in records}

    def __getitem__(self, ref: str) -> Source:
        ref = ref.upper()
        if found := self._case.statement(ref):
            return Source(ref, "statement", found[0], found[1])
        if paper := self._case.paper(ref):
            return Source(ref, "paper", paper)
        if record := self._records.get(ref):
            return Source(ref, record[0], record=record[1])
        return Source(ref, "unknown")

    def of(self, record: Record) -> tuple[Source, ...]:
        """What a record cites directly, in its order."""
        return tuple(self[ref] for ref in record.cites)

    def voices(self, record: Record) -> tuple[Source, ...]:
        """The papers and paragraphs behind a record, however far back, each once."""
        found: dict[str, Source] = {}
        seen: set[str] = set()
        todo = list(self.of(record))
        while todo:
            source = todo.pop(0)
            if source.ref in seen:
                continue
            seen.add(source.ref)
            if source.record is not None:
                todo.extend(self.of(source.record))
            elif source.paper is not None:
                found[source.ref] = source
        return tuple(found.values())

    def beyond(self, ref: str) -> tuple[Source, ...]:
        """Every numbered record that goes back to a paper, a paragraph or a record, however far on, each once, the nearest first.

        What cites a whole paper goes back to each of its paragraphs, and what cites a paragraph goes back to its paper.
        """
        found: dict[str, Source] = {}
        todo = [*self._same(ref.upper())]
        while todo:
            for record in self._citing.get(todo.pop(0), ()):
                if record not in found:
                    found[record] = self[record]
                    todo.append(record)
        return tuple(found.values())

    def _same(self, ref: str) -> Iterator[str]:
        """The reference, and those that speak of the same text: a paragraph's paper, a paper's paragraphs."""
        yield ref
        source = self[ref]
        if source.statement is not None and source.paper is not None:
            yield source.paper.ref
        elif source.paper is not None:
            yield from (statement.ref for statement in source.paper.statements)

    @cached_property
    def _citing(self) -> dict[str, list[str]]:
        """Which numbered records cite a reference directly."""
        citing: dict[str, list[str]] = {}
        for number, (_, record) in self._records.items():
            for ref in record.cites:
                citing.setdefault(ref.upper(), []).append(number)
        return citing

    def perspectives(self, record: Record) -> frozenset[str]:
        """The sides that speak in the papers behind a record."""
        return frozenset(
            source.paper.perspective for source in self.voices(record) if source.paper and source.paper.perspective
        )

    def dangling(self, records: Iterable[Record]) -> Iterator[tuple[str, str]]:
        """(record, reference) of everything cited that does not exist."""
        for record in records:
            for source in self.of(record):
                if source.kind == "unknown":
                    yield record.label, source.ref

    def cited(self, records: Iterable[Record]) -> frozenset[str]:
        """All paragraphs, and the paragraphs of all papers, that these records go back to."""
        refs: set[str] = set()
        for record in records:
            for source in self.voices(record):
                refs.add(source.ref)
                if source.statement is None and source.paper is not None:
                    refs.update(statement.ref for statement in source.paper.statements)
        return frozenset(refs)
