"""Ideas: what papers and sheets propose, each with the findings and the voices it goes back to (R84–R86)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.case.values import Case, Record
from staffelstab.concept.sources import Source, Sources
from staffelstab.documents.values import Table, table


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea with what it goes back to; without a `finding` it is allowed but flagged."""

    record: Record
    findings: tuple[Source, ...]
    voices: tuple[Source, ...]

    @property
    def id(self) -> str:
        """The number people use."""
        return self.record.text("id")

    @property
    def linked(self) -> bool:
        """Whether at least one finding of the earlier phases stands behind it."""
        return bool(self.findings)


def ideas_of(case: Case) -> tuple[Idea, ...]:
    """All ideas of the case."""
    sources = Sources(case)
    return tuple(
        Idea(
            row,
            tuple(item for item in (sources[ref] for ref in row.refs("findings")) if item.kind == "finding"),
            sources.voices(row),
        )
        for row in case.rows("ideas")
    )


def idea_table(ideas: tuple[Idea, ...]) -> Table:
    """Every idea with what it goes back to, for the baton."""
    return table(
        ("id", "title", "kind", "type", "term", "effort", "target", "level", "findings", "sources", "voices"),
        [
            (
                idea.id,
                *(idea.record.text(name) for name in ("title", "kind", "type", "term", "effort", "target", "level")),
                " ".join(item.ref for item in idea.findings),
                " ".join(idea.record.refs("sources")),
                " ".join(item.ref for item in idea.voices),
            )
            for idea in ideas
        ],
    )
