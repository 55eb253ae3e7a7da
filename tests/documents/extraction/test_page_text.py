"""Pages of PDFs and scans: every word as it was typeset, one paragraph for what one paragraph was."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from staffelstab.documents.extraction.extracted_text import Paragraph, Table
from staffelstab.documents.extraction.page_text import Line, lines_to_text, page_paragraphs
from staffelstab.documents.extraction.reader import Reader
from tests.conftest import ROOT, require

BEITRAEGE = ROOT / "examples/mitgliederarbeit-2018/inbox/beitraege"


def typeset(folder: Path, source: str) -> bytes:
    """A PDF as a member's typesetting program writes it."""
    file = folder / "beitrag.typ"
    file.write_text('#set text(lang: "de", hyphenate: true)\n#set par(spacing: 2em)\n' + source, encoding="utf-8")
    return typst.compile(file)


def test_no_word_of_a_pdf_is_repaired(reader: Reader, tmp_path: Path) -> None:
    source = r"""
Unsere Genoss\*innen und die\*der Vorsitzende: 100 \#Ziele, \"ein Wort\", Achtung!Los.

Office, finden, flattern, Stoff; wir treffen uns häufiger.
"""
    assert reader.read(typeset(tmp_path, source), "beitrag.pdf").paragraphs == (
        Paragraph('Unsere Genoss*innen und die*der Vorsitzende: 100 #Ziele, "ein Wort", Achtung!Los.', 0, 1),
        Paragraph("Office, finden, flattern, Stoff; wir treffen uns häufiger.", 0, 1),
    )


def test_words_divided_at_line_ends_are_whole_and_pages_are_numbered(reader: Reader, tmp_path: Path) -> None:
    sentence = "Mitgliederbetreuungskonzepte entstehen in Kreisgeschäftsführungen."
    source = f'#set page(width: 5cm, height: 12cm, numbering: "1")\n{sentence}\n#pagebreak()\n{sentence}\n'
    found = reader.read(typeset(tmp_path, source), "beitrag.pdf")
    assert found.paragraphs == (Paragraph(sentence, 0, 1), Paragraph(sentence, 0, 2))


def test_a_table_in_a_pdf_is_text_and_table(reader: Reader, tmp_path: Path) -> None:
    source = r"""
Unsere Zahlen aus dem vergangenen Jahr stehen hier in einer kleinen Tabelle.

#table(columns: 2, [Verband], [Genoss\*innen], [Bautzen], [12], [Görlitz], [14])
"""
    found = reader.read(typeset(tmp_path, source), "beitrag.pdf")
    assert found.tables == (Table("", (("Verband", "Genoss*innen"), ("Bautzen", "12"), ("Görlitz", "14"))),)
    assert [line.text for line in found.paragraphs[1:]] == ["Verband Genoss*innen", "Bautzen 12", "Görlitz 14"]


def test_the_examples_paper_keeps_its_gender_stars(reader: Reader) -> None:
    found = reader.read((BEITRAEGE / "papier-stellvertretung.pdf").read_bytes(), "papier-stellvertretung.pdf")
    assert found.paragraphs[3].text == (
        "Zweitens: Wir haben für alles eine Zuständigkeit, nur für die Mitglieder nicht. In der Hälfte der Kreisverbände "
        "gibt es zwar eine*n Mitgliederbeauftragte*n auf dem Papier, aber keine Beschreibung, was das Amt tun soll. "
        "Wo alle zuständig sind, ist es niemand."
    )


@require("tesseract")
def test_a_photographed_page_has_the_paragraphs_of_the_page(reader: Reader) -> None:
    found = reader.read((BEITRAEGE / "foto-seite-1.jpg").read_bytes(), "foto-seite-1.jpg")
    assert [line.text for line in found.paragraphs] == [
        "Von: Beisitz 10",
        "Zur Mitgliederarbeit",
        "Ich habe das zu Hause ausgedruckt und abfotografiert. Bitte nicht lachen.",
        "In unserem Kreisverband machen drei Leute alles. Sie schreiben die Einladungen, schließen den Raum auf, führen die "
        "Kasse und sollen nun auch noch Neue begleiten. Zwei von ihnen sind am Ende ihrer Kraft.",
        "Bevor wir neue Aufgaben beschließen, müssen wir sagen, welche wegfallen.",
        "Mein Vorschlag: ein Abend im Monat ohne Tagesordnung, nur mit Suppe.",
    ]
    assert found.notices == ("ocr",)


@pytest.mark.parametrize("number", ["2", "Seite 2", "- 2 -", "2 / 12", "Page 2 of 12"])
def test_only_the_pages_own_number_goes(number: str) -> None:
    assert page_paragraphs(f"Text.\n\n{number}", 2) == page_paragraphs(f"{number}\n\nText.", 2) == ["Text."]
    assert page_paragraphs(f"Text.\n\n{number}", 3) == ["Text.", number]
    assert page_paragraphs(number, 2) == [number]


def line(text: str, top: int, left: int = 100, right: int = 900) -> Line:
    return Line(text, left, top, right, top + 20)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        ([line("allein", 100)], "allein"),
        ([line("a", 100), line("b", 140), line("c", 180, right=300), line("d", 220)], "a\nb\nc\n\nd"),
        ([line("a", 100), line("b", 140), line("c", 220), line("d", 260)], "a\nb\n\nc\nd"),
        ([line("links", 100, right=450), line("rechts", 100, 500)], "links\n\nrechts"),
        ([line("a", 100), line("unten", 900), line("b", 140)], "a\n\nunten\n\nb"),
    ],
    ids=["nothing", "one line", "a short line ends a paragraph", "a gap parts", "columns", "not in reading order"],
)
def test_where_lines_stand_tells_what_belongs_together(lines: list[Line], text: str) -> None:
    assert lines_to_text(lines) == text
