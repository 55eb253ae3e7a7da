"""Reading papers of any form: the parent's side. One worker process reads; whatever happens to it, the parent has an answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from staffelstab.documents.extraction.extracted_text import HeadField, Paragraph, Part, Reading, Status, Table
from staffelstab.documents.extraction.file_names import safe_name
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker import Worker
from staffelstab.documents.extraction.worker_answer import WorkerAnswer
from staffelstab.language import LANGUAGES, Language

_TESSDATA = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
             "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")  # fmt: skip


def find_tessdata(folders: Iterable[str] = _TESSDATA) -> Path | None:
    """The folder with tesseract's German model, if text recognition is installed."""
    return next((Path(folder) for folder in folders if (Path(folder) / "deu.traineddata").is_file()), None)


@cache
def heading_labels() -> tuple[str, ...]:
    """The words before a colon that make a line part of a paper's head, in every language ("Von", "From")."""
    tables = (Language(code).entry("records.headers") for code in LANGUAGES)
    return tuple(word for table in tables if isinstance(table, dict) for words in table.values() for word in words)


class Reader:
    """Reads papers one after the other; a context manager, for one thread at a time.

    The child starts with the first paper and is started anew after a crash or a limit. Without `ocr`, or where tesseract's German
    model is not installed, pictures are reported as unread.
    """

    def __init__(self, limits: Limits = Limits(), ocr: bool = True) -> None:  # noqa: B008 -- a frozen value
        self._limits = limits
        self._child = Worker(limits, find_tessdata() if ocr else None, heading_labels())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.stop()

    @property
    def missing_walls(self) -> tuple[str, ...]:
        """The walls that this system did not offer to the child, as keys below `intake.wall.`; () before the first paper."""
        return self._child.missing

    @property
    def is_running(self) -> bool:
        """Whether the child has started and is there."""
        return self._child.is_running

    def start(self) -> None:
        """Start the child now, so that one knows which walls stand. Raises StaffelstabError if it cannot be started."""
        self._child.start()

    def read(self, content: bytes, name: str) -> Reading:
        """What `content` says, with its attachments. `name` is data: it only helps to tell kinds of plain text apart.

        Never fails for bad input: every failure is a Reading with a reason. Raises StaffelstabError if the child cannot be started.
        """
        until = time.monotonic() + self._limits.paper_seconds
        waiting = [_File(content, safe_name(name), 0)]
        read: list[tuple[str, WorkerAnswer]] = []
        left = _Left(self._limits.output, self._limits.unpacked)
        while waiting:
            file = waiting.pop()
            answer, attached = left.take(*self._one(file, until, len(read)))
            read.append((file.name, answer))
            inner = [
                _File(data, title, file.depth + 1) for (title, _), data in zip(answer.attached, attached, strict=True)
            ]
            waiting += reversed(inner)
        return _reading(read)

    def _one(self, file: _File, until: float, number: int) -> tuple[WorkerAnswer, list[bytes]]:
        if file.depth > self._limits.depth or number > self._limits.parts:
            return WorkerAnswer("", "nested"), []
        seconds = min(self._limits.wall_seconds, until - time.monotonic())
        if seconds <= 0:
            return WorkerAnswer("", "time"), []
        return self._child.ask(file.content, file.name, seconds)


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    name: str
    depth: int


@dataclass(slots=True)
class _Left:
    """What a paper may still bring, in characters of text and bytes of attachments, whatever lies in what."""

    output: int
    unpacked: int

    def take(self, answer: WorkerAnswer, attached: list[bytes]) -> tuple[WorkerAnswer, list[bytes]]:
        """The answer, or that it was too much; what came before it stays."""
        said, held = _characters(answer), sum(map(len, attached))
        if said > self.output:
            return WorkerAnswer(answer.form, "output"), []
        if held > self.unpacked:
            return WorkerAnswer(answer.form, "bomb"), []
        self.output -= said
        self.unpacked -= held
        return answer, attached


def _characters(answer: WorkerAnswer) -> int:
    cells = (cell for _, rows in answer.tables for row in rows for cell in row)
    return sum(len(text) for text, _ in answer.paragraphs) + sum(map(len, cells))


def _reading(read: list[tuple[str, WorkerAnswer]]) -> Reading:
    parts = tuple(_part(name, answer) for name, answer in read)
    first = read[0][1]
    told = next((part for part in parts if part.status == "read"), _worst(parts))
    status: Status = "read" if told.status == "read" else told.status
    return Reading(
        status,
        first.form,
        "" if status == "read" else told.reason,
        tuple(
            Paragraph(text, number, page) for number, (_, answer) in enumerate(read) for text, page in answer.paragraphs
        ),
        tuple(Table(name, rows, number) for number, (_, answer) in enumerate(read) for name, rows in answer.tables),
        parts,
        notices=tuple(sorted({notice for _, answer in read for notice in answer.notices})),
        head=tuple(_head(read)),
        mail=first.mail,
    )


def _head(read: list[tuple[str, WorkerAnswer]]) -> Iterator[HeadField]:
    """The fields with which the paper begins: of its first text, and of the next as long as all before it are fields."""
    before = 0
    for _, answer in read:
        for found in answer.head:
            yield replace(found, paragraph=found.paragraph + before)
        before += len(answer.paragraphs)
        if len(answer.paragraphs) > len({found.paragraph for found in answer.head}):
            return


def _part(name: str, answer: WorkerAnswer) -> Part:
    if answer.paragraphs or answer.tables:
        return Part(name, answer.form, "read")
    if answer.reason in (None, "empty"):
        return Part(name, answer.form, "empty", "empty")
    return Part(name, answer.form, "unreadable", answer.reason or "")


def _worst(parts: tuple[Part, ...]) -> Part:
    return next((part for part in parts if part.status == "unreadable"), parts[0])
