"""typst: the PDF a board is handed (PDF/A-3a and PDF/UA-1 declared), and pictures for word processors.

Only the fonts inside typst are used, nothing is fetched, and the document's date is the only time typst knows: the same
source gives the same bytes on every machine. typst runs in a process of its own, within limits of time and memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from staffelstab.documents.rendering.characters import drawable, plain_drawable
from staffelstab.documents.rendering.typesetter import NoGlyph, typeset
from staffelstab.errors import RenderError

STANDARDS = ["a-3a", "ua-1"]
DOTS_PER_INCH = 220.0
SCREEN = 150.0
"""Enough for pictures that are looked at on a screen: half the bytes."""

_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")'


def pdf(source: str, files: Mapping[str, str], stamp: dt.datetime) -> bytes:
    """The PDF of typst `source` with its SVG `files`. Raises RenderError.

    Characters without a glyph are written out first. Should a rare combination of characters still have no glyph, everything
    beyond Latin letters is written out: a document with ‹U+05D0› in it is better than none before a session.
    """
    how = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": int(stamp.timestamp())}
    for legible in (drawable, plain_drawable):
        texts = {name: legible(text).encode() for name, text in {**files, "main.typ": source}.items()}
        with suppress(NoGlyph):
            return typeset(texts, how, "PDF")
    raise RenderError("documents.error.failed", format="PDF", code="typst: glyphs")


def png(svg: str, dots: float = DOTS_PER_INCH) -> bytes:
    """A figure as PNG, for programs that cannot show SVG, with so many dots per inch. Raises RenderError."""
    files = {"main.typ": _PICTURE, "picture.svg": drawable(svg).encode()}
    try:
        return typeset(files, {"format": "png", "ppi": dots}, "PNG")
    except NoGlyph:
        raise RenderError("documents.error.failed", format="PNG", code="typst: glyphs") from None
