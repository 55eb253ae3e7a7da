"""Rendering: one manuscript in, the same paper in every format of a table out, each of them by itself.

Markdown is the source; pandoc reads it once (guard.lua removes whatever could reach outside), and each format is written from
that one reading. The same manuscript gives byte-identical files: its stamp is the only date they carry.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from staffelstab.documents.rendering import html_and_pdf, pandoc, svg, word_processor
from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.failing_passages import GaveUp, Mended, mended
from staffelstab.documents.rendering.manuscript import Figure, Manuscript
from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.documents.rendering.readable import readable
from staffelstab.documents.rendering.shortened import HEADING, shortened
from staffelstab.documents.rendering.typeset import png
from staffelstab.errors import RenderError
from staffelstab.language import Language

Writer = Callable[[pandoc.Sheet], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a paper: its media type, and what writes it (None: it is the Markdown itself).

    `with_png` says that its figures have to lie beside it as PNG.
    """

    media: str
    write: Writer | None = None
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
TRIAL_SECONDS = 90.0
"""So long is looked for what makes a format fail."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in the formats that could be made, in the order asked for.

    `missing` says of each other format why (a code for whoever looks for the reason), `left_out` of each format in which places
    a passage or picture had to be replaced by a sentence.
    """

    files: Mapping[str, bytes]
    missing: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def render(manuscript: Manuscript, formats: Iterable[str] = FORMATS) -> dict[str, bytes]:
    """The manuscript as files, format → bytes, in the order asked for. Raises RenderError if one cannot be made of all of it."""
    done = printed(manuscript, formats)
    for name, code in {**done.missing, **dict.fromkeys(done.left_out, "left out")}.items():
        raise RenderError("documents.error.failed", format=name, code=code)
    return dict(done.files)


def printed(manuscript: Manuscript, formats: Iterable[str] = FORMATS) -> Printed:
    """The manuscript in each format by itself: one that fails leaves out what makes it fail, or is missing.

    Raises RenderError for a format there is none of.
    """
    wanted = tuple(formats)
    for name in wanted:
        if name not in FORMATS:
            raise RenderError("documents.error.unknown_format", format=name, known=", ".join(FORMATS))
    writers = {name: write for name, item in FORMATS.items() if name in wanted and (write := item.write)}
    tried = _printed(manuscript, writers) if writers else {}
    failed = {name: str(made.facts["code"]) for name, made in tried.items() if isinstance(made, RenderError)}
    files = {name: made for name, made in tried.items() if not isinstance(made, RenderError)}
    left_out: dict[str, tuple[str, ...]] = {}
    known: Mended | None = None
    for name in failed:
        if second := _second_try(manuscript, name, known):
            files[name], known = second
            left_out[name] = known.places
    files |= {name: _source(manuscript) for name in wanted if FORMATS[name].write is None}
    return Printed(
        files={name: files[name] for name in wanted if name in files},
        missing={name: code for name, code in failed.items() if name not in files},
        left_out=left_out,
    )


def pictures(manuscript: Manuscript, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The drawings as files that lie beside the Markdown, which refers to them; every other format holds them itself."""
    return {f"{figure.name}.svg": figure.svg.encode() for figure in manuscript.figures} if "md" in formats else {}


def _printed(manuscript: Manuscript, writers: Mapping[str, Writer]) -> dict[str, bytes | RenderError]:
    """What each writer makes, or why it cannot."""
    with TemporaryDirectory(prefix="press-") as folder:
        try:
            sheet = _sheet(manuscript, Path(folder))
        except RenderError as failure:
            return dict.fromkeys(writers, failure)
        if any(FORMATS[name].with_png for name in writers):
            word_processor.draw_pictures(sheet)
        with ThreadPoolExecutor(_WORKERS) as workers:
            return dict(zip(writers, workers.map(lambda write: _tried(write, sheet), writers.values()), strict=True))


def _tried(write: Writer, sheet: pandoc.Sheet) -> bytes | RenderError:
    try:
        return write(sheet)
    except RenderError as failure:
        return failure


def _second_try(manuscript: Manuscript, name: str, known: Mended | None) -> tuple[bytes, Mended] | None:
    """A format that failed, without what makes it fail. None if that cannot be found soon enough.

    `known` is what made another format fail: often it is the same.
    """
    drawn = replace(manuscript, figures=tuple(map(partial(sound, manuscript.language), manuscript.figures)))
    replaced = tuple(old.name for old, new in zip(manuscript.figures, drawn.figures, strict=True) if old is not new)
    for text in (Mended(drawn.markdown, replaced), known):
        if text and (text is known or replaced) and isinstance(made := _one(_with(drawn, text), name), bytes):
            return made, text
    until = time.monotonic() + TRIAL_SECONDS
    try:
        found = mended(drawn.markdown, lambda part: _fails(drawn, part, name, until), drawn.language)
    except GaveUp:
        return None
    text = Mended(found.markdown, (*replaced, *found.places))
    return (made, text) if isinstance(made := _one(_with(drawn, text), name), bytes) else None


def _with(manuscript: Manuscript, text: Mended) -> Manuscript:
    return replace(manuscript, markdown=text.markdown)


def sound(language: str, figure: Figure) -> Figure:
    """The figure, or a sentence in its place if it cannot be drawn."""
    try:
        png(figure.svg, dots=36)
    except RenderError:
        words = svg.folded(Language(language).say("documents.left_out.picture"), svg.WIDTH)
        return replace(figure, svg=svg.drawing(svg.lines(0, svg.LINE, words), 3 * svg.LINE))
    return figure


def _fails(manuscript: Manuscript, part: str, name: str, until: float) -> bool:
    """Whether a part of the manuscript cannot be printed. Raises GaveUp when time is up."""
    if time.monotonic() > until:
        raise GaveUp
    figures = tuple(figure for figure in manuscript.figures if f"({figure.name}.svg)" in part)
    return isinstance(_one(replace(manuscript, markdown=part, figures=figures), name), RenderError)


def _one(manuscript: Manuscript, name: str) -> bytes | RenderError:
    """The manuscript in one format, or why that cannot be made."""
    write = FORMATS[name].write
    return _printed(manuscript, {name: write})[name] if write else _source(manuscript)


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
