"""One manuscript, five formats: the same every time, complete, harmless, accessible."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest

from staffelstab.documents.rendering.manuscript import Figure, Manuscript
from staffelstab.documents.rendering.render import FORMATS, render
from staffelstab.errors import RenderError
from tests.documents.rendering.extract import html_text, member, office_text, pdf_text, squeezed, tags
from tests.documents.rendering.sample import ASSOCIATIONS, HOSTILE, STAMP, dossier

HASHES = """
import hashlib
from staffelstab.documents.rendering.render import render
from tests.documents.rendering.sample import dossier
print(*(hashlib.sha256(data).hexdigest() for data in render(dossier()).values()))
"""


@pytest.fixture(scope="module")
def manuscript() -> Manuscript:
    return dossier()


@pytest.fixture(scope="module")
def files(manuscript: Manuscript) -> dict[str, bytes]:
    return render(manuscript)


def short(markdown: str, language: str = "de", **changes: object) -> Manuscript:
    made = Manuscript(markdown, "Kurz", "", language, STAMP, "Verband", "")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]  # a test names real fields


def readings(files: dict[str, bytes]) -> dict[str, str]:
    """What a reader finds in each printed format, without white space."""
    found = {
        "html": html_text(files["html"]),
        "pdf": pdf_text(files["pdf"]),
        "docx": office_text(files["docx"], "docx"),
        "odt": office_text(files["odt"], "odt"),
    }
    return {kind: squeezed(text) for kind, text in found.items()}


def test_the_same_manuscript_gives_the_same_bytes_in_another_process_place_and_zone(files: dict[str, bytes]) -> None:
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", HASHES], capture_output=True, text=True, env=environment, check=True)
    assert other.stdout.split() == [hashlib.sha256(data).hexdigest() for data in files.values()]


def test_every_format_holds_every_word_of_the_dossier(files: dict[str, bytes]) -> None:
    said = [
        "Worum es heute geht",
        "Vorgeschlagener Beschluss",
        "Beitrag B-007, Kreisverband Görlitz, Absätze 3 und 4",
        "B-042",
    ]
    for kind, text in readings(files).items():
        missing = [words for words in [*said, *ASSOCIATIONS, "W" * 150] if squeezed(words) not in text]
        assert (kind, missing) == (kind, [])


def test_a_hostile_text_stays_literal_in_every_format(files: dict[str, bytes]) -> None:
    wanted = squeezed(HOSTILE).replace("-", "")  # pdfium drops hyphens that stand alone; they have a test of their own
    found = {kind: wanted in text.replace("-", "") for kind, text in readings(files).items()}
    assert found == dict.fromkeys(("html", "pdf", "docx", "odt"), True)
    assert not any(b"root:x:0" in data for data in files.values())


def test_the_web_page_loads_nothing_and_runs_nothing(files: dict[str, bytes]) -> None:
    page = files["html"].decode()
    assert re.findall(r"<(?:script|iframe|object|embed|link)\b", page) == []
    tags = re.findall(r"<[^>]*>", page)
    addresses = [address for tag in tags for address in re.findall(r'(?:src|href)="([^"]*)"', tag)]
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []
    assert "url(" not in page
    assert '<html lang="de">' in page
    assert all(re.search(r'alt="[^"]{20,}"', image) for image in re.findall(r"<img[^>]*>", page))


def test_the_pdf_declares_its_standards_and_says_what_its_figures_show(
    files: dict[str, bytes], manuscript: Manuscript
) -> None:
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        with document.open_metadata() as metadata:
            declared = {
                name: metadata[name] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")
            }
        assert declared == {
            "pdfaid:part": "3",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
            "dc:title": manuscript.title,
        }
        assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("de", True)
    assert [alt for alt in tags(files["pdf"], "/Figure") if alt] == [figure.alt for figure in manuscript.figures]
    assert len(tags(files["pdf"], "/TH")) == 4 + 5 + 8


def test_nothing_in_the_pdf_runs_over_the_margins(files: dict[str, bytes]) -> None:
    import pypdfium2

    for page in pypdfium2.PdfDocument(files["pdf"]):
        text = page.get_textpage()
        boxes = [text.get_charbox(number) for number in range(text.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - 2.4 / 2.54 * 72 + 2


def test_word_and_writer_get_language_title_header_alternative_texts_and_repeated_headings(
    files: dict[str, bytes], manuscript: Manuscript
) -> None:
    word, writer = member(files["docx"], "word/document.xml"), member(files["odt"], "content.xml")
    assert re.findall(r'<wp:docPr descr="([^"]*)"', word) == [figure.alt for figure in manuscript.figures]
    assert re.findall(r"<svg:desc>([^<]*)</svg:desc>", writer) == [figure.alt for figure in manuscript.figures]
    assert (word.count("<w:tblHeader"), writer.count("<table:table-header-rows>")) == (3, 3)
    assert manuscript.status in member(files["docx"], "word/header1.xml")
    assert manuscript.status in member(files["odt"], "styles.xml")
    assert re.findall(r'<w:lang [^>]*w:val="([^"]*)"', member(files["docx"], "word/styles.xml")) == ["de-DE"]
    assert f"<dc:title>{manuscript.title}</dc:title>" in member(files["docx"], "docProps/core.xml")
    assert "<dc:language>de-DE</dc:language>" in member(files["odt"], "meta.xml")


def test_a_final_paper_carries_no_word_about_drafts() -> None:
    for text in readings(render(short("Text"))).values():
        assert "Entwurf" not in text


def test_callouts_say_in_words_what_they_are_and_speak_the_language() -> None:
    boxes = "".join(f"::: {{.{kind}}}\nx\n:::\n\n" for kind in ("notice", "warning", "question", "decision"))
    german, english = (readings(render(short(boxes, language))) for language in ("de", "en"))
    assert {"HinweisxAchtungxFragexBeschlussx" in text for text in german.values()} == {True}
    assert {"NotexAttentionxQuestionxDecisionx" in text for text in english.values()} == {True}


def test_a_short_paper_has_no_table_of_contents_and_a_title_may_be_any_text() -> None:
    odd = '1. *Bericht* #read("x") & <b> {#id} "Nr. 5" \\'
    found = render(
        short(
            "# Eins\n\nText", title=odd, subtitle="- $x$ _y_", organisation='Kreis "Ä" & Co \\ #x', status="+ [Entwurf]"
        )
    )
    for text in readings(found).values():
        assert squeezed(odd) in text
        assert "Inhalt" not in text
    assert found["md"].decode().startswith("# 1\\. \\*Bericht\\* \\#read")


def test_typst_does_not_read_dashes_dots_or_numbers_into_the_text() -> None:
    text = """a--b --- ... -1 -?x 2018-01-14 ~ // /* x */ https\\://a.b/c_d \\<e\\> \\@f 'g' \\"h\\"

2018\\. Jahr

| A | B | C | D |
|---|---|---|---|
| 2\\. x | \\+ y | \\= z | \\/ u: v |
"""
    wanted = """a--b---...-1-?x2018-01-14~///*x*/https://a.b/c_d<e>@f'g'"h"2018.JahrABCD2.x+y=z/u:v"""
    assert wanted in squeezed(pdf_text(render(short(text), ["pdf"])["pdf"]))


def test_links_into_the_file_system_become_plain_text() -> None:
    page = render(
        short("[a](file:///etc/passwd) [b](/etc/passwd) [c](https://example.org) [d](javascript:alert(1))"), ["html"]
    )["html"]
    assert re.findall(r'href="([^"]*)"', page.decode()) == ["https://example.org"]


@pytest.mark.parametrize(
    "picture", ["![](/etc/passwd)", "![](https://example.org/x.svg)", "![](fehlt.svg)", "![](../x.svg)"]
)
def test_a_picture_the_manuscript_does_not_bring_stops_the_press(picture: str) -> None:
    with pytest.raises(RenderError):
        render(short(picture), ["html"])


def test_only_what_is_asked_for_is_made_and_in_that_order() -> None:
    assert list(render(short("x"), ["html", "md"])) == ["html", "md"]
    with pytest.raises(RenderError, match=r"xlsx.*md, html, pdf, docx, odt"):
        render(short("x"), ["xlsx"])
    assert tuple(FORMATS) == ("md", "html", "pdf", "docx", "odt")


def test_a_manuscript_without_zone_or_with_odd_figure_names_is_refused() -> None:
    with pytest.raises(RenderError, match=r"documents\.error\.naive_stamp"):
        short("x", stamp=dt.datetime(2018, 3, 2, 12))  # noqa: DTZ001 -- the missing zone is what is refused
    for names in (["../x"], ["a", "a"], ["Ä"]):
        with pytest.raises(RenderError, match=r"documents\.error\.figure"):
            short("x", figures=tuple(Figure(name, "<svg/>", "x") for name in names))


def test_the_press_is_imported_without_its_heavy_parts() -> None:
    code = (
        "import sys, staffelstab.documents.rendering.render, staffelstab.documents.rendering.charts\n"
        "print({'typst', 'pypandoc', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
