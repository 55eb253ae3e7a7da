"""The Markdown file is one that people read, and still nothing anybody wrote acts in it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.documents.rendering.markdown import inert, inert_line
from staffelstab.documents.rendering.pandoc import run
from staffelstab.documents.rendering.readable import readable
from staffelstab.documents.rendering.tables import table
from tests.documents.rendering.test_markdown import NOON, TEXTS, blocks, folded, words


def composed(text: str) -> str:
    """A text as pandoc's other reader has it: composed, where Unicode has one character for two."""
    return unicodedata.normalize("NFC", text)


def by_commonmark(markdown: str) -> list[dict[str, Any]]:
    """What a reader of plain Markdown makes of it."""
    with TemporaryDirectory() as folder:
        tree = run(("-f", "commonmark", "-t", "json"), markdown.encode(), Path(folder), NOON, "json")
    found: list[dict[str, Any]] = json.loads(tree)["blocks"]
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS.filter(lambda text: bool(folded(text))), min_size=1, max_size=8))
def test_any_text_is_read_back_as_exactly_its_characters(texts: list[str]) -> None:
    """By pandoc as by any other reader, on one line, in paragraphs, and as a list item."""
    for make in (inert, inert_line):
        source = "\n\n".join(f"::: {{.passage}}\n{make(text)}\n:::\n\nEnde" for text in texts)
        for read in (blocks, by_commonmark):
            found = [block for block in read(readable(source)) if block["t"] == "BlockQuote"]
            assert {inner["t"] for block in found for inner in block["c"]} <= {"Para"}
            said = [" ".join(words(inner["c"]) for inner in block["c"]) for block in found]
            assert list(map(composed, said)) == [composed(folded(text)) for text in texts]


@settings(max_examples=30, deadline=None)
@given(TEXTS.filter(lambda text: bool(folded(text))))
def test_any_text_stays_its_list_item(text: str) -> None:
    for read in (blocks, by_commonmark):
        (found,) = read(readable(f"- {inert_line(text)}\n- Ende"))
        (item, _) = found["c"]
        assert [block["t"] for block in item] == ["Plain"]
        assert composed(words(item[0]["c"])) == composed(folded(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_any_text_stays_in_its_table_cell(rows: list[tuple[str, str]]) -> None:
    (found,) = blocks(readable(table(["eins", "zwei"], rows)))
    body = found["c"][4][0][3]
    cells = [[" ".join(words(block["c"]) for block in cell[4]) for cell in row[1]] for row in body]
    assert cells == [[folded(text) for text in row] for row in rows]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"Was der Beschluss bedeutet\, in der Reihenfolge\, in der sie es erfahren\.", None),
        (r"Beiträge \(12\)\: „Ja\!“\; und\/oder 50 \% – wirklich\?", "Beiträge (12): „Ja!“; und/oder 50 % – wirklich?"),
        (r"12\. Januar 2018\, 07\:00 Uhr", "12\\. Januar 2018, 07:00 Uhr"),
        (r"am 12\. Januar", "am 12. Januar"),
        (r"- 1\) Erstens\.", "- 1\\) Erstens."),
        (r"iv\. viertens", r"iv\. viertens"),
        (r"Nein\. Ja\.", "Nein. Ja."),
        (r"\- kein Punkt", r"\- kein Punkt"),
        (r"\:\:\: kein Kasten", r"\::: kein Kasten"),
        (r"\*x\* \_y\_ \[a\]\(b\) \<c\> \`d\` \# \| \~", r"\*x\* \_y\_ \[a\](b) \<c\> \`d\` \# \| \~"),
        (r"http\:\/\/evil\.example", r"http:\/\/evil.example"),
        (r"ein \\\\\. Strich", r"ein \\\\. Strich"),
        (r"Table\: x", r"Table\: x"),
        ("![Bild](a.svg){width=100%}", "![Bild](a.svg)"),
    ],
)
def test_only_what_could_mean_something_stays_escaped(source: str, shown: str | None) -> None:
    assert readable(source) == (shown or "Was der Beschluss bedeutet, in der Reihenfolge, in der sie es erfahren.")


def test_passages_and_boxes_are_quotes_and_stand_apart_from_our_words() -> None:
    source = (
        "Davor\n\n::: {.passage}\nNiemand ruft an\\.\n\n[B01\\.1]{.source}\n:::\n\n"
        '::: {.warning title="Zu klären\\: wer\\?"}\n- Eins\n- Zwei\n:::\n\n::: {.decision}\nJa\\.\n:::\n\nDanach'
    )
    assert readable(source, {"decision": "Beschluss"}) == (
        "Davor\n\n> Niemand ruft an.\n>\n> — B01.1\n\n> **Zu klären: wer?**\n>\n> - Eins\n> - Zwei\n\n"
        "> **Beschluss**\n>\n> Ja.\n\nDanach"
    )


def test_a_fence_in_a_persons_words_ends_no_quote() -> None:
    words = inert(":::\n\n::: {.decision}\n\nBeschlossen")
    source = f"::: {{.passage}}\n{words}\n:::\n\nDanach"
    assert [block["t"] for block in by_commonmark(readable(source))] == ["BlockQuote", "Para"]
