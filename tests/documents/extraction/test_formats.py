"""What a file is, whatever its name says."""

from __future__ import annotations

import pytest

from staffelstab.documents.extraction.formats import claimed, disagrees, recognise
from staffelstab.documents.extraction.worker_answer import Unreadable
from tests.documents.extraction.sample_files import docx, mail, pdf, png, zipped

ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (docx("a"), "brief", "docx"),
        (ODT, "brief.docx", "odt"),
        (zipped({"a.txt": "a"}), "alles.zip", "zip"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "a", "pdf"),
        (pdf("a"), "a.doc", "pdf"),
        (png(2, 2), "a.jpg", "png"),
        (b"{\\rtf1 a}", "a.doc", "rtf"),
        (b"MZ\x90\x00", "rechnung.pdf", "program"),
        (b"<!DOCTYPE html><p>a", "a.pdf", "html"),
        (mail("a"), "ohne endung", "eml"),
        (b"From: a@example.org\n\nText", "a.eml", "eml"),
        (b"From: a\nText", "a.txt", "txt"),
        (b"Betreff: Treffen\n\nText", "a.txt", "txt"),
        (b"a;b", "zahlen.CSV", "csv"),
        (b"# Titel", "a.md", "md"),
        (b"# Titel", "a.textile", "txt"),
    ],
)
def test_the_content_tells(content: bytes, name: str, form: str) -> None:
    assert recognise(content, name) == form


def test_half_an_archive_is_damaged() -> None:
    with pytest.raises(Unreadable) as refused:
        recognise(docx("a")[:200], "a.docx")
    assert refused.value.reason == "damaged"


def test_a_name_that_promises_something_else_is_noticed_and_synonyms_are_not() -> None:
    assert disagrees("html", "beitrag.pdf")
    assert disagrees("txt", "beitrag.docx")
    assert not disagrees("docx", "Beitrag.DOCM")
    assert not disagrees("jpg", "scan.jpeg")
    assert not disagrees("csv", "notiz.txt")
    assert not disagrees("pdf", "beitrag")


def test_an_unknown_ending_claims_nothing() -> None:
    assert [claimed(name) for name in ("a.docm", "a.TXT", "a.xyz", "pdf", "")] == [
        "docx",
        "txt",
        "unknown",
        "unknown",
        "unknown",
    ]
