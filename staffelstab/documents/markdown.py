"""Markdown that quotes people safely: text made inert, and a Jinja environment that trusts nothing unless told to.

Dossiers are pandoc Markdown. Whatever a member wrote may look like Markdown, HTML, TeX, typst or a template; every ASCII
punctuation mark of it is escaped, so that pandoc reads it back as the characters it is. In templates named `*.md.j2` (and in
templates without a name) each `{{ value }}` goes through `inert_line` unless it is already `Markdown`; `*.html.j2` escapes HTML;
`*.txt.j2` writes plain text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import cache, partial

import jinja2
from jinja2.runtime import Context

from staffelstab.documents.characters import harmless
from staffelstab.language import TEMPLATES, Language

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


def inert(text: str) -> Markdown:
    """`text` as paragraphs of Markdown that mean exactly these characters.

    A blank line parts paragraphs, a line break before a list item stays one, any other line break is folded into a space.
    """
    paragraphs = (_paragraph(part) for part in _PARAGRAPH.split(harmless(text)))
    return Markdown("\n\n".join(part for part in paragraphs if part))


def quoted(text: str) -> Markdown:
    """`text` as a block quote of inert paragraphs."""
    return Markdown("\n".join(f"> {line}".rstrip(" ") for line in inert(text).split("\n")))


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
    return inert_line("" if value is None else written(value, language))


class MarkdownEnvironment(jinja2.Environment):
    """Jinja whose macros, blocks and calls return `Markdown`, so that only values are escaped, and only once."""

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What a macro, a block or a whole template wrote."""
        return Markdown("".join(parts))


@cache
def environment(language: str) -> jinja2.Environment:
    """The Jinja environment of all product templates in `language`; `templates/<language>` is searched first, then `templates`.

    Undefined names and None raise jinja2.UndefinedError. Comments are `{## … ##}`, because `{#id}` belongs to pandoc.
    """
    from staffelstab.documents.tables import table

    made = MarkdownEnvironment(
        loader=jinja2.FileSystemLoader([TEMPLATES / language, TEMPLATES]),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: _ending(name) == "html",
        finalize=_finalizer(language),
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = Language(language)
    made.filters |= {
        "day": words.day,
        "short_day": words.short_day,
        "weekday": words.weekday,
        "moment": words.moment,
        "number": words.number,
        "listed": words.listed,
        "say": words.say,
        "md": Markdown,
        "inert": inert,
        "quote": quoted,
        "cell": partial(cell, language=language),
    }
    made.globals |= {"say": words.say, "pipe_table": partial(table, language=language), "language": language}
    return made


def _ending(name: str | None) -> str:
    """What a template writes: "html", "txt" or, for any other name and none, "md"."""
    parts = (name or "").split(".")
    return parts[-2] if len(parts) > 2 and parts[-1] == "j2" and parts[-2] in {"html", "txt"} else "md"


def _finalizer(language: str) -> Callable[[Context, object], object]:
    """What happens to each `{{ value }}`, by the kind of template it stands in."""

    @jinja2.pass_context
    def finalized(context: Context, value: object) -> object:
        match _ending(context.name):
            case "html":
                return value if hasattr(value, "__html__") else written(value, language)
            case "txt":
                return written(value, language)
            case _:
                return value if isinstance(value, Markdown) else inert_line(written(value, language))

    return finalized
