"""Documents, sheets and pictures through xberg: bytes in, paragraphs and tables out. Only the worker process imports this.

Pitfalls of xberg 1.3.9, measured: OCR and results are cached in the user's home unless told otherwise; `layout` must stay None or
models are downloaded; a title stands in the text with its style name, so text is taken from the document's nodes; bold cells
carry asterisks. In a PDF the nodes "repair" ligatures that are none (Genoss*innen becomes Genossttinnen), so its text is taken page
by page.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import xberg

from staffelstab.documents.extraction.extracted_text import Notice, Reason
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.normalise import one_line, paragraphs
from staffelstab.documents.extraction.page_text import lines_to_text, page_paragraphs, recognised_lines
from staffelstab.documents.extraction.plain import full_rows, in_rows
from staffelstab.documents.extraction.tiff import pages
from staffelstab.documents.extraction.worker_answer import Content, Rows, Unreadable

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "doc": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
    "xls": "application/vnd.ms-excel",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "heic": "image/heic",
}
SHEETS = frozenset({"xlsx", "xlsb", "xls", "ods"})

_WRAPPED = re.compile(r"(?<![\w*])(\*{1,3}|_{1,2})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_COMMENT = re.compile(r"\[cmt:\d+\]")
_ANY_RATIO = 1 << 20  # archives were looked at before; xberg would refuse small, repetitive sheets
_LONG_CELL = 120  # characters; a longer cell is a paragraph of its own
_SAID: tuple[tuple[str, Reason], ...] = (
    ("password", "password"),
    ("encrypted", "password"),
    ("nest", "nested"),
    ("depth", "nested"),
    ("security", "bomb"),
    ("limit", "bomb"),
    ("dtd", "unsafe"),
    ("timeout", "time"),
    ("timed out", "time"),
)


class Documents:
    """xberg, set up once: one event loop, no cache, text recognition only with `tessdata` (a folder with `deu.traineddata`).

    `before_recognition` is called each time before it begins: it takes far longer than anything else.
    """

    def __init__(
        self, limits: Limits, tessdata: Path | None, before_recognition: Callable[[], object] = lambda: None
    ) -> None:
        self._before_recognition = before_recognition
        self._loop = asyncio.new_event_loop()
        self._limits, self._tessdata = limits, tessdata
        self._native = self._settings(None)
        self._paged = self._settings(None, paged=True)
        self._ocr = self._settings(tessdata, paged=True) if tessdata else None

    def read(self, content: bytes, form: str) -> Content:
        """The text of `content`. Raises Unreadable with what xberg says is wrong."""
        if form in SHEETS:
            return _sheets(self._extract(content, form, self._native))
        if form == "pdf":
            return self._pdf(content)
        return _prose(self._extract(content, form, self._native))

    def recognise(self, content: bytes, form: str) -> Content:
        """The text in a picture. Raises Unreadable("no_ocr") where text recognition is not installed."""
        if self._ocr is None:
            raise Unreadable("no_ocr")
        self._before_recognition()
        found = [_paged(self._extract(page, form, self._ocr)) for page in pages(content, form)]
        lines = tuple((text, number) for number, page in enumerate(found, 1) for text, _ in page.paragraphs)
        return _recognised(Content(lines, tuple(table for page in found for table in page.tables)))

    def _pdf(self, content: bytes) -> Content:
        found = self._extract(content, "pdf", self._paged)
        prose = _paged(found)
        scanned = _scanned(found, prose)
        if not scanned:
            return prose
        if self._ocr is None:
            if not prose.paragraphs:
                raise Unreadable("no_ocr")
            return _noting(prose, "pages_not_read")
        self._before_recognition()
        return _recognised(_paged(self._extract(content, "pdf", self._ocr)))

    def _extract(self, content: bytes, form: str, settings: Any) -> Any:
        source = xberg.ExtractInput(kind="bytes", bytes=content, mime_type=TYPES[form])
        try:
            found = self._loop.run_until_complete(xberg.extract(source, settings))
        except (RuntimeError, ValueError, xberg.XbergError) as error:
            raise Unreadable(_reason(str(error))) from None
        if not found.results:
            raise Unreadable(_reason(found.errors[0].message if found.errors else ""))
        return found.results[0]

    def _settings(self, tessdata: Path | None, *, paged: bool = False) -> Any:
        ocr = None
        if tessdata is not None:
            tesseract = xberg.TesseractConfig(use_cache=False, language=["deu"])
            ocr = xberg.OcrConfig(
                enabled=True,
                backend="tesseract",
                language=["deu"],
                tessdata_path=str(tessdata),
                tesseract_config=tesseract,
                element_config=xberg.OcrElementConfig(include_elements=True, min_level=xberg.OcrElementLevel.LINE),
            )
        return xberg.ExtractionConfig(
            use_cache=False,
            ocr=ocr,
            disable_ocr=ocr is None,
            include_document_structure=not paged,
            pages=xberg.PageConfig(extract_pages=True) if paged else None,
            enable_quality_processing=False,
            layout=None,
            max_archive_depth=0,
            security_limits=xberg.SecurityLimits(
                max_compression_ratio=_ANY_RATIO, max_archive_size=self._limits.unpacked
            ),
            extraction_timeout_secs=int(self._limits.wall_seconds) + 1,
        )


def _reason(message: str) -> Reason:
    said = message.lower()
    return next((reason for word, reason in _SAID if word in said), "damaged")


def _nodes(found: Any, *layers: str) -> Iterator[Mapping[str, Any]]:
    """What the document consists of, in order."""
    if found.document is None:
        return
    for node in found.document.nodes:
        if str(node.content_layer) in layers:
            yield msgspec.json.decode(str(node.content))


def _prose(found: Any) -> Content:
    notices: list[Notice] = []
    lines: list[str] = []
    notes: list[str] = []
    tables: list[tuple[str, Rows]] = []
    for node in _nodes(found, "body", "footnote"):
        kind = node["node_type"]
        if kind == "table":
            tables.append(("", _grid(node["grid"])))
            lines += _cells(node["grid"])
            continue
        if kind == "comment":
            notices.append("comments")
        place = notes if kind in ("comment", "footnote") else lines
        place += _split(node)
    if not lines:
        lines = [line for node in _nodes(found, "header", "footer") for line in _split(node)]
    text = tuple((line, None) for line in (*lines, *_fields(found), *notes))
    return Content(text, tuple(tables), notices=tuple(dict.fromkeys(notices)))


def _paged(found: Any) -> Content:
    """A PDF or a picture, page by page: as typeset, or where it was recognised, by where the lines stand."""
    seen = recognised_lines(found.ocr_elements or ())
    text = [
        (line, page.page_number)
        for page in found.pages or ()
        for line in page_paragraphs(lines_to_text(seen.get(page.page_number, [])) or page.content, page.page_number)
    ]
    tables = tuple(("", full_rows(table.cells)) for table in found.tables)
    return Content((*text, *((line, None) for line in _fields(found))), tables)


def _fields(found: Any) -> Iterator[str]:
    """What was filled into a form."""
    for field in found.form_fields or ():
        if field.value:
            yield f"{one_line(field.name)}: {one_line(field.value)}"


def _split(node: Mapping[str, Any]) -> Iterator[str]:
    if node["node_type"] in ("group", "metadata_block", "image"):
        return
    for name in ("term", "title", "text", "definition", "content"):
        if isinstance(node.get(name), str):
            yield from paragraphs(_COMMENT.sub("", node[name]))


def _grid(grid: Mapping[str, Any]) -> Rows:
    rows = [[""] * grid["cols"] for _ in range(grid["rows"])]
    for cell in grid["cells"]:
        if cell["row"] < grid["rows"] and cell["col"] < grid["cols"]:
            rows[cell["row"]][cell["col"]] = one_line(_plain(cell["content"]))
    return tuple(tuple(row) for row in rows if any(row))


def _cells(grid: Mapping[str, Any]) -> Iterator[str]:
    """A table's text as paragraphs: short cells row by row, long ones each for itself (forms, tables for layout)."""
    rows: dict[int, list[str]] = {}
    for cell in grid["cells"]:
        rows.setdefault(cell["row"], []).append(_plain(cell["content"]))
    for _, row in sorted(rows.items()):
        texts = [paragraphs(cell) for cell in row if cell.strip()]
        if any(len(text) > 1 or any(len(line) > _LONG_CELL for line in text) for text in texts):
            yield from (line for text in texts for line in text)
        elif texts:
            yield " | ".join(line for text in texts for line in text)


def _plain(cell: str) -> str:
    return _WRAPPED.sub(r"\2", cell)


def _sheets(found: Any) -> Content:
    sheets = _about(found).get("sheet_names", [])
    tables = [(_sheet_name(sheets, table.page_number), full_rows(table.cells)) for table in found.tables]
    filled = tuple((name, rows) for name, rows in tables if rows)
    return Content(tuple(line for _, rows in filled for line in in_rows(rows)), filled)


def _sheet_name(sheets: list[str], number: int) -> str:
    return one_line(sheets[number - 1]) if 0 < number <= len(sheets) else ""


def _scanned(found: Any, prose: Content) -> bool:
    return bool(_about(found).get("scanned_pages")) or not prose.paragraphs


def _about(found: Any) -> Mapping[str, Any]:
    """What xberg knows of this format: sheet names, pages, scanned pages."""
    return (
        msgspec.json.decode(str(found.metadata.format), type=dict[str, Any])
        if found.metadata.format is not None
        else {}
    )


def _recognised(content: Content) -> Content:
    return _noting(content, "ocr") if content.paragraphs else Content(looked=True)


def _noting(content: Content, notice: Notice) -> Content:
    return replace(content, notices=(*content.notices, notice))
