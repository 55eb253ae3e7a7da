"""Office: the manuscript as DOCX and ODT, in our own styles, with header, footer and page numbers.

pandoc takes styles, header and footer from a reference document. Ours is built here: pandoc's own empty document with our
`styles.xml`, header and footer (texts under templates/document/docx and odt) put in its place.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from staffelstab.documents.pandoc import PARTS, Sheet, run
from staffelstab.documents.typeset import png
from staffelstab.language import Language

_EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_Parts = Callable[[Sheet, Mapping[str, bytes]], dict[str, bytes]]


def docx(sheet: Sheet) -> bytes:
    """The manuscript for Word. Figures are PNG; heading rows repeat on every page."""
    return _written(sheet, "docx", _docx_parts)


def odt(sheet: Sheet) -> bytes:
    """The manuscript for LibreOffice Writer."""
    return _written(sheet, "odt", _odt_parts)


def draw_pictures(sheet: Sheet) -> None:
    """Every figure as `<name>.png` beside its SVG."""
    for name in sheet.figures:
        svg = (sheet.folder / f"{name}.svg").read_text(encoding="utf-8")
        (sheet.folder / f"{name}.png").write_bytes(png(svg))


def _written(sheet: Sheet, kind: str, parts: _Parts) -> bytes:
    empty = _empty(kind)
    reference = sheet.folder / f"reference.{kind}"
    reference.write_bytes(_zipped({**empty, **parts(sheet, empty)}))
    return sheet.written("office", kind, f"--reference-doc={reference.name}")


@cache
def _empty(kind: str) -> Mapping[str, bytes]:
    """The members of pandoc's own reference document."""
    with TemporaryDirectory(prefix="press-") as folder:
        archive = run((f"--print-default-data-file=reference.{kind}",), b"", Path(folder), _EPOCH, kind)
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        return {name: members.read(name) for name in members.namelist()}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return result.getvalue()


def _docx_parts(sheet: Sheet, empty: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        "word/styles.xml": _filled(sheet, "docx/styles.xml"),
        "word/header1.xml": _filled(sheet, "docx/header.xml"),
        "word/footer1.xml": _filled(sheet, "docx/footer.xml"),
        "word/document.xml": _filled(sheet, "docx/document.xml"),
        "word/settings.xml": _before(empty["word/settings.xml"], "<w:defaultTabStop", "<w:autoHyphenation/>"),
        "word/_rels/document.xml.rels": _before(
            empty["word/_rels/document.xml.rels"], "</Relationships>", _part("docx/relations.xml")
        ),
        "[Content_Types].xml": _before(empty["[Content_Types].xml"], "</Types>", _part("docx/types.xml")),
    }


def _odt_parts(sheet: Sheet, empty: Mapping[str, bytes]) -> dict[str, bytes]:
    return {"styles.xml": _filled(sheet, "odt/styles.xml")}


def _before(part: bytes, mark: str, addition: str) -> bytes:
    """`part` with `addition` in front of `mark`."""
    return part.replace(mark.encode(), addition.strip().encode() + mark.encode(), 1)


def _filled(sheet: Sheet, part: str) -> bytes:
    """A part with the document's words in it, escaped for XML."""
    words = {name: escape(text, {'"': "&quot;"}) for name, text in _words(sheet).items()}
    return Template(_part(part)).substitute(words).encode()


def _words(sheet: Sheet) -> dict[str, str]:
    say = Language(sheet.language).say
    region = {"de": "DE", "en": "GB"}[sheet.language]
    return {
        **sheet.head,
        "locale": f"{sheet.language}-{region}",
        "language": sheet.language,
        "region": region,
        "page": say("documents.page"),
        "of": say("documents.of"),
    }


@cache
def _part(name: str) -> str:
    return (PARTS / Path(name)).read_text(encoding="utf-8")
