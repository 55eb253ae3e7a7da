"""One file's text: the format is recognised by content, checked, and read by the reader for it. Runs in the worker process."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from staffelstab.documents.extraction.containers import Inside, look_inside, shown, unpack
from staffelstab.documents.extraction.embedded import embedded_files
from staffelstab.documents.extraction.eml import read_mail
from staffelstab.documents.extraction.extracted_text import Notice
from staffelstab.documents.extraction.fallbacks import read_again
from staffelstab.documents.extraction.file_names import safe_name
from staffelstab.documents.extraction.formats import IMAGES, OLE, ZIP, claimed, disagrees, recognise
from staffelstab.documents.extraction.head_fields import FIELDS, head_fields
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.markup import read_html
from staffelstab.documents.extraction.outlook import read_outlook
from staffelstab.documents.extraction.plain import read_csv, read_text
from staffelstab.documents.extraction.worker_answer import Content, Unreadable, WorkerAnswer

_Read = Callable[[bytes, Limits], Content]

_DIRECT: dict[str, _Read] = {
    "txt": lambda content, _: read_text(content),
    "md": lambda content, _: read_text(content),
    "csv": lambda content, _: read_csv(content),
    "tsv": lambda content, _: read_csv(content),
    "html": lambda content, _: read_html(content),
    "eml": read_mail,
    "msg": read_outlook,
    "zip": lambda content, limits: Content(attachments=unpack(content, limits)),
}
_DOCUMENTS = frozenset({"docx", "pptx", "xlsx", "xlsb", "odt", "odp", "ods", "doc", "ppt", "xls", "rtf", "epub", "pdf"})
_SPARSE = 1000  # bytes of mark-up per character of text; a page of pictures counts as this much
_LARGE = 100_000  # bytes; a picture or a document with pictures from which one expects a page of text
_SPARSE_FORMS = frozenset({"rtf", "html", "doc"})
_HIDDEN_RTF = re.compile(rb"\\v1?(?![a-z0-9-])[^\\{}]{0,200}\w")
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), b"/JavaScript", b"/JS ")


class Documents(Protocol):
    """What reads documents and pictures; see `xberg_reader.py`."""

    def read(self, content: bytes, form: str) -> Content:
        """The text of a document."""

    def recognise(self, content: bytes, form: str) -> Content:
        """The text in a picture."""


def extract(
    content: bytes, name: str, limits: Limits, documents: Documents, labels: Collection[str] = ()
) -> tuple[WorkerAnswer, list[bytes]]:
    """What `content` says, and the bytes of its attachments in the order of `Answer.attached`.

    `labels` are the words before a colon that make a line part of a paper's head.
    """
    form = claimed(name)
    try:
        if not content.strip(b"\0 \t\r\n"):
            raise Unreadable("empty")
        form = recognise(content, name)
        found = _read(content, form, limits, documents)
    except Unreadable as unreadable:
        return WorkerAnswer(claimed(name) if form == "encrypted" else form, unreadable.reason), []
    notices = dict.fromkeys((*found.notices, *_notices(content, form, name, found)))
    answer = WorkerAnswer(
        "csv" if form == "tsv" else form,
        None if _says_something(found) else "no_text" if found.looked else "empty",
        found.paragraphs,
        found.tables,
        head_fields([text for text, _ in found.paragraphs[:FIELDS]], labels),
        found.mail,
        tuple(sorted(notices)),
        tuple((safe_name(title), len(attached)) for title, attached in found.attachments),
    )
    return answer, [attached for _, attached in found.attachments]


def _says_something(found: Content) -> bool:
    return bool(found.paragraphs or found.tables or found.attachments)


def _read(content: bytes, form: str, limits: Limits, documents: Documents) -> Content:
    if form == "encrypted":
        raise Unreadable("password")
    if form in _DIRECT:
        return _DIRECT[form](content, limits)
    if form in IMAGES:
        return replace(documents.recognise(content, form), looked=True)
    if form not in _DOCUMENTS:
        raise Unreadable("type")
    inside = look_inside(content, limits) if content.startswith(ZIP) else Inside((), False)
    open_to_all = shown(content, form, limits) if inside.hides and form in ("docx", "odt") else content
    hidden: tuple[Notice, ...] = ("hidden",) if open_to_all is not content or _hides(content, form) else ()
    found = _document(open_to_all, form, documents)
    found = replace(found, attachments=(*found.attachments, *embedded_files(content, form, limits)))
    return replace(found, notices=(*found.notices, *inside.notices, *hidden), looked=found.looked or inside.pictures)


def _hides(content: bytes, form: str) -> bool:
    """Whether an RTF file has hidden text; its reader leaves it out of its own accord."""
    return form == "rtf" and _HIDDEN_RTF.search(content) is not None


def _document(content: bytes, form: str, documents: Documents) -> Content:
    """By the first reader, else by the second; the first one's reason is the one told."""
    try:
        found = documents.read(content, form)
    except Unreadable as unreadable:
        if unreadable.reason != "damaged":
            raise
        again = read_again(content, form)
        if not again.paragraphs:
            raise
        return again
    if _says_something(found) or found.looked:
        return found
    return read_again(content, form)


def _notices(content: bytes, form: str, name: str, found: Content) -> list[Notice]:
    notices: list[Notice] = []
    if disagrees(form, name):
        notices.append("mismatch")
    if (form == "pdf" or content.startswith(OLE)) and any(mark in content for mark in _MACROS):
        notices.append("macros")
    if _is_sparse(content, form, found):
        notices.append("little_text")
    return notices


def _is_sparse(content: bytes, form: str, found: Content) -> bool:
    characters = sum(len(text) for text, _ in found.paragraphs)
    if not characters:
        return False
    if form == "pdf":
        return characters < 50 * max(page or 1 for _, page in found.paragraphs)
    if form in _SPARSE_FORMS:
        return characters * _SPARSE < len(content)
    return found.looked and characters < 200 and len(content) > _LARGE
