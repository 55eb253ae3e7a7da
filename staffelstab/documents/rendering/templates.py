"""The Jinja environment of all product templates: it trusts nothing unless told to.

In templates named `*.md.j2` (and in templates without a name) each `{{ value }}` goes through `inert_line` unless it is already
`Markdown`; `*.html.j2` escapes HTML and writes out characters that steer (`harmless`); `*.txt.j2` writes plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial

import jinja2
from jinja2.runtime import Context

from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.markdown import Markdown, cell, inert, inert_line, quoted, written
from staffelstab.documents.rendering.shortened import shortened
from staffelstab.documents.rendering.tables import table
from staffelstab.language import TEMPLATES, Language, agree


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
        "agree": agree,
        "md": Markdown,
        "inert": partial(inert, language=language),
        "quote": partial(quoted, language=language),
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
                return value if hasattr(value, "__html__") else harmless(written(value, language))
            case "txt":
                return written(value, language)
            case _:
                if isinstance(value, Markdown):
                    return value
                return inert_line(shortened(written(value, language), language))

    return finalized
