"""What a reader finds in a finished file."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

from staffelstab.documents.rendering.pandoc import program


def pdf_text(data: bytes) -> str:
    """The text of all pages; words parted at line ends are joined again."""
    document = pypdfium2.PdfDocument(data)
    pages = "\n".join(page.get_textpage().get_text_range() for page in document)
    return re.sub("[\u00ad\ufffe\x02]", "-", re.sub("[\u00ad\ufffe\x02]\r?\n", "", pages))


def html_text(data: bytes) -> str:
    """The text between the tags of the body."""
    body = data.decode().partition("<body>")[2]
    return html.unescape(re.sub(r"<[^>]*>", " ", body))


def office_text(data: bytes, kind: str) -> str:
    """The text of a DOCX or ODT as pandoc reads it back."""
    command = [program(), "-f", kind, "-t", "plain", "-s", "--wrap=none"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def member(data: bytes, name: str) -> str:
    """One XML part of a DOCX or ODT."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def squeezed(text: str) -> str:
    """Without any white space, which line breaks may add or take."""
    return re.sub(r"\s", "", text)


def tags(data: bytes, kind: str) -> list[str]:
    """The alternative text ("" for none) of each structure element of a kind ("/Figure", "/TH" …) of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [str(element.get("/Alt", "")) for element in _tree(document.Root.StructTreeRoot) if kind == element.S]


def _tree(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _tree(kid)
