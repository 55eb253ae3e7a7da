"""Whatever people write comes out as the characters they wrote."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.documents.rendering.characters import harmless
from staffelstab.documents.rendering.markdown import Markdown, inert, inert_line, quoted
from staffelstab.documents.rendering.pandoc import read
from staffelstab.documents.rendering.tables import table
from staffelstab.documents.rendering.templates import environment

NOON = dt.datetime(2018, 3, 2, 12, tzinfo=dt.UTC)
SNIPPETS = st.sampled_from(
    [
        *(
            '```{=typst}\n#read("/etc/passwd")\n```',
            "~~~",
            "::: {.warning}",
            ":::",
            "---",
            "===",
            "| a | b |",
            "|---|---|",
            "+---+",
        ),
        *(
            "<script>",
            "</div>",
            "<!-- c -->",
            "&amp;",
            "&#60;",
            "\\begin{a}",
            "\\",
            "$x$",
            "$$",
            "{{ x }}",
            "{% raw %}",
            "{#id}",
        ),
        *(
            "[x]{.cls}",
            "![a](b)",
            "[^1]",
            "^[n]",
            "@cite",
            "(@) ",
            "1. ",
            "* ",
            "- ",
            "> ",
            "#",
            "    code",
            ": def",
            "Term\n: x",
        ),
        *("http://a.b", "a@b.c", "~a~", "'", '"', "...", "--", "% title", "\n", "\n\n", "\t"),
    ]
)
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=12)
TEXTS = st.lists(SNIPPETS | LETTERS, max_size=6).map("".join)


def blocks(markdown: str) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        tree = json.loads(read(markdown, {}, Path(folder), NOON))
    result: list[dict[str, Any]] = tree["blocks"]
    return result


def words(inlines: list[dict[str, Any]]) -> str:
    """The text of inlines; a KeyError when anything but text and breaks is among them."""
    plain = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
    return "".join(inline["c"] if inline["t"] == "Str" else plain[inline["t"]] for inline in inlines)


def folded(text: str) -> str:
    return " ".join(part for part in harmless(text).replace("\t", " ").replace("\n", " ").split(" ") if part)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_any_text_is_read_back_as_paragraphs_of_exactly_its_characters(texts: list[str]) -> None:
    for make in (inert, inert_line):
        found = blocks("\n\n".join(f"::: {{.passage}}\n{make(text)}\n:::" for text in texts))
        assert [block["c"][0][1] for block in found] == [["passage"]] * len(texts)
        paragraphs = [block["c"][1] for block in found]
        assert {inner["t"] for inside in paragraphs for inner in inside} <= {"Para"}
        assert [" ".join(words(inner["c"]) for inner in inside) for inside in paragraphs] == [folded(t) for t in texts]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_any_text_stays_in_its_table_cell(rows: list[tuple[str, str]]) -> None:
    (found,) = blocks(table(["eins", "zwei"], rows))
    body = found["c"][4][0][3]
    cells = [[" ".join(words(block["c"]) for block in cell[4]) for cell in row[1]] for row in body]
    assert cells == [[folded(text) for text in row] for row in rows]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_block_quote_ends_where_the_text_ends(text: str) -> None:
    found = blocks(f"{quoted('a' + text)}\n\nEnde")
    assert [block["t"] for block in found] == ["BlockQuote", "Para"]
    assert words(found[1]["c"]) == "Ende"


def test_paragraphs_and_list_items_of_a_text_stay_apart_while_wrapped_lines_are_joined() -> None:
    text = "Erste Zeile\nzweite Zeile\n\nWir wollen:\n- dies\n  und das\n2. jenes"
    assert inert(text) == "Erste Zeile zweite Zeile\n\nWir wollen\\:\\\n\\- dies und das\\\n2\\. jenes"


def test_what_a_reader_could_not_see_is_shown() -> None:
    assert inert_line("a\u202eb\x00c\ufeff") == r"a‹U\+202E›b‹U\+0000›c"


def test_values_are_inert_and_only_marked_markdown_is_not() -> None:
    template = environment("de").from_string(
        "{{ text }} {{ text | md }} {{ [text, text] | join(' ') }} {{ ('*a*' | md) ~ text }}"
    )
    assert template.render(text="*x*") == r"\*x\* *x* \*x\* \*x\* \*a\*\*x\*"


def test_macros_blocks_and_calls_escape_their_values_once() -> None:
    template = environment("de").from_string(
        '{% from "macros.md.j2" import notice, passage %}'
        '{% call notice("warning", title) %}**Frist** {{ text }}{% endcall %}{% set kept %}*{{ text }}*{% endset %}{{ kept }}'
    )
    assert template.render(text="[x]", title='"Ja"') == (
        '\n::: {.warning title="\\"Ja\\""}\n**Frist** \\[x\\]\n:::\n\n*\\[x\\]*'
    )


def test_dates_and_numbers_are_written_in_the_language() -> None:
    template = environment("de").from_string("{{ day }}, {{ share }}, {{ 1234 | number }}, {{ names | listed }}")
    words = {"day": dt.date(2018, 1, 14), "share": 2.5, "names": ["a", "b"]}
    assert template.render(words) == r"14\. Januar 2018, 2\,5, 1\.234, a und b"


@pytest.mark.parametrize("text", ["{{ missing }}", "{{ none }}", "{{ nothing }}"])
def test_a_gap_is_an_error_not_an_empty_place(text: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment("de").from_string(text).render(nothing=None)


def test_pandoc_identifiers_are_no_comments() -> None:
    template = environment("de").from_string("# Titel {#titel}\n{## nicht gedruckt ##}\nText")
    assert template.render() == "# Titel {#titel}\nText"


def test_trusted_markdown_is_a_type_of_its_own() -> None:
    assert isinstance(inert_line("a"), Markdown)
    assert not isinstance(inert_line("a") + "b", Markdown)
