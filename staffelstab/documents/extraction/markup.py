"""HTML as people mail it — unclosed, nested, tables for layout — read leniently; nothing is loaded, scripts are ignored."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from staffelstab.documents.extraction.normalise import one_line, paragraphs
from staffelstab.documents.extraction.plain import decode
from staffelstab.documents.extraction.worker_answer import Content, Rows

_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "math", "object"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed", "param", "track"}
)
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "details",
            "div",
            "fieldset",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "legend",
            "main",
            "nav",
            "p",
            "pre",
        ),
        *("section", "summary", "title", "dd", "dl", "dt", "li", "ol", "ul"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.I)
_REMOTE = re.compile(
    rb"<(?:img|link|iframe|object|embed|script|source)\b[^>]*\b(?:src|href|data)\s*=\s*[\"']?\s*(?:https?:)?//", re.I
)


def read_html(content: bytes) -> Content:
    """Paragraphs and tables of a web page or mail body."""
    text, sure = _decoded(content)
    found = _Text()
    found.feed(text)
    found.close()
    links = ("links",) if _REMOTE.search(content) else ()
    return Content(found.paragraphs(), found.tables(), notices=(*(() if sure else ("encoding",)), *links))


def _decoded(content: bytes) -> tuple[str, bool]:
    declared = _CHARSET.search(content[:4096])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if declared:
            try:
                return content.decode(declared[1].decode("ascii")), True
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(content)


class _Text(HTMLParser):
    """Blocks become paragraphs, cells both paragraphs and rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = [""]
        self._silent: list[str] = []
        self._pre = 0
        self._open: list[list[list[str]]] = []  # tables being read, innermost last
        self._done: list[Rows] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()
        if tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._break()
        self._pre += tag == "pre"
        self._table(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        if tag in _BLOCKS:
            self._break()
        self._pre -= tag == "pre" and self._pre > 0
        if tag == "table" and self._open:
            self._close_table()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self._add(data if self._pre else re.sub(r"[ \t\r\n\f]+", " ", data))

    def paragraphs(self) -> tuple[tuple[str, None], ...]:
        """The text in reading order."""
        return tuple((line, None) for block in self._blocks for line in paragraphs(block))

    def tables(self) -> tuple[tuple[str, Rows], ...]:
        """Tables with more than one column; the others are layout."""
        while self._open:
            self._close_table()
        return tuple(("", rows) for rows in self._done)

    def _add(self, text: str) -> None:
        self._blocks[-1] += text
        if self._open and self._open[-1] and self._open[-1][-1]:
            self._open[-1][-1][-1] += text

    def _break(self) -> None:
        if self._blocks[-1].strip():
            self._blocks.append("")

    def _table(self, tag: str) -> None:
        if tag == "table":
            self._open.append([])
        elif self._open and tag == "tr":
            self._open[-1].append([])
        elif self._open and tag in ("td", "th"):
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append("")

    def _close_table(self) -> None:
        rows = tuple(tuple(map(one_line, row)) for row in self._open.pop() if any(cell.strip() for cell in row))
        if any(len(row) > 1 for row in rows) and len(rows) > 1:
            self._done.append(rows)
