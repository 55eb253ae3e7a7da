"""typst: the PDF a board is handed (PDF/A-3a and PDF/UA-1 declared), and pictures for word processors.

Only the fonts inside typst are used, nothing is fetched, and the document's date is the only time typst knows: the same
source gives the same bytes on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from staffelstab.documents.rendering.characters import drawable, plain_drawable
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
    import typst

    for legible in (drawable, plain_drawable):
        texts = {name: legible(text).encode() for name, text in {**files, "main.typ": source}.items()}
        try:
            return _compiled(texts, format="pdf", pdf_standards=STANDARDS, timestamp=int(stamp.timestamp()))
        except typst.TypstError as failure:
            if "could not be displayed" not in str(failure):
                raise RenderError("documents.error.failed", format="PDF", code="typst") from None
    raise RenderError("documents.error.failed", format="PDF", code="typst: glyphs")


def png(svg: str, dots: float = DOTS_PER_INCH) -> bytes:
    """A figure as PNG, for programs that cannot show SVG, with so many dots per inch. Raises RenderError."""
    import typst

    try:
        return _compiled({"main.typ": _PICTURE, "picture.svg": drawable(svg).encode()}, format="png", ppi=dots)
    except typst.TypstError:
        raise RenderError("documents.error.failed", format="PNG", code="typst") from None


def _compiled(texts: Mapping[str, bytes], **how: object) -> bytes:
    """What typst makes of `main.typ` among the `texts`; it sees no other file."""
    import typst

    compile_files: Callable[..., bytes] = typst.compile  # its stub does not know of several files in memory
    try:
        return compile_files(dict(texts), ignore_system_fonts=True, **how)
    except BaseException as failure:
        if (
            type(failure).__name__ == "PanicException"
        ):  # of Rust; no Exception, and it may quote the text it stumbled over
            raise RenderError("documents.error.failed", format="PDF", code="typst") from None
        raise
