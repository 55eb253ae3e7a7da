"""What a page keeps together: a passage with its source, a short table, the date in a title; and boxes that hold their lists."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import render
from tests.documents.rendering.extract import member, pdf_text
from tests.documents.rendering.sample import STAMP

BOX = '::: {.notice title="To be settled"}\n- Who is asked?\n- By when?\n:::\n\nAfter the box.\n'
TABLE = "| Paper | From |\n|:--|:--|\n| P01 | Treasurer |\n\nAfter the table.\n\nAs usual.\n"
STYLES = {"docx": ("word/document.xml", r'<w:pStyle w:val="(\w+)"'), "odt": ("content.xml", r'text:style-name="(\w+)"')}


def paper(markdown: str, title: str = "Paper") -> Manuscript:
    return Manuscript(
        markdown=markdown, title=title, subtitle="", language="en", stamp=STAMP, organisation="Choirs", status=""
    )


def styles(markdown: str, kind: str) -> dict[str, str]:
    """Each paragraph of a DOCX or ODT with its style."""
    name, style = STYLES[kind]
    paragraphs = re.findall(
        r"<(?:w|text):p[ >].*?</(?:w|text):p>", member(render(paper(markdown), (kind,))[kind], name), re.S
    )
    found = [(re.sub(r"<[^>]*>", "", text), re.search(style, text)) for text in paragraphs]
    return {text: match[1] if match else "" for text, match in found}


def pages(markdown: str) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(render(paper(markdown), ("pdf",))["pdf"]))
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_list_stays_in_its_box_and_what_follows_keeps_its_distance(kind: str) -> None:
    assert {text: style for text, style in styles(BOX, kind).items() if style in {"Notice", "Spaced"}} == {
        "To be settled": "Notice",
        "•\u00a0Who is asked?": "Notice",
        "•\u00a0By when?": "Notice",
        "After the box.": "Spaced",
    }
    assert [text for text, style in styles(TABLE, kind).items() if style == "Spaced"] == ["After the table."]


@pytest.mark.parametrize("lines", range(29, 36))
def test_neither_a_short_passage_nor_a_short_table_is_parted_by_the_end_of_a_page(lines: int) -> None:
    filling = "\n\n".join(f"Line {number}." for number in range(lines))
    passage = "\n\n::: {.passage}\nWe have no vote.\n\nWe want one.\n\n[Source of it]{.source}\n:::\n"
    rows = "".join(f"| Row {number} | x |\n" for number in range(1, 6))
    for markdown, first, last in (
        (filling + passage, "We have no vote.", "Source of it"),
        (f"{filling}\n\n| Head | y |\n|:--|:--|\n{rows}", "Row 1", "Row 5"),
    ):
        found = pages(markdown)
        assert [first in page for page in found] == [last in page for page in found]


def test_a_date_in_the_title_is_not_parted() -> None:
    text = pdf_text(render(paper("Text.", "Paper for decision: Committee, 11 April 2026"), ("pdf",))["pdf"])
    assert "\n11 April 2026\r\n" in text.replace("\r\n11", "\n11")
