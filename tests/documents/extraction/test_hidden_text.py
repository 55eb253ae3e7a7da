"""Hidden text is left out and noticed: nobody who opens the paper sees it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from staffelstab.documents.extraction.markup import read_html
from staffelstab.documents.extraction.reader import Reader
from tests.documents.extraction.sample_files import docx, zipped

pytestmark = pytest.mark.attack("LOW")

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f'<?xml version="1.0"?><w:styles {_W}>'
    '<w:style w:type="character" w:styleId="Weg"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Erbe"><w:basedOn w:val="Weg"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Absatz"><w:rPr><w:vanish w:val="true"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Kreis1"><w:basedOn w:val="Kreis2"/></w:style>'
    '<w:style w:type="character" w:styleId="Kreis2"><w:basedOn w:val="Kreis1"/></w:style>'
    "</w:styles>"
)


def run(text: str, properties: str = "") -> str:
    """A run of a Word document."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word(body: str) -> bytes:
    """A Word document with styles."""
    return docx("Anfang.", body=body, extra={"word/styles.xml": STYLES})


def said(reader: Reader, content: bytes, name: str = "a.docx") -> tuple[list[str], bool]:
    """The paper's text, and whether hidden text was noticed."""
    found = reader.read(content, name)
    return [item.text for item in found.paragraphs], "hidden" in found.notices


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="1"/>',
        "<w:b/><w:vanish></w:vanish>",
        '<w:rStyle w:val="Weg"/>',
        '<w:rStyle w:val="Erbe"/>',
    ],
)
def test_a_hidden_run_of_word_is_left_out(reader: Reader, properties: str) -> None:
    paragraph = f"<w:p>{run('Wir ')}{run('NICHT ', properties)}{run('wollen.')}</w:p>"
    assert said(reader, word(paragraph)) == (["Anfang.", "Wir wollen."], True)


@pytest.mark.parametrize(
    "properties", ['<w:vanish w:val="0"/>', '<w:vanish w:val="false"/>', '<w:rStyle w:val="Kreis1"/>']
)
def test_what_is_not_hidden_after_all_stays(reader: Reader, properties: str) -> None:
    paragraph = f"<w:p>{run('Wir ')}{run('auch ', properties)}{run('wollen.')}</w:p>"
    assert said(reader, word(paragraph)) == (["Anfang.", "Wir auch wollen."], False)


def test_a_paragraphs_style_hides_its_runs_unless_they_say_otherwise(reader: Reader) -> None:
    style = '<w:pPr><w:pStyle w:val="Absatz"/><w:rPr><w:vanish/></w:rPr></w:pPr>'
    shown = run("Doch.", '<w:vanish w:val="off"/>')
    assert said(reader, word(f"<w:p>{style}{run('Nie. ')}{shown}</w:p>")) == (["Anfang.", "Doch."], True)


def test_a_hidden_paragraph_mark_hides_no_text(reader: Reader) -> None:
    paragraph = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('Zu sehen.')}</w:p>"
    assert said(reader, word(paragraph)) == (["Anfang.", "Zu sehen."], False)


def test_hidden_text_in_utf_16_is_no_exception(reader: Reader) -> None:
    paragraph = f"<w:p>{run('Äh ')}{run('NIE ', '<w:vanish/>')}{run('ja.')}</w:p>"
    markup = f'<?xml version="1.0" encoding="UTF-16"?><w:document {_W}><w:body>{paragraph}</w:body></w:document>'
    assert said(reader, docx(extra={"word/document.xml": markup.encode("utf-16")})) == (["Äh ja."], True)


def test_hidden_spans_and_sections_of_an_opendocument_text_are_left_out(reader: Reader) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    )
    body = (
        '<text:p>Wir <text:span text:style-name="T2">NICHT </text:span>wollen.</text:p>'
        '<text:section text:name="s" text:display="none"><text:p>NIE</text:p></text:section><text:p>Ende.</text:p>'
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    document = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert said(reader, document, "a.odt") == (["Wir wollen.", "Ende."], True)


def test_hidden_text_of_an_rtf_file_is_left_out(reader: Reader) -> None:
    assert said(reader, rb"{\rtf1\ansi Wir {\v NICHT }wollen.\par}", "a.rtf") == (["Wir wollen."], True)
    assert said(reader, rb"{\rtf1\ansi Wir \viewkind4 wollen.\par}", "a.rtf")[1] is False


@pytest.mark.parametrize(
    ("page", "text", "hidden"),
    [
        ("<p>Eins<div style='color:red; display : none'>NIE<div>NIE</div>NIE</div>Zwei", ["Eins", "Zwei"], True),
        ("<p hidden>NIE<p>Eins", ["Eins"], True),
        ("<span style='visibility:hidden'>NIE</span>Eins", ["Eins"], True),
        ("<p style='display:block'>Eins", ["Eins"], False),
        ("<div hidden></div>Eins", ["Eins"], False),
    ],
)
def test_what_a_browser_does_not_show_is_left_out(page: str, text: list[str], hidden: bool) -> None:
    found = read_html(page.encode())
    assert ([line for line, _ in found.paragraphs], "hidden" in found.notices) == (text, hidden)


def test_deep_mark_up_with_hidden_text_costs_only_its_paper(reader: Reader) -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + run("NIE", "<w:vanish/>") + "</w:sdtContent></w:sdt>" * 5000
    assert reader.read(word(body), "a.docx").status in ("read", "unreadable")
    assert said(reader, b"Danach.", "a.txt") == (["Danach."], False)


def test_word_documents_of_others_keep_what_they_show(reader: Reader, corpus: Path) -> None:
    """Documents with `vanish` in their styles, or with none: nothing of them is lost."""
    for path in sorted((corpus / "formats").glob("*.docx")):
        assert "hidden" not in reader.read(path.read_bytes(), path.name).notices, path.name


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_document_that_is_there_twice_is_not_read(reader: Reader) -> None:
    """One could be looked at for hidden text and the other one printed."""
    out = io.BytesIO(word(f"<w:p>{run('Harmlos.')}</w:p>"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", archive.read("word/document.xml").replace(b"Harmlos", b"Anders"))
    found = reader.read(out.getvalue(), "a.docx")
    assert (found.status, found.reason) == ("unreadable", "unsafe")
