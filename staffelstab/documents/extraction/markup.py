"""HTML as people mail it — unclosed, nested, tables for layout — read leniently; nothing is loaded, scripts are ignored."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from staffelstab.documents.extraction.extracted_text import Notice
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
_ODD_SECTION = re.compile(r"<!\[(?!cdata\[|if\b|else\b|endif\b)", re.I)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all)", re.I
)


def read_html(content: bytes) -> Content:
    """Paragraphs and tables of a web page or mail body."""
    text, sure = _decoded(content)
    found = _Text()
    found.feed(_closed(text))
    found.close()
    noticed: tuple[tuple[Notice, bool], ...] = (
        ("encoding", not sure),
        ("links", _REMOTE.search(content) is not None),
        ("hidden", found.hides),
    )
    notices = tuple(notice for notice, is_so in noticed if is_so)
    return Content(found.paragraphs(), found.tables(), notices=notices)


def _closed(text: str) -> str:
    """The page, marks that nothing closes any more as text: the parser would look for their end to the end, for each anew.

    So are sections that no standard knows: they would end the parser.
    """
    text = _ODD_SECTION.sub("&lt;![", text)
    for opens, closes in (("<!--", "-->"), ("<", ">")):
        head, end, rest = text.rpartition(closes)
        text = head + end + rest.replace(opens, "&lt;" + opens[1:])
    return text


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element says of itself that it is not shown; style sheets are not followed."""
    return any(
        (name == "hidden" and value != "until-found") or (name == "style" and _UNSEEN.search(value or "") is not None)
        for name, value in attrs
    )


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
    """Blocks become paragraphs, cells both paragraphs and rows. What a browser would not show is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [
            []
        ]  # pieces: joining them at once takes time by their number, not by its square
        self._speaks = False
        self._silent: list[str] = []
        self._hidden: list[
            str
        ] = []  # open elements of the name that is hidden; a browser closes a paragraph at the next block
        self.hides = False
        self._pre = 0
        self._open: list[list[list[list[str]]]] = []  # tables being read, innermost last; rows, cells, pieces
        self._done: list[Rows] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            if tag not in self._silent:  # the end of any of them ends them all
                self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()
        self._hide(tag, attrs)
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
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag in _BLOCKS:
            self._break()
        self._pre -= tag == "pre" and self._pre > 0
        if tag == "table" and self._open:
            self._close_table()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._hidden:
            self.hides |= bool(data.strip())
            return
        self._add(data if self._pre else re.sub(r"[ \t\r\n\f]+", " ", data))

    def paragraphs(self) -> tuple[tuple[str, None], ...]:
        """The text in reading order."""
        return tuple((line, None) for block in self._blocks for line in paragraphs("".join(block)))

    def tables(self) -> tuple[tuple[str, Rows], ...]:
        """Tables with more than one column; the others are layout."""
        while self._open:
            self._close_table()
        return tuple(("", rows) for rows in self._done)

    def _hide(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden == ["p"] and tag in _BLOCKS:
            self._hidden.clear()
        if tag not in _VOID and (tag in self._hidden or (not self._hidden and _is_hidden(attrs))):
            self._hidden.append(tag)

    def _add(self, text: str) -> None:
        self._blocks[-1].append(text)
        self._speaks = self._speaks or bool(text.strip())
        if self._open and self._open[-1] and self._open[-1][-1]:
            self._open[-1][-1][-1].append(text)

    def _break(self) -> None:
        if self._speaks:
            self._blocks.append([])
            self._speaks = False

    def _table(self, tag: str) -> None:
        if tag == "table":
            self._open.append([])
        elif self._open and tag == "tr":
            self._open[-1].append([])
        elif self._open and tag in ("td", "th"):
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append([])

    def _close_table(self) -> None:
        said = [["".join(cell) for cell in row] for row in self._open.pop()]
        rows = tuple(tuple(map(one_line, row)) for row in said if any(cell.strip() for cell in row))
        if any(len(row) > 1 for row in rows) and len(rows) > 1:
            self._done.append(rows)
