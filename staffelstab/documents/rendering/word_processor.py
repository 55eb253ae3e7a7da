"""Office: the manuscript as DOCX and ODT, in our own styles, with header, footer and page numbers.

pandoc takes styles, header and footer from a reference document. Ours is built here: pandoc's own empty document with the
texts under templates/document/docx and odt in place of its parts. What no reference can say (table rows stay in one piece,
the look of ODT table cells) is put into the finished archive.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.pandoc import EARLIEST, LATEST, PARTS, Sheet, run
from staffelstab.documents.rendering.typeset import png
from staffelstab.errors import RenderError
from staffelstab.language import Language

_EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_AMENDED = ("word/settings.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
_BODY = {  # rows stay in one piece; a picture keeps no distance from the margin
    b"<w:trPr><w:tblHeader": b"<w:trPr><w:cantSplit/><w:tblHeader",
    b"<w:tr><w:tc>": b"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>",
    b"<wp:inline>": b'<wp:inline distT="0" distB="0" distL="0" distR="0">',
}
_CELLS = {
    "TableHeaderRowCell": 'fo:background-color="#e9eff5" fo:border-bottom="0.9pt solid #1f4e79" style:vertical-align="bottom"',
    "TableRowCell": 'fo:border-bottom="0.4pt solid #c3ccd5"',
}


def docx(sheet: Sheet) -> bytes:
    """The manuscript for Word. Figures are PNG; heading rows repeat on every page, rows stay in one piece."""
    empty = _empty("docx")
    settings, relations, types = (empty[name] for name in _AMENDED)
    parts = {
        "word/styles.xml": _filled(sheet, "docx/styles.xml"),
        "word/header1.xml": _filled(sheet, "docx/header-draft.xml" if sheet.head["status"] else "docx/header.xml"),
        "word/footer1.xml": _filled(sheet, "docx/footer.xml"),
        "word/document.xml": _filled(sheet, "docx/document.xml"),
        "word/settings.xml": _before(settings, "<w:defaultTabStop", "<w:autoHyphenation/>"),
        "word/_rels/document.xml.rels": _before(relations, "</Relationships>", _part("docx/relations.xml")),
        "[Content_Types].xml": _before(types, "</Types>", _part("docx/types.xml")),
    }
    members = _written(sheet, "docx", {**empty, **parts})
    body = members["word/document.xml"]
    for found, wanted in _BODY.items():
        body = body.replace(found, wanted)
    return _zipped({**members, "word/document.xml": body}, sheet.stamp)


def odt(sheet: Sheet) -> bytes:
    """The manuscript for LibreOffice Writer."""
    styles = _filled(sheet, "odt/styles.xml")
    if sheet.head["status"]:
        styles = styles.replace(b"<style:header>", b"<style:header>" + _filled(sheet, "odt/header-draft.xml"))
    members = _written(sheet, "odt", {**_empty("odt"), "styles.xml": styles})
    content = _with_alternatives(_with_cells(members["content.xml"].decode()), members, sheet)
    return _zipped({**members, "content.xml": content.encode()}, sheet.stamp)


def draw_pictures(sheet: Sheet) -> None:
    """Every figure as `<name>.png` beside its SVG, if it can be drawn."""
    for name in sheet.figures:
        svg = (sheet.folder / f"{name}.svg").read_text(encoding="utf-8")
        with suppress(RenderError):  # whoever needs it says so
            (sheet.folder / f"{name}.png").write_bytes(png(svg))


def _written(sheet: Sheet, kind: str, reference: Mapping[str, bytes]) -> dict[str, bytes]:
    """The members of the archive pandoc writes after a reference document."""
    if any(not (sheet.folder / f"{name}.png").exists() for name in sheet.figures):
        raise RenderError("documents.error.failed", format=kind, code="picture")
    path = sheet.folder / f"reference.{kind}"
    path.write_bytes(_zipped(reference, _EPOCH))
    return _members(
        sheet.written("office", kind, f"--reference-doc={path.name}", f"--metadata=lang:{_words(sheet)['locale']}")
    )


@cache
def _empty(kind: str) -> Mapping[str, bytes]:
    """The members of pandoc's own reference document."""
    with TemporaryDirectory(prefix="press-") as folder:
        return _members(run((f"--print-default-data-file=reference.{kind}",), b"", Path(folder), _EPOCH, kind))


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        return {name: members.read(name) for name in members.namelist()}


def _zipped(members: Mapping[str, bytes], stamp: dt.datetime) -> bytes:
    """An archive in the order given, every member dated `stamp`; `mimetype` is not compressed, as ODF asks."""
    result = io.BytesIO()
    moment = stamp.astimezone(dt.UTC) if EARLIEST < stamp < LATEST else _EPOCH
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, moment.timetuple()[:6])
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return result.getvalue()


def _before(part: bytes, mark: str, addition: str) -> bytes:
    """`part` with `addition` in front of `mark`."""
    return part.replace(mark.encode(), addition.strip().encode() + mark.encode(), 1)


def _with_cells(content: str) -> str:
    """pandoc gives ODT table cells no look and names their two styles; this fills them in."""
    for name, look in _CELLS.items():
        opening = (
            rf'(<style:style style:name="{name}" style:family="table-cell">\s*<style:table-cell-properties) [^/]*/>'
        )
        content = re.sub(opening, rf'\1 fo:padding="0.1cm" fo:padding-left="0.15cm" {look}/>', content, count=1)
    return content


def _with_alternatives(content: str, members: Mapping[str, bytes], sheet: Sheet) -> str:
    """pandoc leaves out what ODT figures say; a picture is known again by its bytes."""
    said = {(sheet.folder / f"{name}.png").read_bytes(): alt for name, alt in sheet.figures.items()}

    def described(image: re.Match[str]) -> str:
        return f"{image[0]}<svg:desc>{escape(harmless(said[members[image[1]]]))}</svg:desc>"

    return re.sub(r'<draw:image xlink:href="(Pictures/[^"]*)"[^>]*/>', described, content)


def _filled(sheet: Sheet, part: str) -> bytes:
    """A part with the document's words in it, escaped for XML."""
    words = {name: escape(text, {'"': "&quot;"}) for name, text in _words(sheet).items()}
    return Template(_part(part)).substitute(words).encode()


def _words(sheet: Sheet) -> dict[str, str]:
    say, region = Language(sheet.language).say, Language(sheet.language).forms.region
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
