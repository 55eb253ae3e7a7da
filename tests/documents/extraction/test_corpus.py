"""Every sample file through one reader: each has an answer, none costs the others anything, nothing of a text is lost."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.reader import Reader
from tests.conftest import require

pytestmark = require("corpus")

UNREADABLE = {
    "billionlaughs.docx": "unsafe",
    "billionlaughs.odt": "unsafe",
    "bomb_ws.docx": "bomb",
    "deep.eml": "nested",
    "deepnest.docx": "nested",
    "encrypted.pdf": "password",
    "garbage.pdf": "damaged",
    "pageloop.pdf": "damaged",
    "pixelbomb.png": "bomb",
    "tika_testEXCEL_protected_passtika.xlsx": "password",
    "tika_testPassword4Spaces.pdf": "password",
    "tika_testWORD_truncated.docx": "damaged",
    "truncated.docx": "damaged",
    "xxe.docx": "unsafe",
    "xxe.odt": "unsafe",
}
EMPTY = {"empty.pdf", "antragsgruen_OpenOffice-Template.ods"}
SAME_PAGES = {"scan-04.jpg", "scan-05.jpg", "scan-06.jpg"}  # they are in scan4p.pdf too
FIDELITY = {"docx": 0.99, "odt": 0.99, "rtf": 0.99, "html": 0.99, "epub": 0.99, "md": 1.0, "txt": 1.0}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def text_of(reading: Reading) -> str:
    return "\n".join(line.text for line in reading.paragraphs)


@require("tesseract")
@pytest.mark.slow
def test_every_sample_has_the_answer_it_should_have(reader: Reader, corpus: Path) -> None:
    readings = {
        path.name: reader.read(path.read_bytes(), path.name)
        for folder in ("formats", "derived", "hostile")
        for path in sorted((corpus / folder).iterdir())
        if path.name not in SAME_PAGES
    }
    assert {name: found.reason for name, found in readings.items() if found.status == "unreadable"} == UNREADABLE
    assert {name for name, found in readings.items() if found.status == "empty"} == EMPTY
    assert all(found.paragraphs for found in readings.values() if found.status == "read")


def test_no_word_of_a_motion_is_lost_or_moved(reader: Reader, corpus: Path) -> None:
    for path in sorted((corpus / "motions").iterdir()):
        found = reader.read(path.read_bytes(), path.name)
        assert words(text_of(found)) == words(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("form", sorted(FIDELITY))
def test_one_text_is_the_same_in_every_format(reader: Reader, corpus: Path, form: str) -> None:
    name = "piraten_cp1252.txt" if form == "txt" else f"piraten.{form}"
    gold = Counter(words((corpus / "derived" / "piraten_cp1252.txt").read_text(encoding="cp1252")))
    found = Counter(words(text_of(reader.read((corpus / "derived" / name).read_bytes(), name))))
    assert (gold & found).total() / gold.total() >= FIDELITY[form]


def test_a_survey_comes_as_a_table_with_its_sheets_name(reader: Reader, corpus: Path) -> None:
    (table,) = reader.read((corpus / "derived" / "umfrage.xlsx").read_bytes(), "umfrage.xlsx").tables
    assert (table.name, len(table.rows)) == ("Umfrage", 501)
    assert table.rows[:2] == (
        ("Bezirk", "Anliegen", "Wichtigkeit"),
        ("Bezirk 0", "Wir brauchen mehr Bäume in der Straße 0 – Größe egal", "1"),
    )


def test_an_outlook_mail_with_a_mail_inside(reader: Reader, corpus: Path) -> None:
    found = reader.read((corpus / "formats" / "tika_testMSG_att_msg.msg").read_bytes(), "a.msg")
    assert [(part.form, part.status) for part in found.parts] == [("msg", "read"), ("eml", "read"), ("pdf", "read")]
    assert found.mail is not None
    assert (found.mail.subject, found.mail.sent) == ("test email", "2010-06-17T23:54:19+00:00")


@require("tesseract")
@pytest.mark.slow
def test_every_page_of_a_fax_is_recognised(reader: Reader, corpus: Path) -> None:
    found = reader.read((corpus / "formats" / "tika_testTIFF_multipage.tif").read_bytes(), "fax.tif")
    assert sorted({line.page for line in found.paragraphs if line.page}) == [1, 2]
    assert found.notices[-1] == "ocr"


@pytest.mark.slow
def test_a_thousand_small_papers_cost_milliseconds_each(reader: Reader, corpus: Path) -> None:
    papers = [path.read_bytes() for path in sorted((corpus / "motions").iterdir())]
    reader.read(b"warm", "a.txt")
    start = time.perf_counter()
    for number in range(1000):
        assert reader.read(papers[number % len(papers)], "a.txt").status == "read"
    assert time.perf_counter() - start < 1000 * 0.02  # measured: about 1 ms; four times the goal on a busy machine
