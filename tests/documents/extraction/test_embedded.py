"""Files inside documents are parts of the paper: read like attachments, and named where they cannot be read."""

from __future__ import annotations

import io

import pikepdf
import pytest

from staffelstab.documents.extraction.containers import unpack
from staffelstab.documents.extraction.embedded import embedded_files
from staffelstab.documents.extraction.extracted_text import Part
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.extraction.worker_answer import Unreadable
from tests.documents.extraction.sample_files import docx, mail, pdf, zipped


def with_attachments(**files: bytes) -> bytes:
    """A PDF with attached files."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Der Brief."))) as document:
        for name, content in files.items():
            document.attachments[name] = content
        document.save(out)
    return out.getvalue()


@pytest.mark.attack("H2")
def test_what_is_attached_to_a_pdf_is_read_or_named() -> None:
    content = with_attachments(anlage=b"Die Anlage.", programm=b"MZ\x90\x00" + bytes(99))

    with Reader() as reader:
        found = reader.read(content, "brief.pdf")

    assert [(item.text, item.part) for item in found.paragraphs] == [("Der Brief.", 0), ("Die Anlage.", 1)]
    assert found.parts[1:] == (Part("anlage", "txt", "read"), Part("programm", "program", "unreadable", "type"))


@pytest.mark.attack("H2")
def test_what_a_document_embeds_is_read_or_named() -> None:
    content = docx(
        "Der Brief.",
        extra={"word/embeddings/Anlage.docx": docx("Die Anlage."), "word/embeddings/oleObject1.bin": b"\x01\x02" * 99},
    )

    with Reader() as reader:
        found = reader.read(content, "brief.docx")

    assert [item.text for item in found.paragraphs] == ["Der Brief.", "Die Anlage."]
    assert [(part.name, part.status) for part in found.parts[1:]] == [
        ("Anlage.docx", "read"),
        ("oleObject1.bin", "unreadable"),
    ]


@pytest.mark.attack("H2")
def test_a_mail_of_outlook_s_own_form_is_named() -> None:
    content = mail("Text.", attachments={"winmail.dat": b"\x78\x9f\x3e\x22" + bytes(50)})

    with Reader() as reader:
        found = reader.read(content, "brief.eml")

    assert [(part.name, part.status, part.reason) for part in found.parts[1:]] == [
        ("winmail.dat", "unreadable", "type")
    ]


@pytest.mark.attack("H2")
def test_of_too_many_files_each_that_was_not_read_is_named() -> None:
    with Reader(Limits(parts=3)) as reader:
        found = reader.read(zipped({f"{number}.txt": f"Text {number}." for number in range(6)}), "viele.zip")

    assert [item.text for item in found.paragraphs] == ["Text 0.", "Text 1.", "Text 2."]
    assert [(part.name, part.reason) for part in found.parts if part.status == "unreadable"] == [
        (f"{number}.txt", "nested") for number in (3, 4, 5)
    ]


@pytest.mark.attack("H2")
def test_only_what_a_system_left_is_passed_over_in_an_archive() -> None:
    content = zipped(
        {"__MACOSX/._a.txt": "x", "a/.DS_Store": "x", "Thumbs.db": "x", ".brief.txt": "Text.", "a/b.txt": "b"}
    )

    assert [name for name, _ in unpack(content, Limits())] == [".brief.txt", "a/b.txt"]


def test_what_is_attached_counts_towards_the_limits() -> None:
    content = with_attachments(a=b"x" * 900, b=b"x" * 900)

    assert len(embedded_files(content, "pdf", Limits())) == 2
    for limits, reason in ((Limits(unpacked=1000), "bomb"), (Limits(parts=1), "nested")):
        with pytest.raises(Unreadable, match=reason):
            embedded_files(content, "pdf", limits)
