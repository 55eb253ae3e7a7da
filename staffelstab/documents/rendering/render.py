"""Rendering: one manuscript in, the same paper in every format of a table out.

Markdown is the source; pandoc reads it once (guard.lua removes whatever could reach outside), and each format is written from
that one reading. The same manuscript gives byte-identical files: its stamp is the only date they carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from staffelstab.documents.rendering import html_and_pdf, pandoc, word_processor
from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.documents.rendering.readable import readable
from staffelstab.documents.rendering.shortened import HEADING, shortened
from staffelstab.errors import RenderError
from staffelstab.language import Language


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a paper: its media type, and what writes it (None: it is the Markdown itself).

    `with_png` says that its figures have to lie beside it as PNG.
    """

    media: str
    write: Callable[[pandoc.Sheet], bytes] | None = None
    with_png: bool = False


FORMATS: Mapping[str, Format] = {
    "md": Format("text/markdown"),
    "html": Format("text/html", html_and_pdf.html),
    "pdf": Format("application/pdf", html_and_pdf.pdf),
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_processor.docx, with_png=True
    ),
    "odt": Format("application/vnd.oasis.opendocument.text", word_processor.odt, with_png=True),
}
"""Every format, by the ending of its files, in the order in which they are listed."""

_HEADING = re.compile(r"^#{1,2} ", re.MULTILINE)
_ENOUGH_HEADINGS = 4
_WORKERS = 2


def render(manuscript: Manuscript, formats: Iterable[str] = FORMATS) -> dict[str, bytes]:
    """The manuscript as files, format → bytes, in the order asked for. Raises RenderError."""
    wanted = tuple(formats)
    for name in wanted:
        if name not in FORMATS:
            raise RenderError("documents.error.unknown_format", format=name, known=", ".join(FORMATS))
    writers = {name: write for name, item in FORMATS.items() if name in wanted and (write := item.write)}
    printed = _printed(manuscript, writers) if writers else {}
    return {name: printed[name] if name in printed else _source(manuscript) for name in wanted}


def pictures(manuscript: Manuscript, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The drawings as files that lie beside the Markdown, which refers to them; every other format holds them itself."""
    return {f"{figure.name}.svg": figure.svg.encode() for figure in manuscript.figures} if "md" in formats else {}


def _printed(manuscript: Manuscript, writers: Mapping[str, Callable[[pandoc.Sheet], bytes]]) -> dict[str, bytes]:
    with TemporaryDirectory(prefix="press-") as folder:
        sheet = _sheet(manuscript, Path(folder))
        if any(FORMATS[name].with_png for name in writers):
            word_processor.draw_pictures(sheet)
        with ThreadPoolExecutor(_WORKERS) as workers:
            return dict(zip(writers, workers.map(lambda write: write(sheet), writers.values()), strict=True))


def _sheet(manuscript: Manuscript, folder: Path) -> pandoc.Sheet:
    for figure in manuscript.figures:
        (folder / f"{figure.name}.svg").write_text(figure.svg, encoding="utf-8")
    head = _head(manuscript)
    metadata = {name: text for name, text in head.items() if text} | _settings(manuscript)
    return pandoc.Sheet(
        tree=pandoc.read(manuscript.markdown, metadata, folder, manuscript.stamp),
        folder=folder,
        language=manuscript.language,
        stamp=manuscript.stamp,
        head=head,
        figures={figure.name: shortened(figure.alt, manuscript.language) for figure in manuscript.figures},
        contents=len(_HEADING.findall(manuscript.markdown)) >= _ENOUGH_HEADINGS,
    )


def _head(manuscript: Manuscript) -> dict[str, str]:
    """What stands above the text, as plain words on one line."""
    words = {
        "title": manuscript.title,
        "subtitle": manuscript.subtitle,
        "organisation": manuscript.organisation,
        "status": manuscript.status,
        "date": Language(manuscript.language).day(manuscript.stamp.date()),
    }
    lines = {name: " ".join(harmless(text).split()) for name, text in words.items()}
    lines["title"] = lines["title"] or "–"  # PDF/UA asks for one
    return {name: shortened(text, manuscript.language, HEADING) for name, text in lines.items()}


def _settings(manuscript: Manuscript) -> dict[str, object]:
    """What guard.lua and the page templates ask for besides the head."""
    language = Language(manuscript.language)
    return {
        "lang": manuscript.language,
        "iso-date": manuscript.stamp.date().isoformat(),
        "toc-title": language.say("documents.contents"),
        "page-word": language.say("documents.page"),
        "of-word": language.say("documents.of"),
        "labels": _labels(language),
        "pictures": {figure.name: shortened(figure.alt, manuscript.language) for figure in manuscript.figures},
    }


def _labels(language: Language) -> dict[str, str]:
    """What stands above a box, by its kind."""
    return {kind: language.say(f"documents.callout.{kind}") for kind in ("notice", "warning", "question", "decision")}


def _source(manuscript: Manuscript) -> bytes:
    """The Markdown under its title, as a person reads it."""
    head = {name: inert_line(text) for name, text in _head(manuscript).items()}
    first = f"# {head['title']}"
    lines = [
        head["subtitle"],
        f"{head['organisation']}, {head['date']}",
        f"**{head['status']}**" if head["status"] else "",
    ]
    text = "\n\n".join([first, *(line for line in lines if line), manuscript.markdown.strip("\n")])
    return f"{_with_files(manuscript, readable(text, _labels(Language(manuscript.language))))}\n".encode()


def _with_files(manuscript: Manuscript, text: str) -> str:
    """The Markdown with its drawings under the names their files have."""
    for name in pictures(manuscript):
        text = text.replace(f"]({name})", f"]({manuscript.stem}.{name})")
    return text
