"""Markdown that quotes people safely: text made inert.

Dossiers are pandoc Markdown. Whatever a member wrote may look like Markdown, HTML, TeX, typst or a template; every ASCII
punctuation mark of it is escaped, so that pandoc reads it back as the characters it is.
"""

from __future__ import annotations

import datetime as dt
import re

import jinja2

from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.shortened import CELL, shortened
from staffelstab.language import ORIGINAL, Language

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"[ \t\n]+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n[ \t\n]*")
_LIST_ITEM = re.compile(r"[ \t]*([-*+•–·]|\d{1,3}[.)]|[A-Za-z][.)])[ \t]")


class Markdown(str):
    """Trusted Markdown: written by us, or made of inert text."""

    __slots__ = ()


def inert_line(text: str) -> Markdown:
    """`text` on one line, as Markdown that means exactly these characters. Line breaks become spaces."""
    return Markdown(_PUNCTUATION.sub(r"\\\1", _SPACES.sub(" ", harmless(text)).strip(" ")))


def inert(text: str, source: str = "", language: str = ORIGINAL) -> Markdown:
    """`text` as paragraphs of Markdown that mean exactly these characters, as far as one can read them.

    A blank line parts paragraphs, a line break before a list item stays one, any other line break is folded into a space. What
    is cut off says that it stands whole in the paper `source` begins with ("B07.3, Beisitz 3").
    """
    ref = source.partition(",")[0].partition(".")[0].strip()
    parts = (shortened(part, language, ref=ref) for part in _PARAGRAPH.split(harmless(text)))
    return Markdown("\n\n".join(paragraph for part in parts if (paragraph := _paragraph(part))))


def quoted(text: str, language: str = ORIGINAL) -> Markdown:
    """`text` as a block quote of inert paragraphs."""
    return Markdown("\n".join(f"> {line}".rstrip(" ") for line in inert(text, language=language).split("\n")))


def _paragraph(text: str) -> str:
    items: list[list[str]] = []
    for line in text.split("\n"):
        if items and not _LIST_ITEM.match(line):
            items[-1].append(line)
        else:
            items.append([line])
    return "\\\n".join(part for lines in items if (part := inert_line(" ".join(lines))))


def written(value: object, language: str) -> str:
    """A value as people read it: a date, a moment or a number in the language's way; text stays text.

    Raises jinja2.UndefinedError for None: a gap must be worded by the template, never printed.
    """
    if value is None:
        raise jinja2.UndefinedError("None")
    if isinstance(value, dt.datetime):
        return Language(language).moment(value)
    if isinstance(value, dt.date):
        return Language(language).day(value)
    if isinstance(value, float):
        return Language(language).number(value, 1)
    return str(value)


def cell(value: object, language: str) -> Markdown:
    """One table cell on one line; nothing for None, trusted Markdown as it is."""
    if isinstance(value, Markdown):
        return Markdown(_SPACES.sub(" ", value).strip(" "))
    return inert_line("" if value is None else shortened(written(value, language), language, CELL))
