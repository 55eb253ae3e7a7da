"""Pages: the manuscript for the screen (one HTML file that needs nothing else) and on paper (PDF)."""

from __future__ import annotations

import base64
import re
from functools import cache

from staffelstab.documents.rendering.pandoc import PARTS, Sheet
from staffelstab.documents.rendering.typeset import pdf as typeset

_PICTURE = re.compile(r'(<img [^>]*?)src="([a-z0-9-]+)\.svg"')  # a "<" of the text itself is written &lt;


def html(sheet: Sheet) -> bytes:
    """One self-contained HTML file: styles and figures inside, no script, nothing loaded from anywhere."""
    (sheet.folder / "page.html").write_text(_template(), encoding="utf-8")
    options = (
        "--template=page.html",
        "--shift-heading-level-by=1",
        "--toc-depth=3",
        "--email-obfuscation=none",
        *_contents(sheet),
    )
    text = sheet.written("html", "html5", *options).decode()
    return _PICTURE.sub(lambda found: f'{found[1]}src="{_data_address(sheet, found[2])}"', text).encode()


def pdf(sheet: Sheet) -> bytes:
    """The PDF, set by typst from pandoc's typst source."""
    options = (
        f"--template={PARTS / 'page.typ'}",
        *(f"--variable={name}={text}" for name, text in _plain(sheet).items()),
        *_contents(sheet),
    )
    source = sheet.written("typst", "typst-smart", *options).decode()
    figures = {f"{name}.svg": (sheet.folder / f"{name}.svg").read_text(encoding="utf-8") for name in sheet.figures}
    return typeset(source, figures, sheet.stamp)


def _contents(sheet: Sheet) -> tuple[str, ...]:
    return ("--toc",) if sheet.contents else ()


def _plain(sheet: Sheet) -> dict[str, str]:
    """Words that stand inside typst strings or numbers, where pandoc's own escaping does not reach."""
    return {
        "organisation-text": sheet.head["organisation"].replace("\\", "\\\\").replace('"', '\\"'),
        "year": str(sheet.stamp.year),
        "month": str(sheet.stamp.month),
        "day": str(sheet.stamp.day),
    }


def _data_address(sheet: Sheet, name: str) -> str:
    picture = base64.b64encode((sheet.folder / f"{name}.svg").read_bytes()).decode("ascii")
    return f"data:image/svg+xml;base64,{picture}"


@cache
def _template() -> str:
    page = (PARTS / "page.html").read_text(encoding="utf-8")
    return page.replace("/*css*/", (PARTS / "page.css").read_text(encoding="utf-8").rstrip())
