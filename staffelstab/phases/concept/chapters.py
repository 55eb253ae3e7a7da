"""The text of the concept by chapter, every passage with the voices it goes back to (R92, U7)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases.concept.provenance import Source, Sources
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Passage
from staffelstab.timetable.plan.model import Section


@dataclass(frozen=True, slots=True)
class LinkedPassage:
    """A passage of the concept with everything it goes back to; an orphan goes back to nothing."""

    record: Passage
    cites: tuple[Source, ...]
    voices: tuple[Source, ...]

    @property
    def orphan(self) -> bool:
        """Whether no voice stands behind the passage."""
        return not self.voices


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the concept; `section` is None for one the plan does not ask for."""

    name: str
    section: Section | None
    passages: tuple[LinkedPassage, ...]


def chapters_of(case: Case) -> tuple[Chapter, ...]:
    """The concept by chapter: those the plan asks for first, then whatever else was written."""
    sources = Sources(case)
    written: dict[str, list[LinkedPassage]] = {}
    for row in case.concept:
        written.setdefault(row.section.casefold(), []).append(LinkedPassage(row, sources.of(row), sources.voices(row)))
    chapters = []
    for section in case.plan.sections:
        passages = [*written.pop(section.name.casefold(), []), *written.pop(section.id.casefold(), [])]
        chapters.append(Chapter(section.name, section, tuple(passages)))
    chapters.extend(Chapter(passages[0].record.section, None, tuple(passages)) for passages in written.values())
    return tuple(chapters)


def orphans_of(chapters: tuple[Chapter, ...]) -> tuple[LinkedPassage, ...]:
    """Passages no voice stands behind."""
    return tuple(passage for chapter in chapters for passage in chapter.passages if passage.orphan)


def concept_table(chapters: tuple[Chapter, ...]) -> Table:
    """Every passage with what it cites and the voices behind it: the trace, forwards (U7)."""
    return table(
        ("id", "section", "text", "cites", "voices"),
        [
            (
                passage.record.id,
                chapter.name,
                passage.record.text,
                " ".join(item.ref for item in passage.cites),
                " ".join(item.ref for item in passage.voices),
            )
            for chapter in chapters
            for passage in chapter.passages
        ],
    )
