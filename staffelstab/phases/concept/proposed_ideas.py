"""Ideas: what papers and sheets propose, each with the findings and the voices it goes back to (R84–R86)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases.concept.provenance import Source, Sources
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Idea


@dataclass(frozen=True, slots=True)
class LinkedIdea:
    """An idea with what it goes back to; without a `finding` it is allowed but flagged."""

    record: Idea
    findings: tuple[Source, ...]
    voices: tuple[Source, ...]

    @property
    def id(self) -> str:
        """The number people use."""
        return self.record.id

    @property
    def linked(self) -> bool:
        """Whether at least one finding of the earlier phases stands behind it."""
        return bool(self.findings)


def ideas_of(case: Case) -> tuple[LinkedIdea, ...]:
    """All ideas of the case."""
    sources = Sources(case)
    return tuple(
        LinkedIdea(
            row,
            tuple(item for item in (sources[ref] for ref in row.findings) if item.kind == "finding"),
            sources.voices(row),
        )
        for row in case.ideas
    )


def idea_table(ideas: tuple[LinkedIdea, ...]) -> Table:
    """Every idea with what it goes back to, for the baton."""
    return table(
        ("id", "title", "kind", "type", "term", "effort", "target", "level", "findings", "sources", "voices"),
        [
            (
                idea.id,
                idea.record.title,
                idea.record.kind,
                idea.record.type,
                idea.record.term,
                idea.record.effort,
                idea.record.target,
                idea.record.level,
                " ".join(item.ref for item in idea.findings),
                " ".join(idea.record.sources),
                " ".join(item.ref for item in idea.voices),
            )
            for idea in ideas
        ],
    )
