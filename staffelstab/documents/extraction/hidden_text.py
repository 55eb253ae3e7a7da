"""Hidden text of word processors is left out, with a notice: nobody who opens the paper sees it, so nobody has said it.

Word marks runs as `vanish`, themselves or by a style; OpenDocument gives a style `display="none"`. The mark-up is read once from
left to right (expat calls no function of its own again, however deep it is nested), and what is hidden is cut out of the bytes.
White or tiny text cannot be told from a design and stays.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

_PARTS = {
    "docx": re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"),
    "odt": re.compile(r"content\.xml"),
}
_STYLES = {"docx": ("word/styles.xml",), "odt": ("styles.xml", "content.xml")}
_OFF = frozenset({"0", "false", "off"})
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(r"(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def without_hidden(members: Mapping[str, bytes], form: str) -> dict[str, bytes]:
    """The members of a "docx" or "odt" that hold hidden text, without it; mark-up that cannot be read is left as it is."""
    styles = _Styles(form)
    for name in _STYLES[form]:
        styles.read(_in_utf8(members.get(name, b"")))
    changed = {}
    for name, written in members.items():
        if _PARTS[form].fullmatch(name):
            markup = _in_utf8(written)
            finder = (_Runs if form == "docx" else _Spans)(styles.hidden())
            finder.read(markup)
            if finder.cuts:
                changed[name] = _cut(markup, finder.cuts)
    return changed


def rewritten(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some members exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            kept = changed.get(info.filename)
            after.writestr(info.filename, before.read(info) if kept is None else kept)
    return out.getvalue()


def _cut(markup: bytes, cuts: Collection[tuple[int, int]]) -> bytes:
    kept, place = [], 0
    for begins, ends in sorted(cuts):
        if ends > place:
            kept.append(markup[place : max(begins, place)])
            place = ends
    return b"".join((*kept, markup[place:]))


def _in_utf8(markup: bytes) -> bytes:
    """Mark-up in UTF-16 as UTF-8: places are counted in bytes."""
    if not markup.startswith(_WIDE):
        return markup
    text = markup.decode("utf-16", "replace")
    return _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "replace")


class _Walk:
    """One pass over mark-up, with the names of the elements that are open."""

    namespace = ""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self.text

    def read(self, markup: bytes) -> None:
        """Walk through; what is broken ends it."""
        self.markup = markup
        try:
            self._parser.Parse(markup, True)
        except expat.ExpatError:
            self.broken()

    @property
    def place(self) -> int:
        """The byte at which the tag begins that is being looked at."""
        return self._parser.CurrentByteIndex

    def after_tag(self) -> int:
        """The byte after that tag."""
        found = self.markup.find(b">", self.place)
        return found + 1 if found >= 0 else len(self.markup)

    def is_below(self, *names: str) -> bool:
        """Whether these elements are the innermost that are open."""
        return tuple(self.path[-len(names) :]) == names

    def _started(self, name: str, attributes: Mapping[str, str]) -> None:
        own = self._own(name)
        self.start(own, {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        self.path.append(own)

    def _ended(self, name: str) -> None:
        self.path.pop()
        self.end(self._own(name))

    def _own(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        return local if self.namespace in space else ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; "" for one of another kind of mark-up."""

    def end(self, name: str) -> None:
        """An element has ended."""

    def text(self, said: str) -> None:
        """Characters."""

    def broken(self) -> None:
        """The mark-up cannot be read to its end."""


@dataclass(slots=True)
class _Style:
    parent: str = ""
    hides: bool | None = None


class _Styles:
    """Which styles hide what bears them, themselves or by the style on which they rest."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._known: dict[str, _Style] = {}

    def read(self, markup: bytes) -> None:
        """Take in the styles of a member."""
        walk = _StyleWalk(self._form)
        walk.read(markup)
        self._known |= walk.found

    def hidden(self) -> frozenset[str]:
        """Their names."""
        return frozenset(name for name in self._known if next(self._said(name), False))

    def _said(self, name: str) -> Iterator[bool]:
        """What the style says of hiding, then what the one below it says, and so on; a circle ends."""
        seen: set[str] = set()
        while name in self._known and name not in seen:
            seen.add(name)
            style = self._known[name]
            if style.hides is not None:
                yield style.hides
            name = style.parent


class _StyleWalk(_Walk):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.namespace = "wordprocessingml" if form == "docx" else "opendocument"
        self.found: dict[str, _Style] = {}
        self._style = _Style()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style = self.found.setdefault(
                attributes.get("styleId") or attributes.get("name", ""), _Style(attributes.get("parent-style-name", ""))
            )
        elif name == "basedOn":
            self._style.parent = attributes.get("val", "")
        elif name == "vanish" and self.is_below("style", "rPr"):
            self._style.hides = attributes.get("val", "") not in _OFF
        elif name == "text-properties" and self.is_below("style") and "display" in attributes:
            self._style.hides = attributes["display"] == "none"


@dataclass(slots=True)
class _Run:
    begins: int
    hides: bool
    said: bool | None = None
    speaks: bool = False


class _Runs(_Walk):
    """Runs of a Word document that are hidden and say something."""

    namespace = "wordprocessingml"

    def __init__(self, hiding: Collection[str]) -> None:
        super().__init__()
        self.cuts: list[tuple[int, int]] = []
        self._hiding = hiding
        self._runs: list[_Run] = []
        self._paragraphs: list[bool] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._paragraphs.append(False)
        elif name == "r":
            self._runs.append(_Run(self.place, bool(self._paragraphs and self._paragraphs[-1])))
        elif name == "pStyle" and self.is_below("p", "pPr") and self._paragraphs:
            self._paragraphs[-1] = attributes.get("val") in self._hiding
        elif self._runs and self.is_below("r", "rPr"):
            self._said_of_run(name, attributes.get("val", ""))

    def _said_of_run(self, name: str, value: str) -> None:
        if name == "rStyle" and value in self._hiding:
            self._runs[-1].hides = True
        elif name == "vanish":
            self._runs[-1].said = value not in _OFF

    def text(self, said: str) -> None:
        if self._runs and said.strip():
            self._runs[-1].speaks = True

    def end(self, name: str) -> None:
        if name == "p" and self._paragraphs:
            self._paragraphs.pop()
        elif name == "r" and self._runs:
            run = self._runs.pop()
            if run.hides if run.said is None else run.said:
                self.cuts += [(run.begins, self.after_tag())] if run.speaks else []
            elif self._runs:
                self._runs[-1].speaks |= run.speaks

    def broken(self) -> None:
        self.cuts.clear()


class _Spans(_Walk):
    """Spans, paragraphs and sections of an OpenDocument text that are hidden."""

    namespace = "opendocument"

    def __init__(self, hiding: Collection[str]) -> None:
        super().__init__()
        self.cuts: list[tuple[int, int]] = []
        self._hiding = hiding
        self._begins: list[int | None] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        hides = (name in ("span", "p", "h") and attributes.get("style-name") in self._hiding) or (
            name == "section" and attributes.get("display") == "none"
        )
        self._begins.append(self.place if hides else None)

    def end(self, name: str) -> None:
        if (begins := self._begins.pop()) is not None:
            self.cuts.append((begins, self.after_tag()))

    def broken(self) -> None:
        self.cuts.clear()
