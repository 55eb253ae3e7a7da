"""A resolution's text, read once: laid out, its sheet, its sentences, the sections of its phases."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.language import Fact, Language
from staffelstab.timetable.draft.text.layout import Layout, Passage, Piece
from staffelstab.timetable.draft.text.phase_section import Section
from staffelstab.timetable.draft.text.read_sections import read_sections
from staffelstab.timetable.draft.text.resolution_sheet import Sheet, read_sheet


@dataclass(frozen=True, slots=True)
class Document:
    """What the text is made of, and the language in which its author is asked.

    `sentences` are those that are no field of the sheet; `headings` are the passages from which the sections were read.
    """

    layout: Layout
    language: Language
    sheet: Sheet
    sections: tuple[Section, ...]
    sentences: tuple[Piece, ...]
    headings: tuple[Passage, ...]

    def ask(self, key: str, /, **facts: Fact) -> str:
        """A question to the author."""
        return self.language.say(f"draft.ask.{key}", **facts)

    def say(self, key: str, /, **facts: Fact) -> str:
        """A remark or name of the draft's own."""
        return self.language.say(f"draft.{key}", **facts)

    def section_at(self, piece: Piece) -> Section | None:
        """The section in which a sentence stands."""
        return next((section for section in self.sections if section.start <= piece.start < section.end), None)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What the sheet and the headings have used of the text."""
        return (*self.headings, *self.sheet.passages)


def read_document(text: str, language: Language) -> Document:
    """The text laid out; years that it does not say are sought around the day of the resolution, which is therefore read first."""
    first = Layout(text)
    sections = read_sections(first)
    sheet = read_sheet(first, sections[0].start if sections else len(text))
    layout = Layout(text, sheet.day.first if sheet.day else None)
    sections = read_sections(layout)
    return Document(
        layout=layout,
        language=language,
        sheet=sheet,
        sections=sections,
        sentences=tuple(piece for piece in layout.pieces if not piece.touches(sheet.passages)),
        headings=tuple(passage for section in sections for passage in section.passages),
    )
