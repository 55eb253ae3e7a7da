"""The second readers, asked when the first finds nothing."""

from __future__ import annotations

import pytest

from staffelstab.documents.extraction.fallbacks import read_again
from staffelstab.documents.extraction.worker_answer import Content, Unreadable
from tests.documents.extraction.sample_files import docx, pdf


def test_pandoc_reads_a_document() -> None:
    assert read_again(docx("eins", "zwei"), "docx") == Content((("eins", None), ("zwei", None)))


def test_pdfium_reads_a_pdf_page_by_page() -> None:
    assert read_again(pdf("eins", "zwei"), "pdf") == Content((("eins", 1), ("zwei", 2)))


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_what_neither_can_read_is_damaged(form: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_again(b"nichts davon", form)
    assert refused.value.reason == "damaged"


def test_there_is_no_second_reader_for_the_rest() -> None:
    assert read_again(b"x", "doc") == Content()
