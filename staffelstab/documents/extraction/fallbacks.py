"""Second readers, for what xberg finds nothing in: pdfium for PDF, pandoc (sandboxed) for office documents."""

from __future__ import annotations

import subprocess

from staffelstab.documents.extraction.normalise import paragraphs
from staffelstab.documents.extraction.worker_answer import Content, Unreadable

PANDOC = frozenset({"docx", "odt", "rtf", "epub"})
_SECONDS = 30


def read_again(content: bytes, form: str) -> Content:
    """The text of a document by its second reader. Raises Unreadable("damaged" or "password")."""
    if form == "pdf":
        return _pdfium(content)
    return _pandoc(content, form) if form in PANDOC else Content()


def _pdfium(content: bytes) -> Content:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("password" if "password" in str(error).lower() else "damaged") from None
    return Content(
        tuple((line, number) for number, text in enumerate(pages, 1) for line in paragraphs(text, hyphenated=True))
    )


def _pandoc(content: bytes, form: str) -> Content:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--sandbox", "-f", form, "-t", "plain", "--wrap=none"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=True)
    except (subprocess.SubprocessError, OSError):
        raise Unreadable("damaged") from None
    return Content(tuple((line, None) for line in paragraphs(done.stdout.decode("utf-8", "replace"))))
