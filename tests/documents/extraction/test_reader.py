"""Papers through the reader: what comes back, and what becomes of papers that mean harm."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from staffelstab.documents.extraction.extracted_text import HeadField, Paragraph, Part, Reading, Table
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader import Reader, find_tessdata
from tests.conftest import require
from tests.documents.extraction.sample_files import docx, endless_pdf, mail, nested_mail, pdf, png, zipped


def children() -> list[int]:
    """The processes this test has started and not yet waited for."""
    tasks = Path("/proc/self/task")
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def test_a_text(reader: Reader) -> None:
    assert reader.read("Von: Nord\n\nWir brauchen Räume.".encode(), "beitrag.txt") == Reading(
        "read",
        "txt",
        "",
        (Paragraph("Von: Nord"), Paragraph("Wir brauchen Räume.")),
        parts=(Part("beitrag.txt", "txt", "read"),),
        head=(HeadField("von", "Nord", 0, 0, 5, 9),),
    )


def test_a_word_document_with_a_table(reader: Reader) -> None:
    cells = "".join(
        f"<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("Genoss*innen", "12")
    )
    found = reader.read(docx("Unser Beitrag", "Zweitens", body=f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "b.docx")
    assert found.paragraphs == (Paragraph("Unser Beitrag"), Paragraph("Zweitens"), Paragraph("Genoss*innen | 12"))
    assert found.tables == (Table("", (("Genoss*innen", "12"),)),)
    assert (found.status, found.form, found.notices) == ("read", "docx", ())


def test_a_pdf_knows_its_pages(reader: Reader) -> None:
    found = reader.read(pdf("Wir brauchen Treffpunkte auf dem Land.", "Und Busse dorthin, auch am Abend."), "b.pdf")
    assert found.paragraphs == (
        Paragraph("Wir brauchen Treffpunkte auf dem Land.", 0, 1),
        Paragraph("Und Busse dorthin, auch am Abend.", 0, 2),
    )


def test_a_mail_with_attachments_is_one_paper_in_parts(reader: Reader) -> None:
    inner = mail("Weitergeleitet.", {"c.csv": b"Verband;Zahl\nNord;12\n"}, Subject="innen")
    content = mail(
        "Siehe Anhang.", {"../a.docx": docx("Der Beitrag"), "leer.txt": b" \n", "b.eml": inner, "x.exe": b"MZ\0\0"}
    )
    found = reader.read(content, "post.eml")
    assert found.parts == (
        Part("post.eml", "eml", "read"),
        Part("a.docx", "docx", "read"),
        Part("leer.txt", "txt", "empty", "empty"),
        Part("b.eml", "eml", "read"),
        Part("c.csv", "csv", "read"),
        Part("x.exe", "program", "unreadable", "type"),
    )
    assert found.paragraphs[:3] == (
        Paragraph("Siehe Anhang.", 0),
        Paragraph("Der Beitrag", 1),
        Paragraph("Weitergeleitet.", 3),
    )
    assert found.tables == (Table("", (("Verband", "Zahl"), ("Nord", "12")), 4),)
    assert found.mail is not None
    assert (found.status, found.reason, found.mail.subject) == ("read", "", "Unser Beitrag")


def test_an_archive_of_papers(reader: Reader) -> None:
    found = reader.read(zipped({"../a.txt": "eins", "b/c.docx": docx("zwei")}), "alles.zip")
    assert [(line.text, line.part) for line in found.paragraphs] == [("eins", 1), ("zwei", 2)]
    assert found.parts[0] == Part("alles.zip", "zip", "empty", "empty")
    assert (found.status, found.form) == ("read", "zip")


@pytest.mark.parametrize(
    ("content", "name", "status", "form", "reason"),
    [
        (b"", "a.pdf", "empty", "pdf", "empty"),
        (b"\0" * 100, "a.docx", "empty", "docx", "empty"),
        (docx(), "a.docx", "empty", "docx", "empty"),
        (docx("a" * 400)[:300], "a.docx", "unreadable", "docx", "damaged"),
        (pdf("a")[:100], "a.pdf", "unreadable", "pdf", "damaged"),
        (b"%PDF-1.7\n" + b"\x01\x02" * 5000, "a.pdf", "unreadable", "pdf", "damaged"),
        (b"MZ\x90\0", "rechnung.pdf", "unreadable", "program", "type"),
        (docx("&lol;", prolog='<!DOCTYPE x [<!ENTITY lol "lol">]>'), "a.docx", "unreadable", "docx", "unsafe"),
        (docx("a", extra={"x.bin": bytes(30_000_000)}), "a.docx", "unreadable", "docx", "bomb"),
        (
            docx(body="<w:tbl><w:tr><w:tc>" * 900 + "</w:tc></w:tr></w:tbl>" * 900),
            "a.docx",
            "unreadable",
            "docx",
            "nested",
        ),
        (nested_mail(1200), "a.eml", "unreadable", "eml", "nested"),
        (png(60_000, 60_000), "a.png", "unreadable", "png", "bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_has_a_reason(
    reader: Reader, content: bytes, name: str, status: str, form: str, reason: str
) -> None:
    if form == "png" and find_tessdata() is None:
        pytest.skip("pictures are not opened without text recognition")
    found = reader.read(content, name)
    assert (found.status, found.form, found.reason, found.paragraphs) == (status, form, reason, ())


def test_a_small_repetitive_document_is_no_bomb(reader: Reader) -> None:
    found = reader.read(docx(*["Wir brauchen Räume."] * 30_000), "a.docx")
    assert found.paragraphs == (Paragraph("Wir brauchen Räume."),) * 30_000


def test_a_name_that_lies_is_noticed_and_the_content_read(reader: Reader) -> None:
    found = reader.read(b"<html><p>Der Beitrag", "beitrag.pdf")
    assert (found.form, found.paragraphs, found.notices) == ("html", (Paragraph("Der Beitrag"),), ("mismatch",))


def test_the_same_paper_reads_the_same(reader: Reader) -> None:
    paper = mail("a", {"b.docx": docx("b", "c"), "c.pdf": pdf("Ein Satz, der lang genug ist, um gelesen zu werden.")})
    first = reader.read(paper, "a.eml").to_json()
    with Reader() as other:
        assert other.read(paper, "a.eml").to_json() == first


@require("tesseract")
def test_a_picture_without_text_says_so(reader: Reader) -> None:
    found = reader.read(png(400, 300), "scan.png")
    assert (found.status, found.reason) == ("unreadable", "no_text")


def test_without_text_recognition_a_picture_says_so() -> None:
    with Reader(ocr=False) as blind:
        assert blind.read(png(40, 30), "scan.png").reason == "no_ocr"
        assert blind.read(pdf(""), "scan.pdf").reason == "no_ocr"


def test_limits_of_time_and_output_cost_only_their_paper() -> None:
    with Reader(Limits(wall_seconds=0.5)) as hasty:
        assert hasty.read(b"x y\n\n" * 4_000_000, "a.txt").reason == "time"
        assert hasty.read(b"Danach.", "a.txt").paragraphs == (Paragraph("Danach."),)
    with Reader(Limits(output=1000)) as terse:
        assert terse.read(b"x y\n\n" * 1000, "a.txt").reason == "output"
        assert terse.read(b"Danach.", "a.txt").paragraphs == (Paragraph("Danach."),)


def test_a_bad_attachment_costs_only_itself() -> None:
    paper = mail("Der Beitrag.", {"a.txt": b"x y\n\n" * 5000, "b.txt": b"Noch einer."})
    with Reader(Limits(output=10_000)) as terse:
        found = terse.read(paper, "a.eml")
    assert found.paragraphs == (Paragraph("Der Beitrag.", 0), Paragraph("Noch einer.", 2))
    assert found.parts[1] == Part("a.txt", "", "unreadable", "output")


def test_memory_is_limited() -> None:
    with Reader(Limits(memory=400 << 20)) as small:
        assert small.read(b"a" * (150 << 20), "a.txt").reason == "memory"
        assert small.read(b"a" * (500 << 20), "a.txt").reason == "memory"
        assert small.read(b"Danach.", "a.txt").paragraphs == (Paragraph("Danach."),)


@pytest.mark.slow
def test_processor_time_is_limited() -> None:
    with Reader(Limits(cpu_seconds=0)) as brief:
        assert brief.read(b"* a\n" * 6_000_000, "a.txt").reason == "time"


@pytest.mark.attack("M1")
def test_what_needs_no_recognition_has_less_time() -> None:
    with Reader(Limits(text_seconds=1)) as brief:
        assert brief.read(endless_pdf(), "a.pdf").reason == "time"
        assert brief.read(b"Danach.", "a.txt").paragraphs == (Paragraph("Danach."),)


@require("tesseract")
@pytest.mark.slow
def test_recognition_has_its_own_time(corpus: Path) -> None:
    with Reader(Limits(text_seconds=0)) as brief:
        assert brief.read((corpus / "derived" / "scan-04.jpg").read_bytes(), "a.jpg").notices[-1] == "ocr"


def test_too_many_and_too_deep_attachments_are_named() -> None:
    with Reader(Limits(parts=2)) as narrow:
        found = narrow.read(zipped({"a.txt": "1", "b.txt": "2", "c.txt": "3"}), "a.zip")
    assert [part.reason for part in found.parts] == ["empty", "", "", "nested"]
    with Reader(Limits(depth=1)) as shallow:
        found = shallow.read(zipped({"b.zip": zipped({"c.txt": "1"})}), "a.zip")
    assert [(part.name, part.reason) for part in found.parts] == [
        ("a.zip", "empty"),
        ("b.zip", "empty"),
        ("c.txt", "nested"),
    ]


@pytest.mark.attack("C3")
def test_what_lies_in_archives_within_archives_does_not_add_up() -> None:
    """Each archive is small enough by itself; what they hold together, at every depth, is not."""
    inner = zipped({"c.txt": "a b c\n\n" * 10, "z.bin": bytes(60_000)})
    bundle = zipped({f"{number}.zip": inner for number in range(5)})
    with Reader(Limits(unpacked=200_000)) as small:
        found = small.read(bundle, "a.zip")
    assert [part.reason for part in found.parts if part.name.endswith(".zip")] == ["empty"] * 4 + ["bomb"] * 2
    assert found.status == "read"


@pytest.mark.attack("C3")
def test_what_attachments_say_does_not_add_up() -> None:
    with Reader(Limits(output=10_000)) as terse:
        found = terse.read(zipped({f"{number}.txt": "wort " * 600 for number in range(5)}), "a.zip")
    assert [part.reason for part in found.parts] == ["empty", "", "", "", "output", "output"]
    assert sum(len(item.text) for item in found.paragraphs) <= 10_000


@pytest.mark.attack("C3")
def test_a_head_goes_on_in_an_attachment_only_if_nothing_stands_between(reader: Reader) -> None:
    letter = zipped({"a.txt": "Von: Nord", "b.txt": "Datum: 1.1.2018\n\nText.", "c.txt": "Rolle: KGF"})
    found = reader.read(letter, "a.zip")
    assert found.head is not None
    assert [(field.label, field.paragraph) for field in found.head] == [("von", 0), ("datum", 1)]


def test_a_child_that_dies_is_replaced_and_the_paper_read() -> None:
    before = set(children())
    with Reader() as reader:
        reader.read(b"warm", "a.txt")
        (child,) = set(children()) - before
        os.kill(child, signal.SIGKILL)
        assert reader.read(b"Danach.", "a.txt").paragraphs == (Paragraph("Danach."),)
    assert set(children()) == before


def test_nothing_of_a_paper_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Reader() as reader:
        reader.read(pdf("geheim"), "a.pdf")
        assert [list(folder.rglob("*")) for folder in tmp_path.iterdir()] == [[]]
    assert list(tmp_path.iterdir()) == []
