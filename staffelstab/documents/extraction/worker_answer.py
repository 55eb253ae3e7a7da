"""What the worker process says about one file: its text, and the files it contains, which the parent hands back one by one."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.documents.extraction.extracted_text import HeadField, Mail, Notice, Reason

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WorkerAnswer:
    """One file's content. `paragraphs` are (text, page), `tables` (name, rows), `attached` (safe name, size) in the order of the
    bytes that follow the answer; `head` are the labelled lines at its beginning, `mail` is what the head of a mail claims."""

    form: str
    reason: Reason | None = None
    paragraphs: tuple[tuple[str, int | None], ...] = ()
    tables: tuple[tuple[str, Rows], ...] = ()
    head: tuple[HeadField, ...] = ()
    mail: Mail | None = None
    notices: tuple[Notice, ...] = ()
    attached: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one form returns: as Answer, with the attachments' bytes. `looked` says that there was something to read
    (a picture, a scan) even if no text came of it."""

    paragraphs: tuple[tuple[str, int | None], ...] = ()
    tables: tuple[tuple[str, Rows], ...] = ()
    mail: Mail | None = None
    notices: tuple[Notice, ...] = ()
    attachments: tuple[tuple[str, bytes], ...] = ()
    looked: bool = False


class Unreadable(Exception):  # noqa: N818 -- reads as what it says of the file
    """A file cannot be read, for a reason of the catalogue."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
