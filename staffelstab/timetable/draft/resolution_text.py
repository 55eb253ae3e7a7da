"""The resolution as a file: its text, read by the product's own reader in a confined child process."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from staffelstab.documents.extraction.extracted_text import Paragraph
from staffelstab.documents.extraction.plain import plain_text
from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.rendering.characters import harmless
from staffelstab.errors import StaffelstabError
from staffelstab.timetable.draft.plain_markdown import without_marks

LARGEST = 20 << 20
LONGEST = 400_000
"""Characters of a resolution; longer than any, and still read within seconds."""

_SENTENCE_END = re.compile(r"[.!?:;…)\"“”]$")


class DraftError(StaffelstabError):
    """A resolution that cannot be made into a draft."""


@dataclass(frozen=True, slots=True)
class Received:
    """A resolution's text with plain line ends, and what should be known about its reading (keys below `intake.notice`)."""

    text: str
    notices: tuple[str, ...] = ()


def receive(file: Path) -> Received:
    """The text of a resolution in any form the reader knows. Raises DraftError with the reason, OSError."""
    if not file.is_file():
        raise DraftError("draft.error.not_found", file=str(file))
    if file.stat().st_size > LARGEST:
        raise DraftError("draft.error.too_large", file=file.name)
    content = file.read_bytes()
    with Reader() as reader:
        reading = reader.read(content, file.name)
    if reading.status != "read":
        raise DraftError(f"draft.reason.{reading.reason or 'empty'}", file=file.name)
    own = [paragraph for paragraph in reading.paragraphs if paragraph.part == 0]
    text = _typed(content, reading.form) or "\n\n".join(_whole(own))
    if len(text) > LONGEST:
        raise DraftError("draft.error.too_long", file=file.name)
    return Received(clean(text), tuple(reading.notices))


def clean(text: str) -> str:
    """The text with plain line ends, dangerous characters written out as ‹U+202E›, ending with one line end."""
    return "\n".join(line.rstrip() for line in harmless(text).split("\n")).strip("\n") + "\n"


def _typed(content: bytes, form: str) -> str:
    """Text and Markdown keep their lines and tabs; everything else, and what must be guessed at, comes in paragraphs.

    A stranger wrote it: it is looked at here only as far as a decoder does.
    """
    if form not in {"txt", "md"}:
        return ""
    text = plain_text(content, 4 * LONGEST) or ""
    return without_marks(text) if form == "md" else text


def _whole(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Paragraphs without what repeats on every page, those that a page broke in two made whole again."""
    running = _running(paragraphs)
    whole: list[str] = []
    page: int | None = None
    for paragraph in paragraphs:
        if paragraph.page is not None and _folded(paragraph.text) in running:
            continue
        if whole and paragraph.page != page and _broken(whole[-1]):
            whole[-1] += f" {paragraph.text}"
        else:
            whole.append(paragraph.text)
        page = paragraph.page
    return whole


def _broken(text: str) -> bool:
    return len(text) > 60 and not _SENTENCE_END.search(text)


def _running(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Heads and feet: short lines that stand on two pages or more, numbers aside."""
    pages_of = Counter(
        line
        for line, _ in {(_folded(item.text), item.page) for item in paragraphs if item.page and len(item.text) < 120}
    )
    return frozenset(line for line, pages in pages_of.items() if pages > 1)


def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", text)
