"""Files inside a document: what is attached to a PDF or embedded in an office document is a part like any attachment."""

from __future__ import annotations

import re

from staffelstab.documents.extraction.containers import unpack
from staffelstab.documents.extraction.formats import ZIP
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker_answer import Unreadable

_EMBEDDED = re.compile(r"(?:^|/)embeddings/[^/]+$")

Files = tuple[tuple[str, bytes], ...]


def embedded_files(content: bytes, form: str, limits: Limits) -> Files:
    """The names and bytes of the files inside. Raises Unreadable ("bomb", "nested") where they are too much."""
    if form == "pdf":
        return _attached_to_pdf(content, limits)
    if content.startswith(ZIP):
        return tuple((name, data) for name, data in unpack(content, limits) if _EMBEDDED.search(name))
    return ()


def _attached_to_pdf(content: bytes, limits: Limits) -> Files:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        number = document.count_attachments()
    except pypdfium2.PdfiumError:
        return ()
    if number > limits.parts:
        raise Unreadable("nested")
    found: list[tuple[str, bytes]] = []
    left = limits.unpacked
    for index in range(number):
        name, data = _one(document, index)
        left -= len(data)
        if left < 0:
            raise Unreadable("bomb")
        found.append((name, data))
    return tuple(found)


def _one(document: object, index: int) -> tuple[str, bytes]:
    """One attachment; of one that cannot be taken out there is the name, and nothing in it."""
    import pypdfium2

    try:
        attachment = document.get_attachment(index)  # type: ignore[attr-defined]  # pypdfium2 ships no complete types
        return attachment.get_name(), bytes(attachment.get_data())
    except pypdfium2.PdfiumError:
        return f"{index + 1}", b""
